"""The cast of the claims: the army (`fama`), the separatists (`fla`), `africa-corps`, civilians; from outside
`hrw` (graded A), `minusma` (graded B), `radio` (graded D) and the dataset `ucdp` (graded B).

Add somebody here only when a sentence cannot be said with this cast.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from events.claims.model import Claim

Say = Callable[..., Claim]

GRADES = {"hrw": "A", "minusma": "B", "radio": "D", "ucdp": "B"}


@pytest.fixture
def say() -> Say:
    """`say("fama", {"fla"}, 10, None)`: the army says that at least ten of the FLA were killed; accepted."""
    numbers = count(1)

    def made(claimant: str, about: set[str], low: int | None, high: int | None, **more: object) -> Claim:
        kind = "dataset" if claimant == "ucdp" else "independent" if claimant in GRADES else "party"
        known: dict[str, object] = {
            "id": next(numbers),
            "claimant_kind": kind,
            "stance": "allegation",
            "measure": "killed",
            "quantifier": "between",
            "grade": GRADES.get(claimant),
            "status": "accepted",
        }
        return Claim(claimant=claimant, about=frozenset(about), low=low, high=high, **(known | more))

    return made
