// The point of the desk's forms: click or drag on the map, or type longitude and latitude. Beside the exact point it
// draws what the public will see: the grid cell of the sensitivity chosen, the radius of the precision chosen.
import { BaseLayer } from "./base-layer.js";

const { L } = window;
const SAHEL = [[9.5, -13], [24, 17]];

L.SahelPoint = L.Class.extend({
  options: { field_store_class: L.FieldStore },

  initialize(options) {
    L.setOptions(this, options);
  },

  addTo(map) {
    this._map = map;
    this._field = document.getElementById(this.options.fieldid);
    this._box = map.getContainer().closest(".point-widget");
    this._public = JSON.parse(this._box.dataset.public);
    this._shown = L.layerGroup().addTo(map);
    addBase(map, this._box.dataset);
    if (this.options.modifiable) map.on("click", ({ latlng }) => this._set(latlng.wrap()));
    this._wire();
    const [lon, lat] = this._read();
    if (lon === undefined) map.fitBounds(SAHEL, { animate: false });
    else map.setView([lat, lon], 7, { animate: false });
    this._show();
    return this;
  },

  _wire() {
    this._inputs = Object.fromEntries(
      [...this._box.querySelectorAll("[data-point]")].map((element) => [element.dataset.point, element]));
    const { lon, lat, clear } = this._inputs;
    for (const input of [lon, lat]) input.addEventListener("change", () => this._typed());
    clear.addEventListener("click", () => this._set(null));
    for (const id of ["id_sensitivity", "id_location_precision"])
      document.getElementById(id)?.addEventListener("change", () => this._show());
  },

  /** [longitude, latitude] of the field, empty without a point. */
  _read() {
    try {
      return JSON.parse(this._field.value).coordinates;
    } catch {
      return [];
    }
  },

  _typed() {
    const [lon, lat] = [this._inputs.lon, this._inputs.lat].map(({ value }) => Number(value.trim().replace(",", ".") || NaN));
    const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
    if (inside) this._set(L.latLng(lat, lon));
    else if (this._inputs.lon.value && this._inputs.lat.value)
      this._say("Longitude from -180 to 180 and latitude from -90 to 90, in degrees.");
  },

  _set(latlng) {
    const coordinates = latlng && [latlng.lng, latlng.lat].map((degrees) => Number(degrees.toFixed(6)));
    this._field.value = coordinates ? JSON.stringify({ type: "Point", coordinates }) : "";
    this._show();
    if (latlng && !this._map.getBounds().contains(latlng)) this._map.setView(latlng);
  },

  _show() {
    this._shown.clearLayers();
    const [lon, lat] = this._read();
    this._inputs.lon.value = lon ?? "";
    this._inputs.lat.value = lat ?? "";
    this._say("");
    if (lon === undefined) return;
    this._showPublic(lon, lat);
    const icon = L.divIcon({ className: "point-mark", iconSize: [18, 18] });
    const marker = L.marker([lat, lon], { icon, draggable: this.options.modifiable, keyboard: false, alt: "Exact point" });
    marker.on("dragend", () => this._set(marker.getLatLng().wrap())).addTo(this._shown);
  },

  _showPublic(lon, lat) {
    const sensitivity = document.getElementById("id_sensitivity")?.value;
    const precision = document.getElementById("id_location_precision")?.value;
    // A dataset's own point is public as its publisher gives it.
    if (!sensitivity || document.querySelector("[data-public-as-given]")) return;
    const cell = this._public.grid[sensitivity];
    if (!cell || precision === "country") {
      this._say("Public: no point.");
      return;
    }
    const [x, y] = [lon, lat].map((degrees) => Math.round(degrees / cell) * cell);
    const half = cell / 2;
    L.rectangle([[y - half, x - half], [y + half, x + half]], { className: "public-cell", interactive: false }).addTo(this._shown);
    const km = this._public.radius[precision];
    if (km) L.circle([y, x], { radius: km * 1000, className: "public-radius", interactive: false }).addTo(this._shown);
    this._say(`Public: ${x.toFixed(cell < 0.1 ? 2 : 1)}, ${y.toFixed(cell < 0.1 ? 2 : 1)}${km ? `, radius ${km} km` : ""}.`);
  },

  _say(text) {
    this._inputs.said.textContent = text;
  },
});

function addBase(map, { shapes, towns }) {
  map.createPane("base").style.zIndex = 150;
  new BaseLayer().addTo(map).load(shapes, towns);
}
