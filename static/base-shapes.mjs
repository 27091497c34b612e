// Land, borders and country names of the region, from Natural Earth (npm package world-atlas, 1:10m).
//
// Everything is projected at build time to Web Mercator on a plane of 65,536 units (zoom 8, 256 px tiles),
// x eastward from 180° W, y southward from 85.05° N, so that the browser only scales it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, merge, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const WORLD = createRequire(import.meta.url).resolve("world-atlas/countries-10m.json");
export const CLIP = { west: -30, south: -14, east: 52, north: 44 };
// Triangles below this area (square degrees) are dropped from outlines: about 2 km across.
const COARSEST = 0.001;
const PLANE = 65536;
const LEAST_LABELLED_AREA = 0.25;

// ISO 3166-1 numeric (world-atlas) -> alpha-2, for the countries that get a name on the map.
const CODES = {
  "012": "DZ", 178: "CG", 180: "CD", 262: "DJ", 204: "BJ", 854: "BF", 120: "CM", 140: "CF", 148: "TD",
  384: "CI", 226: "GQ", 232: "ER", 231: "ET", 266: "GA", 270: "GM", 288: "GH", 324: "GN", 624: "GW",
  404: "KE", 430: "LR", 434: "LY", 466: "ML", 478: "MR", 504: "MA", 562: "NE", 566: "NG", 686: "SN",
  694: "SL", 706: "SO", 728: "SS", 729: "SD", 768: "TG", 788: "TN", 800: "UG", 732: "EH", 818: "EG",
  682: "SA", 724: "ES", 620: "PT", 380: "IT", 300: "GR", 792: "TR", 887: "YE", 834: "TZ", "024": "AO",
  132: "CV",
};

export const mercator = (lon, lat) => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [
    ((lon + 180) / 360) * PLANE,
    (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * PLANE,
  ];
};

/** {land, borders: SVG path data; countries: [{x, y, size, en, fr}]} of the clip box. */
export function baseShapes() {
  const world = JSON.parse(readFileSync(WORLD, "utf8"));
  const near = { ...world.objects.countries, geometries: nearby(world) };
  const coarse = simplify(presimplify(world), COARSEST);
  return {
    land: merge(coarse, near.geometries).coordinates.flat().map(ringPath).join(""),
    borders: mesh(coarse, near, (a, b) => a !== b).coordinates.map(linePath).join(""),
    countries: feature(coarse, near).features.map(label).filter(Boolean),
  };
}

function nearby(world) {
  return world.objects.countries.geometries.filter((shape) => {
    const box = extent(feature(world, shape).geometry);
    return box[0] < CLIP.east && box[2] > CLIP.west && box[1] < CLIP.north && box[3] > CLIP.south
      && box[2] - box[0] < 120;
  });
}

function extent(geometry) {
  const points = geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2);
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

// Sutherland and Hodgman: cut a ring by each side of the box in turn.
function clipped(ring) {
  const sides = [[0, 1, CLIP.west], [0, -1, -CLIP.east], [1, 1, CLIP.south], [1, -1, -CLIP.north]];
  return sides.reduce((points, [axis, sign, limit]) => {
    const inside = (p) => p[axis] * sign >= limit;
    return points.flatMap((point, index) => {
      const before = points.at(index - 1);
      const cut = inside(point) === inside(before) ? [] : [crossing(before, point, axis, limit * sign)];
      return inside(point) ? [...cut, point] : cut;
    });
  }, ring.slice(0, -1));
}

function crossing(a, b, axis, at) {
  const share = (at - a[axis]) / (b[axis] - a[axis]);
  const other = a[1 - axis] + share * (b[1 - axis] - a[1 - axis]);
  return axis === 0 ? [at, other] : [other, at];
}

function ringPath(ring) {
  const points = steps(clipped(ring));
  return points.length < 4 ? "" : `${relative(points)}z`;
}

function linePath(line) {
  const inside = ([lon, lat]) =>
    lon > CLIP.west && lon < CLIP.east && lat > CLIP.south && lat < CLIP.north;
  const runs = [[]];
  for (const point of line) {
    if (inside(point)) runs.at(-1).push(point);
    else if (runs.at(-1).length) runs.push([]);
  }
  return runs.map(steps).filter((run) => run.length > 1).map(relative).join("");
}

function steps(points) {
  const whole = points.map(([lon, lat]) => mercator(lon, lat).map(Math.round));
  return whole.filter(([x, y], i) => !i || x !== whole[i - 1][0] || y !== whole[i - 1][1]);
}

function relative(points) {
  let [px, py] = points[0];
  const moves = points.slice(1).map(([x, y]) => {
    const step = `${x - px}${y - py < 0 ? "" : " "}${y - py}`;
    [px, py] = [x, y];
    return step;
  });
  return `M${points[0].join(" ")}l${moves.join(" ").replaceAll(" -", "-")}`;
}

function label(country) {
  const code = CODES[country.id];
  const { coordinates, type } = country.geometry;
  const outlines = (type === "Polygon" ? [coordinates] : coordinates).map((rings) => clipped(rings[0]));
  const largest = outlines.reduce((a, b) => (area(b) > area(a) ? b : a), []);
  if (!code || area(largest) < LEAST_LABELLED_AREA) return null;
  const name = (lang) => new Intl.DisplayNames([lang], { type: "region" }).of(code);
  const [x, y] = mercator(...centre(largest)).map(Math.round);
  return { x, y, size: Math.round(Math.sqrt(area(largest))), en: name("en"), fr: name("fr") };
}

function cross(ring, each) {
  ring.forEach((b, i) => {
    const a = ring.at(i - 1);
    each(a[0] * b[1] - b[0] * a[1], a, b);
  });
}

function area(ring) {
  let sum = 0;
  cross(ring, (product) => (sum += product));
  return Math.abs(sum) / 2;
}

function centre(ring) {
  let [x, y, sum] = [0, 0, 0];
  cross(ring, (product, a, b) => {
    x += (a[0] + b[0]) * product;
    y += (a[1] + b[1]) * product;
    sum += product;
  });
  return [x / (3 * sum), y / (3 * sum)];
}
