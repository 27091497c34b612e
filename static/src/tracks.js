// The tracks under the timeline: milestones as ticks and foreign forces as bars, laid along its axis of time.
// What they say is a page of its own, whose lists are fetched once. On a phone they stay lists.
import { fetchPage } from "./page.js";

const DAY = 86400000;
// Pixels that a tick takes, and that a bar gets whose beginning is not known.
const TICK = 9;
const TICK_LANES = 3;
const STUB = 48;
const WIDE = matchMedia("(min-width: 701px)");
const day = (text) => Date.parse(`${text}T00:00:00Z`);

/** [{left, need}] in order of left -> a lane for each, so that none lies over another; where more would be needed
 *  than there may be, the one that ends first. */
export function lanesOf(boxes, most = Infinity) {
  const ends = [];
  return boxes.map(({ left, need }) => {
    const free = ends.findIndex((end) => end <= left);
    const lane = free >= 0 ? free : ends.length < most ? ends.length : ends.indexOf(Math.min(...ends));
    ends[lane] = left + need;
    return lane;
  });
}

export class Tracks {
  constructor(element, timeline) {
    this.element = element;
    this.timeline = timeline;
    this.told = element.querySelector(".told");
    this.hint = this.told.textContent;
    timeline.onDraw = () => this.lay();
    WIDE.addEventListener("change", () => this.lay());
    for (const name of ["pointerover", "focusin"])
      element.addEventListener(name, ({ target }) => this._tell(target.closest?.("li")));
    element.addEventListener("pointerleave", () => this._tell(null));
    element.addEventListener("keydown", (event) => this._step(event));
  }

  /** Fetch the lists, the first time. Throws when they cannot be had. */
  async load() {
    if (this.loaded) return this.lay();
    const { page, status } = await fetchPage(this.element.dataset.source);
    if (status !== 200) throw new Error(String(status));
    if (this.loaded) return;
    this.loaded = true;
    for (const track of this.element.querySelectorAll("[data-track]")) {
      const list = page.querySelector(`[data-track="${track.dataset.track}"] .plain-track`);
      if (list) track.append(document.adoptNode(list));
      track.hidden = !list;
      for (const item of track.querySelectorAll("li")) apart(item);
    }
    this.lay();
  }

  /** Put every mark where its time is. */
  lay() {
    if (!this.loaded || this.element.hidden) return;
    for (const list of this.element.querySelectorAll(".plain-track")) this._layList(list);
  }

  _layList(list) {
    const items = [...list.children];
    const boxes = items.map((item) => this._box(item));
    const shown = boxes.map((box, i) => ({ ...box, item: items[i] })).filter((box) => box.need);
    shown.sort((a, b) => a.left - b.left);
    const lanes = lanesOf(shown, list.querySelector(".short") ? Infinity : TICK_LANES);
    items.forEach((item, i) => item.toggleAttribute("data-off", WIDE.matches && !boxes[i].need));
    shown.forEach(({ item, left, at, width }, i) => {
      for (const [name, value] of Object.entries({ x: left, at: at - left, w: width }))
        item.style.setProperty(`--${name}`, `${value.toFixed(1)}px`);
      item.style.setProperty("--lane", lanes[i]);
    });
    list.style.setProperty("--lanes", Math.max(...lanes, 0) + 1);
    rove(list, list.querySelector("a[tabindex='0']"));
  }

  // {left, need}: the room it takes, its name included; {at, width}: its time. need 0: not within the axis.
  _box(item) {
    const { timeline } = this;
    if (!timeline.periods.length) return { need: 0 };
    const [[first, last], [from, to]] = [timeline.extent, timeline.brushed];
    const [start, end] = item.dataset.span.split("/").map((text) => text && day(text));
    const [begin, stop] = [start || -Infinity, end ? end + DAY : Infinity];
    item.classList.toggle("outside", stop <= from || begin >= to);
    if (stop <= first || begin >= last) return { need: 0 };
    const right = timeline.x(Math.min(stop, last));
    const at = start ? timeline.x(Math.max(start, first)) : Math.max(right - STUB, timeline.x(first));
    const [width, name] = [right - at, item.querySelector(".short")];
    if (!name) return { at, width, left: at - TICK / 2, need: Math.max(width, TICK) };
    // The chart's letters are of the same size as the names.
    const need = Math.max(width, timeline.canvas.getContext("2d").measureText(name.textContent).width + 9);
    return { at, width, need, left: Math.min(at, timeline.x(last) - need) };
  }

  _tell(item) {
    this.told.textContent = item ? [...item.querySelectorAll("a > :not(.short)")].map((e) => e.textContent).join(" · ") : this.hint;
  }

  _step(event) {
    const links = [...(event.target.closest(".plain-track")?.querySelectorAll("li:not([data-off]) a:not([aria-hidden])") ?? [])];
    const at = links.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = links[Math.min(Math.max(to, 0), links.length - 1)];
    rove(next.closest(".plain-track"), next);
    next.focus();
  }
}

// One mark per span of time: a force that left and came back has several, of which only the first is read out.
function apart(item) {
  const [first, ...others] = item.dataset.spans.split(" ");
  for (const span of others.reverse()) {
    const again = item.cloneNode(true);
    again.dataset.span = span;
    again.setAttribute("aria-hidden", "true");
    for (const link of again.querySelectorAll("a")) link.setAttribute("aria-hidden", "true");
    item.after(again);
  }
  for (const one of [item, ...item.parentElement.querySelectorAll("li[aria-hidden]")]) {
    one.dataset.span ??= first;
    const [start, end] = one.dataset.span.split("/");
    one.classList.toggle("unknown", !start);
    one.classList.toggle("rough", Boolean(start && end && start !== end));
  }
}

// One stop of the Tab key per track; the arrow keys go from mark to mark. Lists on a phone have a stop for each.
function rove(list, chosen) {
  const links = [...list.querySelectorAll("a")];
  const free = links.filter((link) => !link.closest("[data-off], [aria-hidden]"));
  const stop = free.includes(chosen) ? chosen : free[0];
  for (const link of links)
    if (link.hasAttribute("aria-hidden")) link.tabIndex = -1;
    else if (WIDE.matches) link.tabIndex = link === stop ? 0 : -1;
    else link.removeAttribute("tabindex");
}
