// Keys of the desk: / search, j k rows, e open, x tick, s save, ? all of them. Nothing of it is needed to work.
const TYPING = "input, textarea, select, [contenteditable], .select2-container";

function rows() {
  return [...document.querySelectorAll("#result_list tbody tr")];
}

function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("at"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  all[at]?.classList.remove("at");
  next?.classList.add("at");
  next?.scrollIntoView({ block: "nearest" });
}

const current = () => document.querySelector("#result_list tbody tr.at");

const KEYS = {
  "/": () => focusOn("#searchbar, .two-columns input[type=text], #content form input[type=text]"),
  "?": () => document.getElementById("keys")?.showModal(),
  j: () => move(1),
  k: () => move(-1),
  e: () => current()?.querySelector("th a, td a")?.click(),
  Enter: () => current()?.querySelector("th a, td a")?.click(),
  x: () => current()?.querySelector("input.action-select")?.click(),
  s: () => focusOn("#id_reason"),
};

function focusOn(selector) {
  const field = document.querySelector(selector);
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}

// Long forms: the first thing refused is brought into view.
document.querySelector(".typed .errorlist, .act-page .errorlist")?.scrollIntoView({ block: "center" });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  if (event.target.closest("a, button, summary, dialog") && event.key === "Enter") return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
