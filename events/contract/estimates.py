"""The parameter `estimate`, and how an answer names the rule of its figures."""

from __future__ import annotations

from events.claims.rules import REPORTED
from events.contract.operations import Parameter
from events.contract.schemas import Schema, text, thing
from events.query.estimating import FORM

ESTIMATE = Parameter(
    "estimate",
    "The rule of the figures: `reported`, `conservative`, or `claimant:` and an actor's slug (or `source:<slug>`).",
    {"type": "string", "pattern": f"^({FORM.pattern})$", "default": REPORTED},
    "conservative",
)
ESTIMATE_SHAPES: dict[str, Schema] = {
    "EstimateRule": thing(
        "The rule that the figures follow, and its version.", {"rule": text(), "version": text()}
    )
}
