// Runs before the first paint: the stored theme, and a mark that scripts work.
const root = document.documentElement;
root.classList.add("scripted");

function stored() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage can be forbidden; the system's theme then holds
  }
}

function shown() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return root.dataset.theme || (dark ? "dark" : "light");
}

function label(button) {
  button.setAttribute("aria-pressed", String(shown() === "dark"));
}

function turn(button) {
  root.dataset.theme = shown() === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // the choice then lasts for this page
  }
  label(button);
  document.dispatchEvent(new Event("themechange"));
}

if (["light", "dark"].includes(stored())) root.dataset.theme = stored();
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-theme-button]")) {
    label(button);
    button.addEventListener("click", () => turn(button));
  }
});
