// The address is the state: filters in the query part, what is looked at (map, open incident) in the fragment.

/** Filters of this page's address as URLSearchParams. */
export const filters = () => new URLSearchParams(location.search);

/** Fragment as URLSearchParams: map=zoom/lat/lon, incident=ID. */
export const view = () => new URLSearchParams(location.hash.slice(1));

/** The given filters without some names, as text. */
export function without(params, ...names) {
  const kept = new URLSearchParams([...params].filter(([name]) => !names.includes(name)));
  return kept.toString();
}

/** An address of this page with filters changed: {name: value | [values] | null}. */
export function changed(changes) {
  const params = filters();
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const one of [value].flat()) if (one !== null && one !== "") params.append(name, one);
  }
  return addressOf(params, view());
}

/** An address of this page with the fragment changed: {name: value | null}. */
export function looked(changes) {
  const parts = view();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parts.delete(name);
    else parts.set(name, value);
  }
  return addressOf(filters(), parts);
}

/** Filters of a form, empty fields left out. */
export function ofForm(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
}

export function addressOf(params, parts) {
  // Slashes and commas are legal in both parts and keep an address readable.
  const plain = (pairs) => pairs.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
  const [query, fragment] = [plain(params), plain(parts)];
  return `${location.pathname}${query && `?${query}`}${fragment && `#${fragment}`}`;
}
