// The review screen: keys, and light between a value and its words. Without it every button is a plain form.
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const DOWN = new Set(["j", "ArrowDown"]);
const UP = new Set(["k", "ArrowUp"]);
const VERDICTS = { a: "accepted", x: "rejected" };

const page = document.querySelector(".review");
const text = page.querySelector(".review-text");
const values = [...page.querySelectorAll("[data-field]")];
const marks = [...text.querySelectorAll("[data-fields]")];
let at = -1;
let sending = false;

const say = (words) => (page.querySelector("[data-status]").textContent = words);
const nameOf = (value) => value.querySelector("h2").textContent;

function warn(lines) {
  const box = page.querySelector("[data-alert]");
  box.textContent = lines.join(" ");
  box.hidden = lines.length === 0;
}

/** Light the words of a value, bring the first of them into view within the text. */
function light(value) {
  const mine = marks.filter((mark) => mark.dataset.fields.split(" ").includes(value.dataset.field));
  for (const mark of marks) mark.classList.toggle("lit", mine.includes(mark));
  for (const other of values) other.classList.toggle("at", other === value);
  at = values.indexOf(value);
  if (mine.length === 0) return;
  const top = mine[0].getBoundingClientRect().top - text.getBoundingClientRect().top;
  text.scrollTop += top - text.clientHeight / 3;
}

function go(index) {
  const value = values[Math.min(Math.max(index, 0), values.length - 1)];
  if (!value) return;
  value.focus({ preventScroll: true });
  value.scrollIntoView({ block: "nearest" });
  light(value);
}

/** On to the next value that nobody has decided; past the last one, to the end of the review. */
function onward(from) {
  const order = [...values.slice(from + 1), ...values.slice(0, from + 1)];
  const next = order.find((value) => !isDecided(value));
  if (next) go(values.indexOf(next));
  else document.getElementById("id_reason")?.focus();
}

const isDecided = (value) => ["accepted", "corrected", "rejected"].some((name) => value.classList.contains(name));

function errors(value, lines) {
  const list = value.querySelector("[data-errors]");
  list.replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
  list.hidden = lines.length === 0;
  if (lines.length) list.scrollIntoView({ block: "nearest" });
}

function show(value, answer) {
  value.classList.remove("accepted", "corrected", "rejected");
  value.classList.add(answer.verdict);
  value.querySelector(".words").textContent = answer.words;
  value.querySelector("[data-told]").textContent = answer.told;
  value.querySelector("[data-correct]").open = false;
  for (const seen of page.querySelectorAll("input[name=seen]")) seen.value = answer.seen;
  page.querySelector("[data-left]").textContent = answer.left;
  say(`${nameOf(value)} ${answer.verdict}. ${answer.left} to decide.`);
}

async function send(form) {
  if (sending) return;
  sending = true;
  const value = form.closest("[data-field]");
  const body = new FormData(form);
  body.set("verdict", form.dataset.verdict);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (response.redirected || !response.headers.get("Content-Type")?.startsWith("application/json")) {
      location.reload();
      return;
    }
    const answer = await response.json();
    warn(response.status === 409 ? answer.problems : []);
    errors(value, response.ok || response.status === 409 ? [] : answer.problems);
    if (response.status === 409) page.querySelector("[data-alert]").scrollIntoView({ block: "center" });
    if (!response.ok) return;
    show(value, answer);
    onward(values.indexOf(value));
  } catch {
    errors(value, ["The desk did not answer; nothing was kept. Try again."]);
  } finally {
    sending = false;
  }
}

function act(key) {
  const value = values[at];
  if (!value) return;
  if (key === "c") {
    const details = value.querySelector("[data-correct]");
    if (!details) return;
    details.open = true;
    details.querySelector("input:not([type=hidden]), select").focus();
    return;
  }
  const button = value.querySelector(`form[data-verdict=${VERDICTS[key]}] button`);
  if (button && !button.disabled) send(button.form);
  else if (button) errors(value, ["Nothing was read that could be accepted: correct or reject it."]);
}

page.addEventListener("submit", (event) => {
  if (!event.target.dataset.verdict) return;
  event.preventDefault();
  send(event.target);
});

page.addEventListener("focusin", (event) => {
  const value = event.target.closest("[data-field]");
  if (value) light(value);
});

page.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-fields]");
  if (mark) {
    event.preventDefault();
    const keys = mark.dataset.fields.split(" ");
    // Words that several values were read from: each click goes to the next of them.
    const now = keys.indexOf(values[at]?.dataset.field);
    go(values.findIndex((value) => value.dataset.field === keys[(now + 1) % keys.length]));
    return;
  }
  const words = event.target.closest(".in-text");
  if (words) {
    event.preventDefault();
    light(words.closest("[data-field]"));
  }
});

// Before the desk's own keys, some of which mean something else in lists.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("dialog")) return;
    if (event.target.closest(TYPING)) {
      if (event.key === "Escape" && event.target.closest("[data-field]")) go(at);
      return;
    }
    const known = DOWN.has(event.key) || UP.has(event.key) || event.key in VERDICTS || event.key === "c";
    // Arrows scroll the text as long as the reader is in it.
    const scrolls = event.key.startsWith("Arrow") && !event.target.closest(".values") && event.target !== document.body;
    if (!known || scrolls) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (DOWN.has(event.key)) go(at + 1);
    else if (UP.has(event.key)) go(at < 0 ? 0 : at - 1);
    else act(event.key);
  },
  true,
);

/** Places are too many for a list: those with the letters typed are asked for. */
let asked = 0;
page.addEventListener("input", async (event) => {
  if (event.target.getAttribute("list") !== "places" || event.target.value.includes("#")) return;
  const mine = ++asked;
  const response = await fetch(`${page.dataset.places}?q=${encodeURIComponent(event.target.value)}`).catch(() => null);
  if (!response?.ok || mine !== asked) return;
  const { places } = await response.json();
  if (mine !== asked) return;
  const options = places.map((value) => Object.assign(document.createElement("option"), { value }));
  document.getElementById("places").replaceChildren(...options);
});

const named = location.hash.startsWith("#field-") && document.getElementById(location.hash.slice(1));
if (named) go(values.indexOf(named));
