// The map of the dashboard: base, marks, controls.
import { BaseLayer } from "./base-layer.js";
import { MarksLayer } from "./marks-layer.js";
import { words } from "./words.js";

const { L } = window;
// The region that the base shapes cover (static/base-shapes.mjs), a little inside.
const REGION = [[-12, -28], [42, 50]];
const SAHEL = [[9.5, -13], [24, 17]];

/** Build the map in an element; its data attributes name the files and tiles. */
export function buildMap(element, view) {
  const { tiles, shapes, towns, raster, rasterCredit } = element.dataset;
  const map = L.map(element, {
    maxBounds: REGION,
    maxBoundsViscosity: 1,
    minZoom: 4,
    maxZoom: raster ? 17 : 14,
    zoomControl: false,
    attributionControl: false,
    zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    fadeAnimation: false,
  });
  map.createPane("base").style.zIndex = 200;
  place(map, view);
  addBase(map, { shapes, towns, raster, rasterCredit });
  const marks = new MarksLayer(tiles).addTo(map);
  addControls(map);
  return { map, marks };
}

/** Put the map where the fragment says (zoom/lat/lon), or on the Sahel. */
export function place(map, view) {
  const [zoom, lat, lon] = (view ?? "").split("/").map(Number);
  if (view && [zoom, lat, lon].every(Number.isFinite)) map.setView([lat, lon], zoom, { animate: false });
  else if (!map._loaded) map.fitBounds(SAHEL, { animate: false });
}

/** Where the map is, as zoom/lat/lon. */
export function placed(map) {
  const { lat, lng } = map.getCenter();
  return [map.getZoom(), lat.toFixed(2), lng.toFixed(2)].join("/");
}

/** Bounds of the view as west,south,east,north. */
export function boxOf(map) {
  const b = map.getBounds();
  return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((n) => n.toFixed(2)).join(",");
}

function addBase(map, { shapes, towns, raster, rasterCredit }) {
  const credit = L.control.attribution({ prefix: false, position: "bottomright" }).addTo(map);
  if (raster) {
    L.tileLayer(raster, { pane: "base", maxZoom: 17 }).addTo(map);
    credit.addAttribution(escaped(rasterCredit ?? ""));
    return;
  }
  new BaseLayer().addTo(map).load(shapes, towns);
  credit.addAttribution(escaped(words("map.credit")));
}

function addControls(map) {
  L.control.zoom({ position: "topright", zoomInTitle: words("map.in"), zoomOutTitle: words("map.out") }).addTo(map);
  L.control.scale({ position: "bottomright", imperial: false }).addTo(map);
}

// Leaflet's attribution takes markup: give it none.
function escaped(text) {
  const node = document.createElement("i");
  node.textContent = text;
  return node.innerHTML;
}
