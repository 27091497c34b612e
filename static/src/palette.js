// Colours of the theme in use, read from the style sheet, so that each has one definition.
const NAMES = ["land", "water", "border", "text", "quiet", "panel", "accent", "line", "none",
  "battle", "remote_violence", "violence_against_civilians", "coercion", "unrest", "strategic"];
export const TYPES = NAMES.slice(-6);
let colours = null;

/** {name: colour} of the present theme. */
export function palette() {
  if (!colours) {
    const style = getComputedStyle(document.documentElement);
    colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }
  return colours;
}

/** Call back after the theme has changed, by button or by the system. */
export function onThemeChange(callback) {
  const changed = () => {
    colours = null;
    callback();
  };
  document.addEventListener("themechange", changed);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
