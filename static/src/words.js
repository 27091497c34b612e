// Interface texts in the language of the page. They come from conflict/messages through the page itself.
const page = document.documentElement;
export const lang = page.lang || "en";
let table = null;

/** The text of a key; {names} in it are filled in; with n, the form for that number (key.one, key.other). */
export function words(key, values = {}) {
  table ??= JSON.parse(document.getElementById("words").textContent);
  const form = "n" in values ? `${key}.${plural(values.n)}` : key;
  const text = table[form] ?? table[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? (typeof values[name] === "number" ? number(values[name]) : values[name]) : whole);
}

/** A number with the thousands separator of the language. */
export function number(value) {
  return new Intl.NumberFormat(lang).format(value);
}

/** A short number for small marks: 950, 1.2k. */
export function shortNumber(value) {
  return new Intl.NumberFormat(lang, { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

function plural(count) {
  // English: 1; French: 0 and 1
  return (lang === "fr" ? count < 2 : count === 1) ? "one" : "other";
}
