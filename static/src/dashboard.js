// The dashboard: one query, four handles on it (filters, map, timeline, list), and an incident to read.
import { addressOf, changed, filters, looked, ofForm, view, without } from "./address.js";
import { boxOf, buildMap, place, placed } from "./map.js";
import { exchange, fetchPage, say } from "./page.js";
import { buildSheet } from "./sheet.js";
import { intervalFor, spanOf, Timeline } from "./timeline.js";
import { Tracks } from "./tracks.js";
import { words } from "./words.js";

const $ = (id) => document.getElementById(id);
const { map, marks } = buildMap($("map"), view().get("map"));
const timeline = new Timeline($("timeline"), (since, until) => go(changed({ since, until })));
const sheet = buildSheet($("side"), $("sheet-handle"));
const tracks = new Tracks($("tracks"), timeline);
const PLAY_MS = 1100;
// Parameters that say how an answer is given, not which incidents are meant.
const MANNER = ["order", "limit", "cursor", "fields", "lang"];
const WHOLE = ["lang", "as_of"];
let playing = null;
let finest = "month";

/** Go to another address of this page: filters, map, timeline and list follow. */
function go(address) {
  if (address === location.pathname + location.search + location.hash) return;
  const before = location.search;
  // Language and time of knowledge change the whole page, not only its regions.
  if (WHOLE.some((name) => new URL(address, location).searchParams.get(name) !== filters().get(name)))
    return location.assign(address);
  history.pushState(null, "", address);
  arrived(before !== location.search);
}

function arrived(queryChanged) {
  if (queryChanged) {
    exchange(location.href, () => arrived(true));
    marks.under(without(filters(), ...MANNER));
    drawTimeline();
  }
  open(view().get("incident"), view().get("here"));
}

// --- timeline ---

async function drawTimeline() {
  const params = filters();
  try {
    let answer = await bars(params, finest);
    const wanted = intervalFor(spanOf(answer), $("timeline").clientWidth - 60);
    if (wanted !== finest) answer = await bars(params, (finest = wanted));
    timeline.show(answer, [params.get("since"), params.get("until")]);
    $("timeline").classList.remove("failed");
  } catch {
    $("timeline").classList.add("failed");
  }
}

