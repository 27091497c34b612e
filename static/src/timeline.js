// The timeline: stacked bars of incidents or deaths by event type, and a brush that sets since and until.
import { onThemeChange, palette, TYPES } from "./palette.js";
import { lang, number, words } from "./words.js";

const DAY = 86400000;
const LEFT = 44;
const RIGHT = 12;
const TOP = 8;
const BOTTOM = 20;
const STEPS = { day: DAY, week: 7 * DAY, month: 30.44 * DAY, quarter: 91.3 * DAY, year: 365.25 * DAY };

const day = (text) => Date.parse(`${text}T00:00:00Z`);
const iso = (time) => new Date(time).toISOString().slice(0, 10);

/** First instant of the period after the one that begins at time. */
export function following(time, interval) {
  const date = new Date(time);
  const months = { month: 1, quarter: 3, year: 12 }[interval];
  if (months) return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  return time + (interval === "week" ? 7 : 1) * DAY;
}

/** {data, interval} of the API -> [{start, end, counts: {type: n}, total}] without gaps. */
export function periodsOf({ data, interval }, measure) {
  const byStart = new Map();
  for (const row of data) {
    const start = day(row.period);
    const period = byStart.get(start) ?? { start, end: following(start, interval), counts: {}, total: 0 };
    const value = row[measure] ?? 0;
    period.counts[row.key] = (period.counts[row.key] ?? 0) + value;
    period.total += value;
    byStart.set(start, period);
  }
  if (!byStart.size) return [];
  const [first, last] = [Math.min(...byStart.keys()), Math.max(...byStart.keys())];
  const periods = [];
  for (let at = first; at <= last; at = following(at, interval))
    periods.push(byStart.get(at) ?? { start: at, end: following(at, interval), counts: {}, total: 0 });
  return periods;
}

/** Milliseconds from the first period of an answer to its last. */
export function spanOf({ data }) {
  const days = data.map((row) => row.period).sort();
  return days.length ? day(days.at(-1)) - day(days[0]) + STEPS.month : STEPS.month;
}

/** The finest interval that leaves a bar at least so many pixels. */
export function intervalFor(span, width, least = 5) {
  const fits = Object.keys(STEPS).find((name) => (width / (span / STEPS[name])) >= least);
  return fits ?? "year";
}

export class Timeline {
  constructor(element, onBrush) {
    this.element = element;
    this.onBrush = onBrush;
    this.canvas = element.querySelector("canvas");
    this.handles = [...element.querySelectorAll("[role=slider]")];
    this.readout = element.querySelector("output");
    this.periods = [];
    this.measure = "incidents";
    this.range = [null, null];
    onThemeChange(() => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    this._listen();
  }

  /** Show the answer of the API, with the range [since, until] (ISO days or null) brushed. */
  show(answer, range) {
    this.answer = answer;
    this.range = range.map((text) => (text ? day(text) : null));
    this.periods = periodsOf(answer, this.measure);
    this.draw();
  }

  measured(measure) {
    this.measure = measure;
    if (this.answer) this.periods = periodsOf(this.answer, measure);
    this.draw();
  }

  get extent() {
    return [this.periods[0].start, this.periods.at(-1).end];
  }

  /** The brushed range as times, ends included; the whole where open. */
  get brushed() {
    const [from, to] = this.extent;
    return [this.range[0] ?? from, (this.range[1] ?? to - DAY) + DAY];
  }

  x(time) {
    const [from, to] = this.extent;
    return LEFT + ((time - from) / (to - from)) * (this.width - LEFT - RIGHT);
  }

  timeAt(x) {
    const [from, to] = this.extent;
    const share = (x - LEFT) / (this.width - LEFT - RIGHT);
    return from + Math.min(Math.max(share, 0), 1) * (to - from);
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!width || !height) return;
    const density = window.devicePixelRatio || 1;
    [this.width, this.height] = [width, height];
    this.canvas.width = width * density;
    this.canvas.height = height * density;
    const ctx = this.canvas.getContext("2d");
    ctx.scale(density, density);
    ctx.font = "11px system-ui, sans-serif";
    this.element.classList.toggle("empty", !this.periods.length);
    if (!this.periods.length) return this.onDraw?.();
    this.plain = height < 90;
    const most = Math.max(...this.periods.map((p) => p.total), 1);
    this._grid(ctx, most);
    this._bars(ctx, most);
    this._years(ctx);
    this._handles();
    this.onDraw?.();
  }

  y(value, most) {
    return this.height - BOTTOM - (value / most) * (this.height - TOP - BOTTOM);
  }

  _grid(ctx, most) {
    const colours = palette();
    ctx.strokeStyle = colours.line;
    ctx.fillStyle = colours.quiet;
    ctx.textAlign = "right";
    ctx.textBaseline = "middle";
    for (const value of this.plain ? [0] : ticks(most)) {
      const y = Math.round(this.y(value, most)) + 0.5;
      ctx.beginPath();
      ctx.moveTo(LEFT, y);
      ctx.lineTo(this.width - RIGHT, y);
      ctx.stroke();
      if (value || this.plain) ctx.fillText(number(value), LEFT - 6, y);
    }
  }

  _bars(ctx, most) {
    const colours = palette();
    const [from, to] = this.brushed;
    for (const period of this.periods) {
      const [left, right] = [this.x(period.start), this.x(period.end)];
      const gap = right - left > 4 ? 1 : 0;
      ctx.globalAlpha = period.end > from && period.start < to ? 1 : 0.25;
      let at = 0;
      for (const type of TYPES) {
        const value = period.counts[type];
        if (!value) continue;
        ctx.fillStyle = colours[type];
        const [low, high] = [this.y(at, most), this.y(at + value, most)];
        ctx.fillRect(left, high, Math.max(right - left - gap, 1), low - high);
        at += value;
      }
    }
    ctx.globalAlpha = 1;
  }

