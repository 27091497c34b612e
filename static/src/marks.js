// How an incident, a rough place and a cell of many incidents look on the map.
import { palette } from "./palette.js";
import { REACH, SHAPES } from "./shapes.js";
import { shortNumber } from "./words.js";

// Radius in pixels of the circle whose area a mark has: deaths (reported, best) 0 · 1–9 · 10–49 · 50 and more.
const RADII = [4.5, 6.5, 9, 13];
const RING_GAP = 3;
const HALO = 1.5;

/** Step 0 to 3 of a number of deaths. */
export const step = (deaths) => (deaths >= 50 ? 3 : deaths >= 10 ? 2 : deaths >= 1 ? 1 : 0);
export const radius = (mark) => RADII[step(mark.deaths)];

/** Draw one mark {type, deaths, contested, hollow} around the origin of ctx. */
export function drawMark(ctx, mark, colours = palette()) {
  const [r, colour] = [radius(mark), colours[mark.type] ?? colours.none];
  const shape = new Path2D();
  shape.addPath(new Path2D(SHAPES[mark.type] ?? SHAPES.battle), new DOMMatrix().scale(r));
  ctx.lineJoin = "round";
  ctx.lineWidth = mark.hollow ? 4.5 : 2 * HALO;
  ctx.strokeStyle = colours.land;
  ctx.stroke(shape);
  ctx.fillStyle = mark.hollow ? colours.land : colour;
  ctx.fill(shape);
  if (mark.hollow) {
    ctx.lineWidth = 1.75;
    ctx.strokeStyle = colour;
    ctx.stroke(shape);
  }
  if (mark.contested) ring(ctx, outer(mark), 1.5, colour);
}

/** Radius of everything that belongs to a mark. */
export const outer = (mark) => radius(mark) * (REACH[mark.type] ?? 1) + RING_GAP;

function ring(ctx, r, width, colour) {
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, 2 * Math.PI);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

const sprites = new Map();
export const forgetSprites = () => sprites.clear();

/** A mark as a picture, drawn once per look and pixel density. */
export function sprite(mark, density) {
  const key = [mark.type, step(mark.deaths), mark.contested, mark.hollow, density].join();
  if (!sprites.has(key)) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.ceil(2 * (outer(mark) + 3) * density);
    const ctx = canvas.getContext("2d");
    ctx.translate(canvas.width / 2, canvas.height / 2);
    ctx.scale(density, density);
    drawMark(ctx, mark);
    sprites.set(key, canvas);
  }
  return sprites.get(key);
}

/** Radius of a cell with so many incidents; its area grows with the count. */
export const cellRadius = (count, most) => Math.max(9, 26 * Math.sqrt(count / most));

/** Draw a cell {count, type, r} around the origin: a number in a disc, ringed by the commonest type. */
export function drawCell(ctx, cell) {
  const colours = palette();
  ctx.beginPath();
  ctx.arc(0, 0, cell.r, 0, 2 * Math.PI);
  ctx.fillStyle = colours.panel;
  ctx.globalAlpha = 0.92;
  ctx.fill();
  ctx.globalAlpha = 1;
  ring(ctx, cell.r, 2.5, colours[cell.type] ?? colours.none);
  ctx.fillStyle = colours.text;
  ctx.font = `600 ${cell.r < 12 ? 10 : 12}px system-ui, sans-serif`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(shortNumber(cell.count), 0, 0.5);
}

/**
 * Draw a rough place {r, count, type, unit} around the origin: a disc of true radius; hatched for a unit.
 * The larger a disc and the more of them, the fainter: a place that may be anywhere must not hide the known ones.
 */
export function drawArea(ctx, area, { selected, crowd }) {
  const colours = palette();
  const colour = area.type ? colours[area.type] : colours.none;
  ctx.save();
  ctx.beginPath();
  ctx.arc(0, 0, area.r, 0, 2 * Math.PI);
  const faint = Math.min(1, 40 / area.r) * Math.min(1, Math.sqrt(12 / crowd));
  ctx.globalAlpha = selected ? 0.15 : 0.14 * faint;
  ctx.fillStyle = colour;
  ctx.fill();
  if (area.unit && area.r < 200) hatch(ctx, area.r, colour, 0.3 * faint);
  ctx.globalAlpha = selected ? 1 : 0.2 + 0.5 * faint;
  ctx.setLineDash(selected ? [] : [4, 4]);
  ring(ctx, area.r, selected ? 2.5 : 1, colour);
  ctx.restore();
  if (area.count > 1 && area.r > 14) areaCount(ctx, area, colours);
}

function hatch(ctx, r, colour, alpha) {
  ctx.save();
  ctx.clip();
  ctx.beginPath();
  for (let at = -2 * r; at < 2 * r; at += 9) {
    ctx.moveTo(at - r, r);
    ctx.lineTo(at + r, -r);
  }
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.restore();
}

function areaCount(ctx, area, colours) {
  ctx.font = "600 11px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineWidth = 3;
  ctx.strokeStyle = colours.land;
  ctx.fillStyle = colours.text;
  const y = area.r * 0.82;
  ctx.strokeText(`≈ ${shortNumber(area.count)}`, 0, y);
  ctx.fillText(`≈ ${shortNumber(area.count)}`, 0, y);
}
