// The bottom sheet of a phone: three stops, moved by its handle, by dragging or with the keyboard.
import { words } from "./words.js";

const STOPS = ["low", "half", "full"];

/** Make an element a sheet; gives {to(stop), stop()}. On wide screens the style sheet ignores the stops. */
export function buildSheet(element, handle) {
  const stop = () => element.dataset.stop;
  const to = (wanted) => {
    element.dataset.stop = wanted;
    handle.setAttribute("aria-expanded", String(wanted !== "low"));
    handle.setAttribute("aria-label", words(wanted === "full" ? "sheet.lower" : "sheet.raise"));
  };
  to("low");
  lowStop(element, handle);
  handle.addEventListener("click", () => to(STOPS[(STOPS.indexOf(stop()) + 1) % STOPS.length]));
  dragged(element, handle, stop, to);
  return { to, stop };
}

// The low stop shows the handle and the sentence, however many lines it takes.
function lowStop(element, handle) {
  const head = element.querySelector(".headline");
  new ResizeObserver(() => {
    if (head.offsetHeight) element.parentElement.style.setProperty("--low", `${head.offsetHeight + handle.offsetHeight + 1}px`);
  }).observe(head);
}

function dragged(element, handle, stop, to) {
  let from = null;
  handle.addEventListener("pointerdown", (event) => (from = event.clientY));
  handle.addEventListener("pointermove", (event) => {
    if (from === null || Math.abs(event.clientY - from) < 24) return;
    const at = STOPS.indexOf(stop()) + (event.clientY < from ? 1 : -1);
    to(STOPS[Math.min(Math.max(at, 0), STOPS.length - 1)]);
    from = null;
    // The click that ends a drag must not move the sheet once more.
    handle.addEventListener("click", (click) => click.stopImmediatePropagation(), { once: true, capture: true });
  });
  for (const ended of ["pointerup", "pointercancel"]) handle.addEventListener(ended, () => (from = null));
}
