// Incidents on the map: which tiles are needed, what is drawn of them, what lies under the pointer.
//
// One canvas over the whole view, not one per tile: symbols and discs of true radius cross the edges of tiles
// uncut, marks are in one drawing order, and a click finds everything at a place.
import { CanvasLayer } from "./canvas-layer.js";
import { cellRadius, drawArea, drawCell, forgetSprites, outer, radius, sprite } from "./marks.js";
import { onThemeChange, palette } from "./palette.js";
import { TileStore } from "./tiles.js";

const { L } = window;
const WORLD = 256; // pixels of the world at zoom 0
const TILE_ZOOM_BELOW = 1; // tiles of 512 pixels: a quarter of the requests, and cells that hold a number
const REACH = 10; // pixels around a pointer or finger within which a mark is meant
const EARTH_M = 40075016.686;
// Pixels. Where the disc of a rough place would be smaller than a symbol, the symbol hides no knowledge.
const DISC_FROM = 14;

export const MarksLayer = CanvasLayer.extend({
  options: { padding: 0.25, pane: "overlayPane", deepest: 14 },

  initialize(template, options) {
    L.setOptions(this, options);
    L.Renderer.prototype.initialize.call(this, options);
    this.store = new TileStore(template);
    this.shown = { all: [], cells: [] };
    this.turn = 0;
    onThemeChange(() => {
      forgetSprites();
      this.repaint();
    });
  },

  /** Show incidents under these filters (query text). */
  under(query) {
    if (query !== this.store.query) this.store.under(query);
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
    const z = Math.min(Math.max(this._map.getZoom() - TILE_ZOOM_BELOW, 0), this.options.deepest);
    const size = WORLD * 2 ** (this._map.getZoom() - z);
    const { min, max } = this._map.getPixelBounds();
    const [last, tiles] = [2 ** z - 1, []];
    for (let y = Math.max(0, Math.floor(min.y / size)); y <= Math.min(last, Math.floor(max.y / size)); y++)
      for (let x = Math.max(0, Math.floor(min.x / size)); x <= Math.min(last, Math.floor(max.x / size)); x++)
        tiles.push({ z, x, y });
    return tiles;
  },

  _show(tiles) {
    // A point on the very edge may be in two tiles.
    const all = [...new Map(tiles.flatMap((tile) => tile.points.map((p) => [p.id, p]))).values()];
    all.sort((a, b) => b.deaths - a.deaths);
    const cells = tiles.flatMap((tile) => tile.cells).sort((a, b) => b.count - a.count);
    this.shown = { all, cells };
    this.repaint();
  },

  // Which places are discs depends on the zoom.
  _parted() {
    const zoom = this._map.getZoom();
    if (this.shown.zoom !== zoom) {
      const disc = (p) => p.km && this._pixels(p) >= DISC_FROM;
      const [areas, points] = [areasOf(this.shown.all.filter(disc)), this.shown.all.filter((p) => !disc(p))];
      this.shown = { ...this.shown, zoom, areas, points };
    }
    return this.shown;
  },

  _pixels({ y, km }) {
    const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * y)));
    return (km * 1000 * WORLD * 2 ** this._map.getZoom()) / (EARTH_M * Math.cos(latitude));
  },

  paint(ctx, bounds) {
    const near = bounds.pad(0.1);
    this.spots = [];
    this._parted();
    this._paintAreas(ctx);
    this._paintCells(ctx, near);
    this._paintPoints(ctx, near);
  },

  _paintAreas(ctx) {
    const crowd = this.shown.areas.length;
    for (const area of this.shown.areas) {
      const [x, y] = this.pointOf(area.x, area.y);
      const r = this._pixels(area);
      this._at(ctx, x, y, () => drawArea(ctx, { ...area, r }, { selected: this._chosen(area), crowd }));
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
    // What was drawn last lies on top.
    const cell = precise.findLast((s) => s.cell)?.cell;
    if (cell) return { cell };
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
