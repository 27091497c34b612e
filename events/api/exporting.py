"""What whole exports share, whatever they are of: formats, file names, and the manifest by which a download is checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from conflict.kit.addresses import address_with
from conflict.kit.choices import read_flag
from conflict.kit.problems import Problem, Refused
from events.answers.envelope import LICENCE, about_export, json_answer
from events.answers.exports import Table
from events.api.asking import own
from events.api.formats import FORMATS, Format
from events.contract.operations import Answer, Parameter
from events.contract.parameters import flag
from events.contract.schemas import shape, text
from events.query.incidents import BoundQuery

MANIFEST = "manifest"
# What the yes-or-no parameters of formats do, and the shape of formats that are JSON as a whole.
OPTIONS = {
    "bom": "Begin with a byte order mark, for Excel.",
    "hxl": "Put HXL hashtags under the header.",
    MANIFEST: "Instead of the file: how many rows and bytes it has, its SHA-256, its licence and how to cite it.",
}
WHOLE_SHAPES = {"geojson": "FeatureCollection"}


def options_of(form: Format, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The yes-or-no parameters of a format, and the one that all have."""
    return (*(name for name in form.OPTIONS if name not in without), MANIFEST)


def option_parameters(names: tuple[str, ...]) -> tuple[Parameter, ...]:
    """They as parameters."""
    return tuple(flag(name, OPTIONS[name]) for name in names)


def answer_of(form: Format, *headers: str) -> Answer:
    """What a format sends. With `manifest=true` it is JSON; the description says so."""
    media = form.MEDIA_TYPE.partition(";")[0]
    whole = form.SUFFIX in WHOLE_SHAPES
    return Answer(
        "The whole export, streamed. With `manifest=true`: the manifest, as JSON.",
        shape(WHOLE_SHAPES[form.SUFFIX]) if whole else text(),
        media,
        headers=("Link", "Content-Disposition", *headers),
        instead={"application/json": shape("Manifest")},
    )


def sent(
    request: HttpRequest, query: BoundQuery, table: Table, form: Format, named: str, options: tuple[str, ...]
) -> HttpResponseBase:
    """The export, named after its publication, or its manifest. Raises Refused for more rows than the format holds."""
    given = own(request, dict.fromkeys(options, (read_flag, False)))
    refuse_too_many(table, form)
    about = about_export(request, query)
    name = f"{named}-{query.known.number}.{form.SUFFIX}"
    pieces = form.write(table, about, given)
    if given[MANIFEST]:
        return json_answer(manifest(pieces, table, about, name, form.MEDIA_TYPE))
    response = StreamingHttpResponse(pieces, content_type=form.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    described = address_with(request, manifest="true")
    response["Link"] = f'<{LICENCE["url"]}>; rel="license", <{described}>; rel="describedby"'
    return response


def refuse_too_many(table: Table, form: Format) -> None:
    """Say which formats hold what this one can't."""
    if form.MOST_ROWS is None or (many := table.many()) <= form.MOST_ROWS:
        return
    larger = sorted(name for name, other in FORMATS.items() if other.MOST_ROWS is None and fits(table, other))
    valid = (
        f"a query that finds at most {form.MOST_ROWS:,} rows for .{form.SUFFIX}, this one finds {many:,}:"
        f" narrow it, or take one of {', '.join(f'.{name}' for name in larger)}"
    )
    raise Refused(Problem("format", form.SUFFIX, valid))


def fits(table: Table, form: Format) -> bool:
    """Whether a table can be written in a format."""
    return table.located or not form.LOCATED


def manifest(
    pieces: Iterator[bytes], table: Table, about: Mapping[str, Any], name: str, media_type: str
) -> dict[str, Any]:
    """The file's length and digest, counted over the very bytes that would be sent; nothing of it is kept."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    counted = {"rows": table.rows, "bytes": size, "sha256": digest.hexdigest()}
    return {"file": name, "media_type": media_type, **counted, **about}
