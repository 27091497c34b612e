"""How a file of versions becomes rows of the copy: combinations and casts become numbers, then all is stored."""

from __future__ import annotations

from pathlib import Path

from events.lens.columns import ARRIVING, PLAIN, SHARE
from events.lens.combinations import Combinations
from events.lens.store import Store
from events.record.columns import CURRENT

# What is read from the record, in the order in which a file has it.
FROM_RECORD = ", ".join(sql for sql, _ in ARRIVING.values())
READ_CSV = "read_csv(?, header = false, auto_detect = false, nullstr = '', allow_quoted_nulls = false, columns = {columns})"
VERSIONS = READ_CSV.format(
    columns="{" + ", ".join(f"'{name}': '{kind}'" for name, (_, kind) in ARRIVING.items()) + "}"
)
CLOSED = READ_CSV.format(columns="{'version_id': 'BIGINT', 'known_to': 'INTEGER'}")

NEW_COMBINATIONS = (
    "SELECT DISTINCT {name}_text FROM arrived ANTI JOIN copy.{name} USING ({name}_text) ORDER BY 1"
)
NEW_CASTS = (
    """
    CREATE OR REPLACE TEMP TABLE fresh AS
    SELECT roles_text, (SELECT count(*) FROM copy.casting) + row_number() OVER () AS casting
    FROM (SELECT DISTINCT roles_text FROM arrived ANTI JOIN copy.casting USING (roles_text))
    """,
    "INSERT INTO copy.casting FROM fresh",
    """
    INSERT INTO copy.casting_role
    SELECT casting, unnest(string_split(trim(roles_text, '{}'), ',')::INTEGER[]) FROM fresh WHERE roles_text <> '{}'
    """,
)
KEEP = f"""
INSERT INTO copy.version
SELECT {", ".join("arrived." + name for name in PLAIN)},
       year(date_start) * 12 + month(date_start) - 1, unit, kind, series, event_type, casting, {SHARE}
FROM arrived JOIN copy.unit USING (unit_text) JOIN copy.kind USING (kind_text)
     JOIN copy.series USING (series_text) JOIN copy.casting USING (roles_text)
""".replace("arrived.known_to", f"coalesce(arrived.known_to, {CURRENT})")


def take_in(store: Store, path: Path) -> int:
    """Add the versions of one file to the copy and remove the file; return how many they are."""
    store.write(f"CREATE OR REPLACE TEMP TABLE arrived AS FROM {VERSIONS}", [str(path)])
    path.unlink()
    learn(store, store.units)
    learn(store, store.series)
    learn_kinds(store)
    for statement in NEW_CASTS:
        store.write(statement)
    kept = store.write(KEEP)[0][0]
    store.write("DROP TABLE arrived")
    return kept


def learn(store: Store, combinations: Combinations) -> None:
    """Give codes to new combinations."""
    name = combinations.name
    texts = [text for (text,) in store.write(NEW_COMBINATIONS.format(name=name))]
    if texts:
        store.write(
            f"INSERT INTO copy.{name} SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[])",
            [texts, combinations.add(texts)],
        )


def learn_kinds(store: Store) -> None:
    """Give codes to new combinations of types and the like; the event type has a column of its own as well."""
    texts = [text for (text,) in store.write(NEW_COMBINATIONS.format(name="kind"))]
    if texts:
        codes = store.kinds.add(texts)
        types = [store.type_code(str(store.kinds.text(code, "event_type"))) for code in codes]
        store.write(
            "INSERT INTO copy.kind SELECT unnest(?::VARCHAR[]), unnest(?::INTEGER[]), unnest(?::INTEGER[])",
            [texts, codes, types],
        )


def close(store: Store, path: Path) -> int:
    """Note in the copy up to which publication the versions of a file were known; return how many they are."""
    closed = store.write(
        f"UPDATE copy.version SET known_to = closed.known_to FROM {CLOSED} AS closed"
        " WHERE version.version_id = closed.version_id",
        [str(path)],
    )
    path.unlink()
    return closed[0][0]
