// Vector tiles of incidents: fetched, decoded, and kept while they may be needed again.
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

const KEPT = 300;
const PATIENCE_MS = 20000;
const PRECISE = "exact";

/** A store of decoded tiles under one set of filters. */
export class TileStore {
  constructor(template) {
    this.template = template;
    this.tiles = new Map();
    this.under("");
  }

  /** Change the filters: what was kept is forgotten, what is under way is broken off. */
  under(query) {
    this.stop?.abort();
    this.stop = new AbortController();
    this.query = query;
    this.tiles.clear();
  }

  /** The tile {z, x, y} decoded, as a promise of {points, cells}; asked once. */
  get(tile) {
    const key = `${tile.z}/${tile.x}/${tile.y}`;
    if (!this.tiles.has(key)) {
      const asked = this.fetch(key, tile);
      this.tiles.set(key, asked);
      asked.catch(() => this.tiles.get(key) === asked && this.tiles.delete(key));
      if (this.tiles.size > KEPT) this.tiles.delete(this.tiles.keys().next().value);
    }
    return this.tiles.get(key);
  }

  async fetch(key, tile) {
    const [z, x, y] = key.split("/");
    const path = this.template.replace("{z}", z).replace("{x}", x).replace("{y}", y);
    const signal = AbortSignal.any?.([this.stop.signal, AbortSignal.timeout(PATIENCE_MS)]) ?? this.stop.signal;
    const answer = await fetch(`${path}${this.query && `?${this.query}`}`, { signal });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return decode(await answer.arrayBuffer(), tile);
  }
}

/**
 * Bytes of a vector tile -> {points, cells}, places on the unit square of Web Mercator.
 * What lies in the margin of a tile is left out: its neighbour has it, and one canvas draws them all.
 */
export function decode(bytes, tile) {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return { points: each(layers.incidents, tile, point), cells: each(layers.cells, tile, cell) };
}

function each(layer, tile, shape) {
  const found = [];
  for (let i = 0; i < (layer?.length ?? 0); i++) {
    const feature = layer.feature(i);
    const [{ x, y }] = feature.loadGeometry()[0];
    if (x < 0 || y < 0 || x >= layer.extent || y >= layer.extent) continue;
    const across = 1 / 2 ** tile.z;
    const at = { x: (tile.x + x / layer.extent) * across, y: (tile.y + y / layer.extent) * across };
    found.push({ ...at, ...shape(feature.properties) });
  }
  return found;
}

function point(p) {
  return {
    id: p.id,
    type: p.t,
    deaths: p.n ?? 0,
    contested: Boolean(p.c),
    hollow: p.v === "unverified",
    precision: p.p,
    km: p.p === PRECISE ? 0 : (p.r ?? 0),
  };
}

const cell = (p) => ({ count: p.n, deaths: p.d ?? 0, type: p.t });
