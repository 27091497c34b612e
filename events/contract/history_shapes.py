"""The shapes of the record's history: versions with differences, changes, publications, releases."""

from __future__ import annotations

from events.codes import PublicationKind
from events.contract.schemas import (
    STATED,
    Schema,
    address,
    by_name,
    code,
    flag,
    instant,
    list_of,
    nullable,
    shape,
    text,
    thing,
    whole,
)

DIGEST = text("SHA-256.", pattern="^[0-9a-f]{64}$")
PUBLISHED = {
    "number": whole(),
    "at": instant(),
    "kind": code(PublicationKind),
    "role": text("The role in whose name it was published."),
    "reason": text(),
    "versions": whole("Versions it brought."),
    "digest": text("SHA-256, chained to the publication before.", pattern="^[0-9a-f]{64}$"),
}
VALUE: Schema = {"description": "The value, of whatever type the field has."}
# A claim between versions: its number may change without the claim, so it has none here.
CLAIM = by_name(
    {}, "A claim as in `claim_list`, without `id`; `supersedes` says whether it replaces another."
)

HISTORY_SHAPES: dict[str, Schema] = {
    "Difference": thing(
        "A field that differs: `old` and `new`; for `claim_list`: `added`, `removed`, `changed`.",
        {
            "field": text(),
            "old": VALUE,
            "new": VALUE,
            "added": list_of(CLAIM),
            "removed": list_of(CLAIM),
            "changed": list_of(
                thing("A claim whose words, figure or standing changed.", {"old": CLAIM, "new": CLAIM})
            ),
        },
        ("old", "new", "added", "removed", "changed"),
    ),
    "VersionInFull": thing(
        "One version of an incident, with what it changed.",
        {
            "version": whole(),
            "state": text("What it became.", enum=["published", "retracted", "merged"]),
            "publication": whole("The publication that brought it."),
            "at": instant(),
            "kind": code(PublicationKind),
            "reason": text(),
            "target": nullable(text("The incident it was merged into.")),
            "digest": DIGEST,
            "redacted_by": nullable(whole("The publication that took words out of it.")),
            "reason_code": nullable(text("Why it was retracted.")),
            "changed": nullable(list_of(shape("Difference"), "Null for a first version and for tombstones.")),
        },
    ),
    "Redaction": thing(
        "What was taken out of one version.",
        {
            "version": whole(),
            "publication": whole("The publication that says so."),
            "fields": list_of(text()),
            "reason_code": text(),
        },
    ),
    "Versions": thing(
        "The versions of one incident.",
        {
            "data": list_of(shape("VersionInFull")),
            "redactions": list_of(shape("Redaction")),
            "estimate": shape("EstimateRule"),
            **STATED,
        },
    ),
    "Change": thing(
        "One change of an incident (`id`) or an actor (`slug`).",
        {
            "change": text(enum=["created", "corrected", "retracted", "merged", "redacted"]),
            "subject": text(enum=["incident", "actor"]),
            "version": whole(),
            "publication": whole(),
            "at": instant(),
            "reason": text(),
            "id": text("Of an incident."),
            "slug": text("Of an actor."),
            "matches": flag("Whether the incident meets the filters now."),
            "target": text("With `merged`: what it was merged into."),
            "reason_code": nullable(text("With `retracted` and `redacted`.")),
            "fields": list_of(text(), "With `redacted`: the record's columns that lost words."),
            "incident": shape("Incident"),
            "actor": by_name({}, "The actor's facts."),
            "changed": list_of(shape("Difference"), "With `corrected`."),
        },
        ("id", "slug", "matches", "target", "reason_code", "fields", "incident", "actor", "changed"),
    ),
    "Changes": thing(
        "What was published after a publication, in order.",
        {
            "data": list_of(shape("Change")),
            "next": nullable(address()),
            "estimate": shape("EstimateRule"),
            **STATED,
            "query": text("The filters in words."),
        },
    ),
    "Publication": thing("One act of publishing.", PUBLISHED),
    "PublicationDetail": thing(
        "One act of publishing, with the values of its chain.",
        {
            **PUBLISHED,
            "content": DIGEST,
            "previous": DIGEST,
            "sealed": text("The text that the digest is over, behind `previous` and `content`."),
        },
    ),
    "SealedVersion": thing(
        "One version as it is hashed.",
        {
            "id": text(),
            "version": whole(),
            "publication": whole("The publication that brought it."),
            "state": text("What it became.", enum=["published", "retracted", "merged"]),
            "sealed": text("The text that the digest is over."),
            "digest": DIGEST,
            "redacted_by": nullable(whole("The publication that redacted it.")),
            "redacted_digest": nullable(text("SHA-256 of what the redaction left.")),
        },
    ),
    "Publications": thing(
        "Publications, newest first.",
        {"data": list_of(shape("Publication")), "next": nullable(address()), "publication": whole()},
    ),
    "Release": thing(
        "A named publication.",
        {
            "name": text(),
            "title": text(),
            "publication": whole(),
            "at": instant("When it was named."),
            "digest": DIGEST,
            "published_at": instant("When its publication was made."),
            "url": address(),
            "license": shape("License"),
            "citations": thing(
                "How to cite it.",
                {"apa": text(), "bibtex": text(), "cff": text("CITATION.cff, version 1.2.0.")},
            ),
        },
    ),
    "Releases": thing(
        "Every release.",
        {"data": list_of(shape("Release")), "publication": whole(), "license": shape("License")},
    ),
}
