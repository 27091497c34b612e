// Build the front end into static/build/site/sahel: scripts, styles, base map, marks. `--watch` builds on change.
//
// What comes out is served under /static/sahel/ by Django; nothing of it is committed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, context } from "esbuild";
import { baseShapes, mercator } from "./base-shapes.mjs";
import { SHAPES } from "./src/shapes.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "build", "site", "sahel");
const NAMED_ON_SMALL_MAP = 8000;
const TOWNS = join(HERE, "..", "events", "gazetteer", "towns.csv");

const options = {
  entryPoints: ["theme.js", "dashboard.js", "api-docs.js", "api-docs.css", "site.css", "dashboard.css", "admin.js", "admin-point.js", "admin-review.js", "admin.css", "admin-review.css"].map((name) => join(HERE, "src", name)),
  outdir: OUT,
  bundle: true,
  minify: true,
  sourcemap: true,
  format: "iife",
  target: ["chrome105", "firefox110", "safari16"],
  logLevel: "warning",
};

function write(name, text) {
  writeFileSync(join(OUT, name), text);
}

/** The base map twice: as JSON for the canvas, as SVG symbols for the small map of a page. */
function writeBase() {
  const base = baseShapes();
  write("base.json", JSON.stringify(base));
  const path = (id, d) => `<symbol id="${id}" overflow="visible"><path d="${d}"/></symbol>`;
  const names = ["en", "fr"].map((lang) => nameSymbol(lang, base.countries)).join("");
  write("base.svg", svg(path("land", base.land) + path("borders", base.borders) + names));
}

/** Of towns in order of size, those whose names run neither into a country's nor into a larger town's. */
function apart(ordered, countries) {
  const kept = [...countries];
  for (const town of ordered)
    if (!kept.some((other) => Math.abs(other.x - town.x) < 150 && Math.abs(other.y - town.y) < 60)) kept.push(town);
  return kept.slice(countries.length);
}

/** Names of countries and larger towns in one language, for the small map. */
function nameSymbol(lang, countries) {
  const text = ({ x, y, ...names }, size) => {
    const safe = (names[lang] ?? names.en).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return `<text x="${x}" y="${y}" font-size="${size}">${safe}</text>`;
  };
  const large = apart(towns().filter((town) => town.people >= NAMED_ON_SMALL_MAP), countries);
  const dots = large.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="4"/>`).join("");
  const under = large.map((town) => text({ ...town, y: town.y + 34 }, 30)).join("");
  const capitals = countries.map((country) => text(country, 38)).join("");
  return `<symbol id="names-${lang}" overflow="visible"><g text-anchor="middle">${dots}${under}${capitals}</g></symbol>`;
}

function writeMarks() {
  const symbols = Object.entries(SHAPES).map(
    ([type, d]) => `<symbol id="${type}" viewBox="-1.7 -1.7 3.4 3.4"><path d="${d}" vector-effect="non-scaling-stroke"/></symbol>`,
  );
  write("marks.svg", svg(symbols.join("")));
}

const svg = (inside) => `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`;

/** Towns of the product's own gazetteer, most people first; an empty list where there is no gazetteer. */
function towns() {
  const rows = existsSync(TOWNS) ? csv(readFileSync(TOWNS, "utf8")) : [];
  const found = rows.map((row) => {
    const [x, y] = mercator(Number(row.longitude), Number(row.latitude)).map((n) => Math.round(n * 10) / 10);
    const french = row.name_fr && row.name_fr !== row.name ? { fr: row.name_fr } : {};
    return { x, y, people: Number(row.population) || 0, en: row.name, ...french };
  });
  return found.sort((a, b) => b.people - a.people);
}

/** RFC 4180, with quoted cells, as a list of {column: text}. */
function csv(text) {
  const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)];
  const rows = [[]];
  for (const [, quoted, plain, end] of cells) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") rows.push([]);
  }
  const [head, ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
}

function copyIcon() {
  write("icon.svg", readFileSync(join(HERE, "src", "icon.svg"), "utf8"));
}

function report() {
  for (const name of ["theme.js", "dashboard.js", "site.css", "dashboard.css", "base.json", "towns.json"]) {
    const bytes = readFileSync(join(OUT, name));
    const sizes = [bytes.length, gzipSync(bytes).length, brotliCompressSync(bytes).length];
    console.log(`${name.padEnd(16)} ${sizes.map((n) => String(n).padStart(7)).join("")}  bytes, gzip, brotli`);
  }
}

mkdirSync(OUT, { recursive: true });
if (process.argv.includes("--watch")) await (await context(options)).watch();
else await build(options);
writeBase();
writeMarks();
write("towns.json", JSON.stringify(towns()));
copyIcon();
if (!process.argv.includes("--watch")) report();
