// The base map: land, borders, names of countries and towns, from files made at build time. No tile server.
import { CanvasLayer } from "./canvas-layer.js";
import { onThemeChange, palette } from "./palette.js";
import { lang } from "./words.js";

const PLANE = 65536;
// From which zoom towns of at least so many people get a name.
const TOWNS = [[5, 500000], [6, 150000], [7, 50000], [8, 15000], [9, 4000], [10, 0]];

export const BaseLayer = CanvasLayer.extend({
  options: { padding: 0.4, pane: "base" },

  async load(shapesUrl, townsUrl) {
    onThemeChange(() => this.repaint());
    const shapes = await (await fetch(shapesUrl)).json();
    this.land = new Path2D(shapes.land);
    this.borders = new Path2D(shapes.borders);
    this.countries = shapes.countries;
    this.repaint();
    this.towns = await (await fetch(townsUrl)).json();
    this.repaint();
  },

  paint(ctx, bounds) {
    if (!this.land) return;
    const [zoom, colours] = [this._map.getZoom(), palette()];
    const [x, y] = this.pointOf(0, 0);
    const scale = (256 * 2 ** zoom) / PLANE;
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(scale, scale);
    ctx.fillStyle = colours.land;
    ctx.fill(this.land);
    ctx.strokeStyle = colours.border;
    ctx.lineJoin = "round";
    ctx.lineWidth = 0.6 / scale;
    ctx.stroke(this.land);
    ctx.lineWidth = (zoom < 6 ? 1 : 1.5) / scale;
    ctx.stroke(this.borders);
    ctx.restore();
    this._names(ctx, bounds, zoom, colours);
  },

  _names(ctx, bounds, zoom, colours) {
    const taken = [];
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const country of this.countries) {
      if (country.size * 2 ** zoom < 60 || zoom > 8) continue;
      this._name(ctx, bounds, taken, country, { font: `600 ${zoom < 5 ? 11 : 12}px`, colours, spaced: true });
    }
    const least = TOWNS.findLast(([from]) => zoom >= from)?.[1] ?? Infinity;
    for (const town of this.towns ?? []) {
      if (town.people < least) break;
      this._name(ctx, bounds, taken, town, { font: "11px", colours, dot: true });
    }
  },

  _name(ctx, bounds, taken, place, { font, colours, spaced = false, dot = false }) {
    const [x, y] = this.pointOf(place.x / PLANE, place.y / PLANE);
    if (!bounds.contains([x, y])) return;
    ctx.font = `${font} system-ui, sans-serif`;
    const text = spaced ? (place[lang] ?? place.en).toUpperCase() : (place[lang] ?? place.en);
    const half = ctx.measureText(text).width / 2 + 3;
    const top = dot ? y + 3 : y - 8;
    const box = [x - half, top, x + half, top + 14];
    if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) return;
    taken.push(box);
    ctx.globalAlpha = spaced ? 0.75 : 1;
    ctx.fillStyle = colours.quiet;
    if (dot) ctx.fillRect(x - 1.5, y - 1.5, 3, 3);
    ctx.lineWidth = 3;
    ctx.strokeStyle = colours.land;
    ctx.strokeText(text, x, top + 8);
    ctx.fillText(text, x, top + 8);
    ctx.globalAlpha = 1;
  },
});
