"""The tables of docs/api.md, written from the OpenAPI document and the settings; a test compares the two.

The page is written by hand; what stands between `<!-- name -->` and `<!-- end -->` is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from conflict.environment import VARIABLES
from events.api.formats import FORMATS
from events.api.openapi.document import document
from events.api.openapi.responses import REFUSALS
from events.codes import HandedInState, KeyScope
from events.query.filters import FILTERS
from events.reference import table

SETTINGS_OF_QUOTAS = (
    "QUOTA_ANONYMOUS",
    "QUOTA_TILES",
    "QUOTA_KEY",
    "RECORD_TIMEOUT_MS",
    "RECORD_TIMEOUT_KEY_MS",
)


def refreshed(page: str) -> str:
    """The page with every table written anew. Raises KeyError for a mark that nothing is known of."""

    def written(match: re.Match[str]) -> str:
        return f"<!-- {match[1]} -->\n{PARTS[match[1]]()}<!-- end -->"

    return re.sub(r"<!-- (\w+) -->\n.*?<!-- end -->", written, page, flags=re.S)


def addresses() -> str:
    """Every address, by subject."""
    found = document()
    shown = [(tag["name"], tag["description"]) for tag in found["tags"]]
    return "\n".join(f"### {name}\n\n{meaning}\n\n" + operations(found, name) for name, meaning in shown)


def operations(found: Mapping[str, Any], tag: str) -> str:
    """The addresses of one subject."""
    rows = [
        [f"`{method.upper()} {path}`", said["summary"] + "." + scope(said), takes(found, said)]
        for path, item in found["paths"].items()
        for method, said in item.items()
        if tag in said["tags"]
    ]
    return table(["address", "what", "takes"], rows)


def scope(said: Mapping[str, Any]) -> str:
    """Whether a key is needed."""
    return "" if {} in said["security"] else " Needs a key."


def takes(found: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """The parameters in words: all filters as one."""
    shared = found["components"]["parameters"]
    items = [
        shared[item["$ref"].rpartition("/")[2]] if "$ref" in item else item for item in said["parameters"]
    ]
    names = [item["name"] for item in items if item["in"] != "path"]
    filters = [name for name in names if name in FILTERS]
    left_out = [name for name in FILTERS if name not in filters]
    own = ", ".join(f"`{name}`" for name in names if name not in FILTERS or len(filters) < len(FILTERS) / 2)
    if len(filters) < len(FILTERS) / 2:
        return own
    but = f" but {', '.join(f'`{name}`' for name in left_out)}" if left_out else ""
    return f"every filter{but}; {own}" if own else f"every filter{but}"


def formats() -> str:
    """Every export format."""
    rows = [["`.json`", "`application/json`", "A page with the link to the next one.", ""]]
    for suffix, form in sorted(FORMATS.items()):
        first = " ".join((form.__doc__ or "").split("\n\n")[0].split())
        options = ", ".join(f"`{name}`" for name in form.OPTIONS)
        rows.append([f"`.{suffix}`", f"`{form.MEDIA_TYPE.partition(';')[0]}`", first, options])
    return table(["suffix", "type", "what", "takes"], rows)


def refusals() -> str:
    """Every status of a refusal."""
    rows = [[str(status), meaning] for status, (_, meaning, _) in sorted(REFUSALS.items())]
    others = [
        ["308", "Merged: `Location` is the target."],
        ["410", "Retracted: id, publication, its time and reason code."],
    ]
    return table(["status", "meaning"], sorted(rows + others))


def quotas() -> str:
    """The sizes of quotas and timeouts."""
    rows = [
        [f"`{item.name}`", f"`{item.default}`", item.meaning]
        for item in VARIABLES
        if item.name in SETTINGS_OF_QUOTAS
    ]
    return table(["setting", "default", "meaning"], rows)


def scopes() -> str:
    """What a key may be good for."""
    return table(["scope", "what"], [[f"`{scope.value}`", f"{scope.en}."] for scope in KeyScope])


def states() -> str:
    """What a partner is told of a report."""
    return table(["state", "meaning"], [[f"`{state.value}`", f"{state.en}."] for state in HandedInState])


PARTS: Mapping[str, Callable[[], str]] = {
    "addresses": addresses,
    "formats": formats,
    "refusals": refusals,
    "quotas": quotas,
    "scopes": scopes,
    "states": states,
}
