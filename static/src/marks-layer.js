// Incidents on the map: which tiles are needed, what is drawn of them, what lies under the pointer.
//
// One canvas over the whole view, not one per tile: symbols and discs of true radius cross the edges of tiles
// uncut, marks are in one drawing order, and a click finds everything at a place.
import { CanvasLayer } from "./canvas-layer.js";
import { cellRadius, drawArea, drawCell, forgetSprites, outer, radius, sprite } from "./marks.js";
import { onThemeChange, palette } from "./palette.js";
import { TileStore } from "./tiles.js";

const { L } = window;
const TILE = 256;
const REACH = 10; // pixels around a pointer or finger within which a mark is meant
const EARTH_M = 40075016.686;
const TRUE_RADIUS_FROM = 5; // pixels; a disc smaller than that could not be seen or hit

export const MarksLayer = CanvasLayer.extend({
  options: { padding: 0.25, pane: "overlayPane", deepest: 14 },

  initialize(template, options) {
    L.setOptions(this, options);
    L.Renderer.prototype.initialize.call(this, options);
    this.store = new TileStore(template);
    this.shown = { points: [], cells: [], areas: [] };
    this.turn = 0;
    onThemeChange(() => {
      forgetSprites();
      this.repaint();
    });
  },

  /** Show incidents under these filters (query text). */
  under(query) {
    if (query === this.store.query && this.asked) return;
    this.store.under(query);
    this.load();
  },

  getEvents() {
    return { ...CanvasLayer.prototype.getEvents.call(this), moveend: this._moved };
  },

  _moved() {
    this._update();
    this.load();
  },

  /** Ask for the tiles of the view; the old picture stays until the new one is whole. */
  async load() {
    this.asked = true;
    const turn = ++this.turn;
    const slow = setTimeout(() => this.fire("slow"), 300);
    const answers = await Promise.allSettled(this._needed().map((tile) => this.store.get(tile)));
    clearTimeout(slow);
    if (turn !== this.turn || !this._map) return;
    const failed = answers.filter((a) => a.status === "rejected");
    const loaded = answers.filter((a) => a.status === "fulfilled").map((a) => a.value);
    if (loaded.length || !failed.length) this._show(loaded);
    this.fire("loaded", { failed: failed.length, of: answers.length });
  },

  _needed() {
    const z = Math.min(Math.max(Math.round(this._map.getZoom()), 0), this.options.deepest);
    const size = TILE * 2 ** (this._map.getZoom() - z);
    const { min, max } = this._map.getPixelBounds();
    const [last, tiles] = [2 ** z - 1, []];
    for (let y = Math.max(0, Math.floor(min.y / size)); y <= Math.min(last, Math.floor(max.y / size)); y++)
      for (let x = Math.max(0, Math.floor(min.x / size)); x <= Math.min(last, Math.floor(max.x / size)); x++)
        tiles.push({ z, x, y });
    return tiles;
  },

  // A feature in the margin of a tile is in its neighbour too.
  _show(tiles) {
    const [points, cells] = [new Map(), new Map()];
    for (const tile of tiles) {
      for (const point of tile.points) points.set(point.id, point);
      for (const cell of tile.cells) cells.set(`${cell.x.toFixed(7)} ${cell.y.toFixed(7)}`, cell);
    }
    const all = [...points.values()];
    const [placed, rough] = [all.filter((p) => !p.km), all.filter((p) => p.km)];
    placed.sort((a, b) => b.deaths - a.deaths);
    this.shown = { points: placed, cells: [...cells.values()], areas: areasOf(rough) };
    this.repaint();
  },

  paint(ctx, bounds) {
    const near = bounds.pad(0.1);
    this.spots = [];
    this._paintAreas(ctx);
    this._paintCells(ctx, near);
    this._paintPoints(ctx, near);
  },

  _paintAreas(ctx) {
    const world = TILE * 2 ** this._map.getZoom();
    for (const area of this.shown.areas) {
      const [x, y] = this.pointOf(area.x, area.y);
      const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * area.y)));
      const r = Math.max((area.km * 1000 * world) / (EARTH_M * Math.cos(latitude)), TRUE_RADIUS_FROM);
      this._at(ctx, x, y, () => drawArea(ctx, { ...area, r }, this._chosen(area)));
      this.spots.push({ x, y, r, ids: area.ids, area });
    }
  },

  _paintCells(ctx, near) {
    const most = Math.max(...this.shown.cells.map((cell) => cell.count), 1);
    for (const cell of this.shown.cells) {
      const [x, y] = this.pointOf(cell.x, cell.y);
      if (!near.contains([x, y])) continue;
      const r = cellRadius(cell.count, most);
      this._at(ctx, x, y, () => drawCell(ctx, { ...cell, r }));
      this.spots.push({ x, y, r, cell });
    }
  },

  _paintPoints(ctx, near) {
    for (const mark of this.shown.points) {
      const [x, y] = this.pointOf(mark.x, mark.y);
      if (!near.contains([x, y])) continue;
      const picture = sprite(mark, this.density);
      const size = picture.width / this.density;
      ctx.drawImage(picture, x - size / 2, y - size / 2, size, size);
      if (this._chosen({ ids: [mark.id] })) this._ring(ctx, x, y, outer(mark) + 4);
      this.spots.push({ x, y, r: radius(mark), ids: [mark.id] });
    }
  },

  _at(ctx, x, y, draw) {
    ctx.save();
    ctx.translate(x, y);
    draw();
    ctx.restore();
  },

  _ring(ctx, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.lineWidth = 3;
    ctx.strokeStyle = palette().accent;
    ctx.stroke();
  },

  /** Mark an incident as the one that is read; null: none. */
  choose(id) {
    this.chosen = id;
    this.repaint();
  },

  _chosen(spot) {
    return Boolean(this.chosen) && spot.ids.includes(this.chosen);
  },

  /** What lies at a layer point: {ids} of incidents, or {cell}, or null. Marks come before rough places. */
  find(at) {
    const reached = (this.spots ?? []).filter((s) => Math.hypot(s.x - at.x, s.y - at.y) <= reach(s));
    const precise = reached.filter((s) => !s.area);
    if (precise.some((s) => s.cell)) return { cell: precise.find((s) => s.cell).cell, at };
    if (precise.length) return { ids: precise.map((s) => s.ids[0]).reverse() };
    const ids = [...new Set(reached.flatMap((s) => s.ids))];
    return ids.length ? { ids } : null;
  },
});

const reach = (spot) => (spot.area ? spot.r : Math.max(spot.r, REACH));

// Incidents at one rough place share one disc: their number is written on it, they are not piled up.
function areasOf(rough) {
  const places = new Map();
  for (const point of rough) {
    const key = [point.x.toFixed(6), point.y.toFixed(6), point.km].join();
    const area = places.get(key) ?? { x: point.x, y: point.y, km: point.km, ids: [], types: new Set() };
    area.ids.push(point.id);
    area.types.add(point.type);
    area.unit = !["near", "region"].includes(point.precision);
    places.set(key, area);
  }
  return [...places.values()]
    .map((a) => ({ ...a, count: a.ids.length, type: a.types.size === 1 ? [...a.types][0] : null }))
    .sort((a, b) => b.km - a.km);
}
