"""Figures by another rule on the copy: the disputed versions' own, and for all others the closed form.

Whether a figure is contested is part of a version's `kind`: a version that is contested under one rule and not under
another gets the kind that differs in nothing else.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from events.lens.store import Store
from events.query.estimating import Figures, Said

Columns = dict[str, Any]
VERSION = "copy.version"
# The table of the disputed versions, as statements name it.
SAID = "said"
DEATHS = ("fatalities_low", "fatalities_best", "fatalities_high")
# A figure that nobody gave, as numbers are kept in arrays.
NOBODY = -1
KEPT: WeakKeyDictionary[Store, dict[int, tuple[Figures, Columns]]] = WeakKeyDictionary()
MOST_KEPT = 16


def figured(store: Store, figures: Figures) -> str:
    """The versions with their figures under the rule, in place of the copy's."""
    shown = [f"CASE WHEN said_version IS NULL THEN {plain(store, figures, name)}" for name in DEATHS]
    replaced = [
        f"{case} ELSE nullif(said_{name}, {NOBODY}) END AS {name}"
        for case, name in zip(shown, DEATHS, strict=True)
    ]
    extra = ", ".join(("said_version", "said_kind", *(f"said_{name}" for name in DEATHS)))
    return (
        f"(SELECT * EXCLUDE ({extra}) REPLACE ({', '.join(replaced)}, coalesce(said_kind, kind)::USMALLINT AS kind)"
        f" FROM {VERSION} LEFT JOIN {SAID} ON version_id = said_version) AS version"
    )


def plain(store: Store, figures: Figures, name: str) -> str:
    """SQL of a figure where a dataset's are ready made, or nobody said anything."""
    column = figures.ready_made(name)
    if not figures.dataset:
        return column
    kinds = sorted(store.kinds.codes("dataset", lambda dataset: dataset == figures.dataset))
    return f"CASE WHEN kind IN ({', '.join(map(str, kinds)) or 'NULL'}) THEN {column} END"


def disputed_columns(store: Store, figures: Figures) -> Columns:
    """The disputed versions' figures as arrays; worked out once per copy, publication and rule."""
    kept = KEPT.setdefault(store, {})
    if id(figures) not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        # The figures are kept beside what is made of them, so that their id is nobody else's.
        kept[id(figures)] = (figures, arrays(store, figures.disputed))
    return kept[id(figures)][1]


def arrays(store: Store, disputed: dict[int, Said]) -> Columns:
    """The figures as arrays by column."""
    ids = np.fromiter(disputed, dtype=np.int64, count=len(disputed))
    numbers = {
        f"said_{name}": np.array(
            [NOBODY if (value := getattr(one, name)) is None else value for one in disputed.values()],
            dtype=np.int32,
        )
        for name in DEATHS
    }
    return {"said_version": ids, **numbers, "said_kind": kinds(store, ids, disputed)}


def kinds(store: Store, ids: Any, disputed: dict[int, Said]) -> Any:
    """The kind of each version, as contested as it is under the rule."""
    found = dict(
        store.rows(
            f"SELECT version_id, kind FROM {VERSION} WHERE version_id IN (SELECT version_id FROM asked)",
            sets={"asked": {"version_id": ids}},
        )
    )
    turned: dict[tuple[int, bool], int] = {}
    for version, kind in found.items():
        pair = (kind, disputed[version].contested)
        if pair not in turned:
            turned[pair] = store.kinds.with_text(kind, "contested", str(pair[1]).lower())
    return np.array(
        [
            turned[found[version], one.contested] if version in found else 0
            for version, one in disputed.items()
        ],
        dtype=np.int32,
    )