// The whole time under the other filters, so that the brush keeps its surroundings.
async function bars(params, interval) {
  const wanted = `by=event_type&interval=${interval}&${without(params, "since", "until", ...MANNER)}`;
  const answer = await fetch(`${$("timeline").dataset.source}?${wanted}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function play() {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (playing || still) {
    stopPlaying();
    if (still) timeline.advance();
    return;
  }
  $("play").setAttribute("aria-pressed", "true");
  playing = setInterval(() => timeline.advance() || stopPlaying(), PLAY_MS);
  timeline.advance();
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  $("play").setAttribute("aria-pressed", "false");
}

// --- milestones and foreign forces under the timeline ---

function showTracks(open) {
  $("tracks").hidden = !open;
  document.querySelector("main").classList.toggle("tracked", open);
  $("tracks-button").setAttribute("aria-expanded", String(open));
  if (open) tracks.load().then(() => say("tracks", ""), () => say("tracks", words("tracks.failed"), () => showTracks(true)));
}

// --- reading one incident, or the incidents at one place ---

async function open(id, here) {
  marks.choose(id);
  for (const row of document.querySelectorAll("[data-incident]"))
    row.toggleAttribute("data-chosen", row.dataset.incident === id);
  const address = id ? `/incidents/${encodeURIComponent(id)}/` : here ? `/?${ids(here)}` : null;
  if (!address) return shut();
  try {
    const { page } = await fetchPage(`${address}${manner(address)}`);
    if ((view().get("incident") ?? null) !== id) return;
    const part = page.querySelector(id ? "article.incident" : ".incidents");
    if (!part) throw new Error("no part");
    say("incident", "");
    read(...(id ? [part] : [hereTitle(part.children.length), part]));
    bringIntoView(part);
  } catch {
    say("incident", words("state.failed_incident"), () => open(id, here));
  }
}

const ids = (here) => new URLSearchParams(here.split(",").map((id) => ["id", id])).toString();

function manner(address) {
  const kept = new URLSearchParams([...filters()].filter(([name]) => ["lang", "as_of"].includes(name)));
  return kept.size ? `${address.includes("?") ? "&" : "?"}${kept}` : "";
}

function hereTitle(count) {
  const title = document.createElement("h2");
  title.textContent = words("list.here", { n: count });
  return title;
}

function read(...parts) {
  $("detail-body").replaceChildren(...parts.map((part) => document.adoptNode(part)));
  $("side").classList.add("reading");
  $("detail").hidden = false;
  $("detail").scrollTop = 0;
  $("detail-close").focus({ preventScroll: true });
  sheet.to("full");
}

function bringIntoView({ dataset: { latitude, longitude } }) {
  if (!latitude || map.getBounds().contains([latitude, longitude])) return;
  map.setView([latitude, longitude], map.getZoom(), { animate: false });
}

function shut() {
  if ($("detail").hidden) return;
  const last = view().get("incident");
  $("detail").hidden = true;
  $("side").classList.remove("reading");
  if (sheet.stop() === "full") sheet.to("half");
  document.querySelector(`[data-incident="${CSS.escape(last ?? "")}"] a`)?.focus({ preventScroll: true });
}

// --- what people do ---

function clicked(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = event.target.closest("a[href]");
  if (!link || link.origin !== location.origin || link.target) return;
  const row = link.closest("[data-incident]");
  if (row && link.matches(".title")) {
    event.preventDefault();
    go(looked({ incident: row.dataset.incident, here: null }));
  } else if (link.pathname === location.pathname && link.dataset.query !== undefined) {
    event.preventDefault();
    go(addressOf(new URLSearchParams(link.search), view()));
  }
}

// On small screens the filters lie over everything; what is beneath them cannot be reached meanwhile.
function openFilters(open) {
  const panel = $("filters");
  if (open === panel.classList.contains("open")) return;
  panel.classList.toggle("open", open);
  for (const other of [document.querySelector("header"), ...panel.parentElement.children])
    if (other !== panel) other.inert = open;
  const opener = document.querySelector(".filters-button");
  (open ? panel.querySelector("[data-open-filters]") : opener).focus({ preventScroll: true });
}

function filtered() {
  // A date that is still being typed is no date yet.
  if (!$("filter-form").checkValidity()) return;
  const [params, kept] = [ofForm($("filter-form")), filters()];
  for (const name of $("filter-form").dataset.kept.split(" "))
    for (const value of kept.getAll(name)) if (!params.has(name)) params.append(name, value);
  go(addressOf(params, view()));
}

function tapped(event) {
  const found = marks.find(event.layerPoint);
  if (found?.cell) closer(event.latlng);
  else if (found?.ids.length === 1) go(looked({ incident: found.ids[0], here: null }));
  else if (found) go(looked({ here: found.ids.slice(0, 100).join(","), incident: null }));
  else if (view().has("incident") || view().has("here")) go(looked({ incident: null, here: null }));
}

// At the deepest zoom a cell becomes a filter: its incidents are in the list.
function closer(place) {
  if (map.getZoom() < map.getMaxZoom()) map.setView(place, Math.min(map.getZoom() + 2, map.getMaxZoom()));
  else go(changed({ bbox: boxOf(map) }));
}

function moved() {
  history.replaceState(null, "", looked({ map: placed(map) }));
}

// The tracks take their room from the map: its middle stays, and nobody moved it.
function resized() {
  map.off("moveend", moved);
  map.invalidateSize({ animate: false });
  map.on("moveend", moved);
}

document.addEventListener("click", clicked);
$("filters").addEventListener("change", (event) => event.target.form === $("filter-form") && filtered());
$("filters").addEventListener("submit", (event) => {
  event.preventDefault();
  filtered();
  openFilters(false);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-open-filters]")) openFilters(!$("filters").classList.contains("open"));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if ($("filters").classList.contains("open")) openFilters(false);
  else if ($("tracks").contains(document.activeElement)) {
    showTracks(false);
    $("tracks-button").focus();
  }
  else if (!$("detail").hidden) go(looked({ incident: null, here: null }));
});
matchMedia("(min-width: 1100px)").addEventListener("change", () => openFilters(false));
$("detail-close").addEventListener("click", () => go(looked({ incident: null, here: null })));
$("area").addEventListener("click", () => go(changed({ bbox: boxOf(map) })));
$("tracks-button").addEventListener("click", () => showTracks($("tracks").hidden));
$("play").addEventListener("click", play);
$("clear-dates").addEventListener("click", () => go(changed({ since: null, until: null })));
$("measure").addEventListener("change", (event) => timeline.measured(event.target.value));
// Where there is room they stand open; elsewhere a button opens them.
if (matchMedia("(min-width: 1100px) and (min-height: 700px)").matches) showTracks(true);
map.on("click", tapped);
new ResizeObserver(resized).observe($("map"));
map.on("mousemove", (event) => {
  map.getContainer().style.cursor = marks.find(event.layerPoint) ? "pointer" : "";
});
marks.on("slow", () => $("map").classList.add("stale"));
marks.on("loaded", ({ failed }) => {
  $("map").classList.remove("stale");
  say("tiles", failed ? words("state.failed_tiles") : "", () => marks.load());
});
addEventListener("popstate", () => {
  place(map, view().get("map"));
  arrived(true);
});
marks.under(without(filters(), ...MANNER));
drawTimeline();
open(view().get("incident"), view().get("here"));