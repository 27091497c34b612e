"""The reference of everything that has a name: written from the code, so that it can't lag behind.

`manage.py reference` writes docs/reference.md; a test compares the two.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Sequence

from conflict.environment import VARIABLES
from events.api.formats import FORMATS
from events.codes import SUBTYPES
from events.ingest.feeds import feed_kinds
from events.management import commands
from events.query.filters import FILTERS
from events.query.incidents import LARGEST_LIMIT, LIMIT, ORDERS
from events.rows import FIELDS

HEAD = """# Reference

Written from the code by `./run manage reference`; a test holds it to the code.
"""


def reference() -> str:
    """The whole page as Markdown."""
    return "\n".join(
        [HEAD, filters(), settings_of_a_query(), codes(), fields(), formats(), feeds(), variables(), names()]
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def filters() -> str:
    """Every filter."""
    rows = (
        [
            f"`{item.name}`",
            item.meaning + (f" One of: {', '.join(item.codes.values())}." if item.codes else ""),
            "yes" if item.repeatable else "",
            f"`{item.example}`" if item.example else "",
        ]
        for item in FILTERS.values()
    )
    return "## Filters\n\nThe same on every public door.\n\n" + table(
        ["filter", "meaning", "repeatable", "example"], rows
    )


def settings_of_a_query() -> str:
    """What a query may say beside its filters."""
    rows = [
        ["`as_of`", "A publication number, a release's name, a day or an instant: the answer as known then."],
        ["`order`", ", ".join(f"`{order}`" for order in ORDERS)],
        ["`limit`", f"Incidents per page, up to {LARGEST_LIMIT}; {LIMIT} when left out."],
        ["`cursor`", "From `next` of the page before."],
        ["`fields`", "Public fields to show, separated by commas."],
        ["`lang`", "`en` or `fr`."],
    ]
    return "## Other parameters\n\n" + table(["parameter", "meaning"], rows)


def codes() -> str:
    """Event types and their sub-types."""
    rows = (
        [f"`{kind.value}`", kind.en, ", ".join(f"`{subtype.value}`" for subtype in subtypes)]
        for kind, subtypes in SUBTYPES.items()
    )
    return "## Event types\n\n" + table(["type", "label", "sub-types"], rows)


def fields() -> str:
    """Every public field."""
    rows = ([f"`{field.name}`", field.kind, field.meaning, f"`{field.hxl}`"] for field in FIELDS.values())
    return "## Fields of an incident\n\n" + table(["field", "type", "meaning", "HXL"], rows)


def formats() -> str:
    """Every export format."""
    rows = [["`.json`", "A page with the link to the next one."]]
    rows += [[f"`.{suffix}`", "Everything under the query, streamed."] for suffix in sorted(FORMATS)]
    return "## Formats\n\n`/api/v1/incidents` with a suffix.\n\n" + table(["suffix", "what"], rows)


def feeds() -> str:
    """Every feed kind."""
    rows = ([f"`{code}`", kind.LABEL["en"]] for code, kind in feed_kinds().items())
    return "## Feed kinds\n\n" + table(["kind", "what"], rows)


def variables() -> str:
    """Every setting."""
    rows = (
        [f"`{item.name}`", item.kind, f"`{item.default}`" if item.default else "", item.meaning]
        for item in VARIABLES
    )
    return "## Settings\n\nFrom the environment.\n\n" + table(
        ["variable", "type", "default", "meaning"], rows
    )


def names() -> str:
    """Every command of ours, with the first line of its module."""
    found = []
    for module in pkgutil.iter_modules(commands.__path__):
        command = __import__(f"{commands.__name__}.{module.name}", fromlist=["Command"])
        found.append([f"`./run manage {module.name}`", command.Command.help])
    return "## Commands\n\n" + table(["command", "what"], found)
