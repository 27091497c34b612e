"""A claim as the rules see it: one statement, by one claimant, about one set of victims jointly."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.claims.codes import (
    GRADES,
    MATERIEL,
    ClaimantKind,
    ClaimStatus,
    ClaimVerification,
    ItemClass,
    Measure,
    Quantifier,
    Scope,
    Stance,
)

Victims = frozenset[str]
ClaimId = int | str

# The victims of a claim about the whole incident are not named; such a claim meets every other one.
WHOLE: Victims = frozenset()

_VALID = {
    "claimant_kind": frozenset(ClaimantKind.values()),
    "stance": frozenset(Stance.values()),
    "measure": frozenset(Measure.values()),
    "quantifier": frozenset(Quantifier.values()),
    "verification": frozenset(ClaimVerification.values()),
    "status": frozenset(ClaimStatus.values()),
    "scope": frozenset(Scope.values()),
    "grade": frozenset({*GRADES, "", None}),
    "item_class": frozenset({*ItemClass.values(), ""}),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement. Codes are those of `events.claims.codes`; numbers are people (or items) counted.

    `claimant`: key of who says it (an actor's slug, `person:12`, `source:hrw`: the caller's choice, one key for
    one voice). `about`: keys of the victims, jointly; empty = whole incident, victims not specified. For materiel,
    whose materiel it was. `low` or `high` is None where the claimant gave no such end; `best` only where a
    dataset brings low, best and high ready made. `grade`: A to F of the source, None or "" = not graded.
    `supersedes`: id of the claimant's own earlier claim about the same victims that this one replaces.

    Derived: `numbers`, all those given; `lowest`, the lower number given (a dataset's best below its own low
    counts as one); `denies`, a denial that there were any (no number, or zero); `is_open`, no upper end given.

    Raises ValueError naming field, value and what is valid.
    """

    id: ClaimId
    claimant: str
    claimant_kind: str
    stance: str
    measure: str
    about: Victims
    quantifier: str
    low: int | None
    high: int | None
    verification: str = ClaimVerification.UNVERIFIED
    grade: str | None = None
    status: str = ClaimStatus.PENDING
    scope: str = Scope.INCIDENT
    best: int | None = None
    item_class: str = ""
    supersedes: ClaimId | None = None
    # What follows from the numbers given is worked out once: the rules ask for it many times.
    numbers: tuple[int, ...] = field(init=False, repr=False, compare=False)
    lowest: int | None = field(init=False, repr=False, compare=False)
    denies: bool = field(init=False, repr=False, compare=False)
    is_open: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, valid in _VALID.items():
            if getattr(self, name) not in valid:
                _refuse(name, getattr(self, name), "one of " + ", ".join(sorted(filter(None, valid))))
        if not self.claimant:
            _refuse("claimant", self.claimant, "the key of whoever makes the claim")
        if not isinstance(self.about, frozenset):
            _refuse("about", self.about, "a frozenset of victim keys, empty for the whole incident")
        self._check_numbers()
        self._check_item()
        self._derive()

    def _check_numbers(self) -> None:
        for name in ("low", "high", "best"):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 0):
                _refuse(name, value, "a whole number from 0, or None where none was given")
        if self.low is not None and self.high is not None and self.low > self.high:
            _refuse("low", self.low, f"at most high, which is {self.high}")
        if self.quantifier == Quantifier.EXACT and self.low != self.high:
            _refuse("quantifier", self.quantifier, f"low equal to high, not {self.low} and {self.high}")

    def _check_item(self) -> None:
        if self.item_class and self.measure not in MATERIEL:
            _refuse("item_class", self.item_class, f"empty, because measure is {self.measure}")

    def _derive(self) -> None:
        given = tuple([number for number in (self.low, self.best, self.high) if number is not None])
        lower = [number for number in (self.low, self.best) if number is not None]
        denies = self.stance == Stance.DENIAL and not any(given)
        for name, value in (
            ("numbers", given),
            ("lowest", min(lower, default=None)),
            ("denies", denies),
            ("is_open", self.high is None and not denies),
        ):
            object.__setattr__(self, name, value)

    @property
    def number(self) -> int | None:
        """The one number this claim stands for: its best if it brings one, else its lower end."""
        return self.low if self.best is None else self.best


def _refuse(name: str, value: object, valid: str) -> None:
    raise ValueError(f"claim {name}: {value!r} is not valid; valid is {valid}")