  _years(ctx) {
    const colours = palette();
    const [from, to] = this.extent;
    const months = to - from < 2.5 * STEPS.year;
    ctx.fillStyle = colours.quiet;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    let free = 0;
    let at = Date.UTC(new Date(from).getUTCFullYear(), 0, 1);
    for (; at < to; at = following(at, months ? "month" : "year")) {
      const x = Math.max(this.x(at), LEFT);
      const text = label(at, months);
      if (x < free || x + ctx.measureText(text).width > this.width || following(at, months ? "month" : "year") <= from)
        continue;
      ctx.fillText(text, x, this.height - 6);
      free = x + ctx.measureText(text).width + 10;
    }
  }

  _handles() {
    const [from, to] = this.extent;
    this.brushed.forEach((time, i) => {
      const [handle, ends] = [this.handles[i], i ? time - DAY : time];
      handle.style.left = `${this.x(Math.min(Math.max(time, from), to))}px`;
      handle.setAttribute("aria-valuemin", Math.round(from / DAY));
      handle.setAttribute("aria-valuemax", Math.round(to / DAY) - 1);
      handle.setAttribute("aria-valuenow", Math.round(ends / DAY));
      handle.setAttribute("aria-valuetext", longDay(ends));
    });
    this.element.classList.toggle("brushed", this.range.some((end) => end !== null));
  }

  _listen() {
    let anchor = null;
    this.canvas.addEventListener("pointerdown", (event) => {
      if (!this.periods.length || event.button) return;
      this.canvas.setPointerCapture(event.pointerId);
      anchor = this.timeAt(event.offsetX);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      this._read(event.offsetX);
      if (anchor !== null) this._preview(anchor, this.timeAt(event.offsetX));
    });
    const ended = (event) => {
      if (anchor === null) return;
      if (event.type === "pointerup") this._commit(...this._snapped(anchor, this.timeAt(event.offsetX)));
      anchor = null;
    };
    this.canvas.addEventListener("pointerup", ended);
    this.canvas.addEventListener("pointercancel", ended);
    this.canvas.addEventListener("pointerleave", () => (this.readout.textContent = ""));
    this.handles.forEach((handle, i) => this._listenHandle(handle, i));
  }

  _listenHandle(handle, i) {
    handle.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12 }[event.key];
      const end = { Home: 0, End: Infinity }[event.key];
      if (steps === undefined && end === undefined) return;
      event.preventDefault();
      this._step(i, steps === undefined ? end : this._edge(i) + steps);
    });
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      const other = i ? this.brushed[0] : this.brushed[1] - 1;
      const move = (moved) => this._preview(other, this._pointer(moved));
      const up = (last) => {
        handle.removeEventListener("pointermove", move);
        this._commit(...this._snapped(other, this._pointer(last)));
      };
      handle.addEventListener("pointermove", move);
      handle.addEventListener("pointerup", up, { once: true });
    });
  }

  _pointer(event) {
    return this.timeAt(event.clientX - this.canvas.getBoundingClientRect().left);
  }

  // Edges of periods are numbered 0 to n; a handle stands on or inside one of them.
  _edge(i) {
    const time = this.brushed[i];
    const at = this.periods.findIndex((p) => p.end > time);
    return at < 0 ? this.periods.length : at;
  }

  _step(i, edge) {
    const other = this._edge(1 - i);
    const [low, high] = i ? [other + 1, this.periods.length] : [0, Math.max(other - 1, 0)];
    const at = Math.min(Math.max(edge, low), high);
    const edges = i ? [other, at] : [at, Math.max(other, at + 1)];
    this._commit(this.periods[edges[0]].start, this.periods[edges[1] - 1].end);
  }

  _snapped(a, b) {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const touched = this.periods.filter((p) => p.end > from && p.start <= to);
    return touched.length ? [touched[0].start, touched.at(-1).end] : this.extent;
  }

  _preview(a, b) {
    const [from, to] = this._snapped(a, b);
    this.range = [from, to - DAY];
    this.draw();
    this.readout.textContent = `${longDay(from)} – ${longDay(to - DAY)}`;
  }

  _commit(from, to) {
    const [first, last] = this.extent;
    const range = [from <= first ? null : iso(from), to >= last ? null : iso(to - DAY)];
    this.range = range.map((text) => text && day(text));
    this.draw();
    this.onBrush(...range);
  }

  /** Move the brushed range on by its own length; false at the end. */
  advance() {
    const [from, to] = this.brushed;
    const last = this.extent[1];
    if (!this.range.some((end) => end !== null)) {
      this._commit(this.periods[0].start, this.periods[Math.min(11, this.periods.length - 1)].end);
      return true;
    }
    if (to >= last) return false;
    this._commit(...this._snapped(to, Math.min(to + (to - from), last) - 1));
    return this.brushed[1] < last;
  }

  _read(x) {
    if (!this.periods.length) return;
    const time = this.timeAt(x);
    const period = this.periods.find((p) => p.start <= time && p.end > time);
    if (!period) return;
    const amount = words(`timeline.${this.measure}`, { n: period.total });
    this.readout.textContent = `${longDay(period.start)} – ${longDay(period.end - DAY)}: ${amount}`;
  }
}

function ticks(most) {
  const rough = most / 4;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((m) => m * unit).find((s) => s >= rough * 0.99));
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}

function label(time, months) {
  const date = new Date(time);
  const january = date.getUTCMonth() === 0;
  if (!months || january) return String(date.getUTCFullYear());
  return date.toLocaleDateString(lang, { month: "short", timeZone: "UTC" });
}

function longDay(time) {
  return new Date(time).toLocaleDateString(lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}
