"""What the doors for partners' reports take and answer.

It stands here and not beside its code in `events.handin`, because a process with public doors alone describes the whole
site and must not import that package: it writes to the desk.
"""

from __future__ import annotations

from typing import Any

from events.codes import HandedInState, KeyScope
from events.contract.operations import Answer, Body, Operation, Parameter
from events.contract.schemas import Schema, address, code, instant, shape, text, thing

SCOPE = KeyScope.REPORTS.value
LARGEST_BODY = 1_000_000
SHORTEST, LONGEST = 20, 200_000
LONGEST_TITLE, LONGEST_URL = 500, 2000
CONTENT_TYPES = ("text/plain", "text/html")
KEY_PATTERN = r'[A-Za-z0-9_.:"=+/-]{8,100}'
ID_PATTERN = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

PROPERTIES: dict[str, Schema] = {
    "content": text("The report itself.", minLength=SHORTEST, maxLength=LONGEST),
    "content_type": text("What `content` is; `text/plain` when left out.", enum=list(CONTENT_TYPES)),
    "title": text("Its title.", maxLength=LONGEST_TITLE),
    "url": text(
        "Where it was published: an http or https address.", maxLength=LONGEST_URL, pattern="^https?://"
    ),
    "published_at": instant("When it was published, with an offset."),
}
HANDED_IN: Schema = {
    **thing("A report.", PROPERTIES, ("content_type", "title", "url", "published_at")),
    "additionalProperties": False,
}
RECEIPT = thing(
    "What became of a report.",
    {
        "id": text(pattern=f"^{ID_PATTERN}$"),
        "state": code(HandedInState),
        "received_at": instant(),
        "sha256": text("Digest of `content` as it was kept.", pattern="^[0-9a-f]{64}$"),
        "url": address("Where to ask again."),
    },
)
REPORT_SHAPES = {"HandedIn": HANDED_IN, "Receipt": RECEIPT}
EXAMPLE = {
    "title": "Convoy attacked on the road to Kidal",
    "content": "A convoy was attacked on the road to Kidal on 13 June 2025. The army speaks of three wounded.",
    "content_type": "text/plain",
    "url": "https://example.org/reports/17",
    "published_at": "2025-06-14T08:00:00Z",
}
IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "Any text of your own, one for each report: sent again, it has no second effect.",
    {"type": "string", "pattern": f"^{KEY_PATTERN}$"},
    "field-note-2025-06-14-17",
    place="header",
    required=True,
)
HAND_IN = Operation(
    tag="Reports",
    summary="Hand in a report",
    meaning=(
        f"For partners with a key of scope `{SCOPE}`. The report is kept as it was sent, read by the machine and "
        "reviewed by an editor; nothing of it is published by itself."
    ),
    method="post",
    scope=SCOPE,
    parameters=(IDEMPOTENCY_KEY,),
    body=Body(f"At most {LARGEST_BODY:,} bytes.", shape("HandedIn"), EXAMPLE),
    answer=Answer(
        "Kept; `Location` tells what becomes of it.", shape("Receipt"), status=202, headers=("Location",)
    ),
    refusals=(403, 413, 415, 422),
)
STATUS = Operation(
    tag="Reports",
    summary="What became of a report",
    meaning="Only the key that handed it in may ask.",
    scope=SCOPE,
    path={"report_id": ("The id from the receipt.", "00000000-0000-4000-8000-000000000000")},
    answer=Answer("Its state.", shape("Receipt")),
    refusals=(403, 404),
    fixed=True,
)
REPORT_ADDRESSES: dict[str, tuple[dict[str, Any], tuple[Operation, ...]]] = {
    "/api/v1/reports": ({}, (HAND_IN,)),
    "/api/v1/reports/{report_id}": ({"report_id": ID_PATTERN}, (STATUS,)),
}
