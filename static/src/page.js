// Moving between queries without leaving the page: the server writes the page of the new address, and the
// regions that depend on the query (marked data-region) are exchanged. What the server says has one definition.
import { words } from "./words.js";

const SLOW_MS = 300;
let turn = 0;

/** Fetch a page of this site as a document; its status is in .status. Throws when the server is not reached. */
export async function fetchPage(address, signal) {
  const answer = await fetch(address.split("#")[0], { signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { page, status: answer.status };
}

/** Exchange the regions of this page for those of the address; `again` is offered when that fails. */
export async function exchange(address, again) {
  const mine = ++turn;
  const slow = setTimeout(() => document.body.classList.add("stale"), SLOW_MS);
  document.querySelector("main")?.setAttribute("aria-busy", "true");
  try {
    const { page, status } = await fetchPage(address);
    if (mine !== turn) return;
    if (status >= 500 || !page.querySelector("[data-region]")) throw new Error(String(status));
    replaceRegions(page);
    say("page", "");
  } catch {
    if (mine === turn) say("page", words("state.failed", { time: shownSince() }), again);
  } finally {
    clearTimeout(slow);
    if (mine === turn) {
      document.body.classList.remove("stale");
      document.querySelector("main")?.removeAttribute("aria-busy");
    }
  }
}

function replaceRegions(page) {
  document.title = page.title;
  loadedAt = new Date();
  for (const region of document.querySelectorAll("[data-region]")) {
    const fresh = page.querySelector(`[data-region="${region.dataset.region}"]`);
    if (!fresh) continue;
    const [focused, scroll] = [handleOf(region, document.activeElement), region.scrollTop];
    const open = [...region.querySelectorAll("details")].map((d) => [d.id, d.open]);
    region.replaceChildren(...document.adoptNode(fresh).childNodes);
    for (const [id, state] of open) if (id) region.querySelector(`#${CSS.escape(id)}`)?.toggleAttribute("open", state);
    region.scrollTop = region.dataset.region === "list" ? 0 : scroll;
    if (focused) region.querySelector(focused)?.focus({ preventScroll: true });
  }
  document.dispatchEvent(new Event("regions"));
}

// A selector that finds the focused control again after its region was exchanged.
function handleOf(region, element) {
  if (!element || !region.contains(element)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.name) return `[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
  return null;
}

let loadedAt = new Date();
const shownSince = () => loadedAt.toLocaleTimeString(document.documentElement.lang);

const said = new Map();

/** Say something in the status line about one topic; empty text takes it away. One button tries all again. */
export function say(topic, text, again) {
  if (text) said.set(topic, { text, again });
  else said.delete(topic);
  const [line, told] = [document.getElementById("status"), [...said.values()]];
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words("state.again");
  button.addEventListener("click", () => told.forEach((one) => one.again()));
  line.replaceChildren(told.map((one) => one.text).join(" "), " ", button);
  line.hidden = !told.length;
}
