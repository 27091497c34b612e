// On every page, before the first paint: the stored theme, and a mark that scripts work. Then the page's head:
// theme button, folding menus, the link to the other language.
const root = document.documentElement;
const FOLDING = ":is(details.menu, details.as-of)";
root.classList.add("scripted");

function stored() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage can be forbidden; the system's theme then holds
  }
}

function shown() {
  return root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function label() {
  for (const button of document.querySelectorAll("[data-theme-button]"))
    button.setAttribute("aria-pressed", String(shown() === "dark"));
}

function turn() {
  root.dataset.theme = shown() === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // the choice then lasts for this page
  }
  label();
  document.dispatchEvent(new Event("themechange"));
}

function fold(except) {
  for (const details of document.querySelectorAll(FOLDING)) if (details !== except) details.open = false;
}

if (["light", "dark"].includes(stored())) root.dataset.theme = stored();
document.addEventListener("DOMContentLoaded", label);
document.addEventListener("regions", label);
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-theme-button]")) turn();
  const link = target.closest("a[data-keep-hash]");
  if (link) link.hash = location.hash;
  fold(target.closest(FOLDING));
});
document.addEventListener("keydown", ({ key }) => {
  const open = document.querySelector(`${FOLDING}[open]`);
  if (key === "Escape" && open) {
    fold(null);
    open.querySelector("summary").focus();
  }
});
