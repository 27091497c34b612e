"""The total over sets of victims without counting anybody twice.

Sets of victims that share a member (and the whole incident, which meets every set) belong together; what stands
apart is added up. Within what belongs together, only claimants who between them speak of all these victims can
say how low the total is: a side that admits its own three dead does not say that three died in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

from events.claims.figures import Clause, VictimRange
from events.claims.model import WHOLE, Claim, Victims
from events.claims.ranges import best_graded, grade_rank, lows_by_claimant, middle, spans

Said = Mapping[Victims, Sequence[Claim]]
Ranges = Mapping[Victims, VictimRange]
Account = dict[Victims, int]

# Beyond this many different ways of dividing the victims, only single accounts, pairs and all together are
# compared: the work doubles with each.
MOST_COMBINED = 8


def apart(sets: Iterable[Victims]) -> bool:
    """Whether no two sets can share a victim."""
    sets = list(sets)
    return len(sets) < 2 or (all(sets) and sum(map(len, sets)) == len(frozenset().union(*sets)))


def within(part: Victims, whole: Victims) -> bool:
    """Whether `part` is a smaller set of the same victims; every named set is part of the whole incident."""
    return part != whole and (not whole or (bool(part) and part < whole))


def largest_sum(account: Mapping[Victims, int]) -> int:
    """Add up the sets that share no victim so that the sum is largest."""

    @cache
    def best_of(sets: frozenset[Victims]) -> int:
        most, crowded = max(((len(_meeting(one, sets)), tuple(sorted(one))) for one in sets), default=(0, ()))
        if not most:
            return sum(account[one] for one in sets)
        chosen = frozenset(crowded)
        rest = sets - {chosen}
        return max(best_of(rest), account[chosen] + best_of(rest - _meeting(chosen, sets)))

    return best_of(frozenset(account))


def _meeting(one: Victims, sets: Iterable[Victims]) -> frozenset[Victims]:
    return frozenset(other for other in sets if other != one and (not one or not other or one & other))


def highest_total(ranges: Ranges) -> int | None:
    """The highest total anyone's numbers add up to."""
    highs = {about: found.high for about, found in ranges.items() if found.high is not None}
    return largest_sum(highs) if highs else None


def low_and_best(said: Said, ranges: Ranges, lowest: bool) -> tuple[int | None, int | None]:
    """Low and best of the total; None where nobody gave a lower number. `lowest`: the conservative rule."""
    spoken = {about: said[about] for about, found in ranges.items() if found.low is not None}
    if not spoken:
        return None, None
    parts = [_component(sets, said, ranges, lowest) for sets in _together(spoken)]
    return sum(low for low, _ in parts), sum(best for _, best in parts)


def parts_exceed(whole: Victims, said: Said) -> bool:
    """Whether one claimant counts more among a part of these victims than another allows for all of them."""
    parts = {about: claims for about, claims in said.items() if within(about, whole)}
    floors = {who: largest_sum(account) for who, account in _accounts(parts).items()}
    return any(
        who != other and floor > high
        for who, (_, high) in spans(said[whole]).items()
        for other, floor in floors.items()
    )


def _together(sets: Iterable[Victims]) -> list[frozenset[Victims]]:
    groups: list[frozenset[Victims]] = []
    for one in sets:
        meets = [group for group in groups if _meeting(one, group)]
        groups = [group for group in groups if group not in meets] + [frozenset({one}).union(*meets)]
    return groups


def _component(sets: frozenset[Victims], said: Said, ranges: Ranges, lowest: bool) -> tuple[int, int]:
    if len(sets) == 1:
        found = ranges[next(iter(sets))]
        return found.low or 0, found.best or 0
    claims = _without_breakdowns({about: said[about] for about in sets})
    low = _lowest_account(list(_accounts(claims).values()))
    if lowest:
        return low, low
    clause, best = _best_account(claims, ranges, low)
    better = {
        about: found.best or 0
        for about, found in ranges.items()
        if about in sets and _strength(found.basis.clause) < _strength(clause)
    }
    # A better founded count of a part lifts the whole; the range itself bounds what can be best.
    high = largest_sum({about: ranges[about].high or 0 for about in sets})
    return low, min(max(best, low, largest_sum(better)), high)


def _strength(clause: Clause) -> int:
    return list(Clause).index(clause)


def _without_breakdowns(said: Said) -> Said:
    """Leave out the parts into which a ready-made figure (low, best, high) is broken down by its own author."""
    ready = {
        (claim.claimant, about)
        for about, claims in said.items()
        for claim in claims
        if claim.best is not None
    }

    def broken_down(claim: Claim) -> bool:
        return any(claim.claimant == who and within(claim.about, whole) for who, whole in ready)

    kept = {about: [claim for claim in claims if not broken_down(claim)] for about, claims in said.items()}
    return {about: claims for about, claims in kept.items() if claims}


def _accounts(said: Said) -> dict[str, Account]:
    """What each claimant says, by set: its lowest number there."""
    accounts: dict[str, Account] = {}
    for about, claims in said.items():
        for who, low in lows_by_claimant(claims).items():
            accounts.setdefault(who, {})[about] = low
    return accounts


def _covers(sets: Iterable[Victims], all_sets: Iterable[Victims]) -> bool:
    sets, everyone = list(sets), list(all_sets)
    if WHOLE in everyone:
        return WHOLE in sets
    return frozenset().union(*sets) == frozenset().union(*everyone)


def _merge(accounts: Iterable[Account]) -> Account:
    merged: Account = {}
    for account in accounts:
        for about, low in account.items():
            merged[about] = min(low, merged.get(about, low))
    return merged


def _lowest_account(accounts: list[Account]) -> int:
    """The lowest total that claimants who together speak of everyone give.

    Claimants who divide the victims alike are taken together at their lowest, so that the number of
    combinations stays small.
    """
    alike: dict[frozenset[Victims], list[Account]] = {}
    for account in accounts:
        alike.setdefault(frozenset(account), []).append(account)
    merged = [_merge(group) for group in alike.values()]
    everyone = _merge(merged)
    few = range(1, len(merged) + 1) if len(merged) <= MOST_COMBINED else (1, 2, len(merged))
    together = (_merge(group) for size in few for group in combinations(merged, size))
    return min(largest_sum(account) for account in together if _covers(account, everyone))


def _best_account(said: Said, ranges: Ranges, low: int) -> tuple[Clause, int]:
    """The clauses of the rule, asked of accounts that speak of everyone."""
    verified = {
        about: found.best or 0
        for about, found in ranges.items()
        if about in said and found.basis.clause == Clause.VERIFIED
    }
    if verified and _covers(verified, said):
        return Clause.VERIFIED, largest_sum(verified)
    if independent := _independent_totals(said):
        return Clause.INDEPENDENT, independent[(len(independent) - 1) // 2]
    standing = {about: [c for c in claims if c.verification != "refuted"] for about, claims in said.items()}
    full = [account for account in _accounts(standing).values() if _covers(account, said)]
    if len(full) > 1:
        return Clause.SUPPORTED, sorted(map(largest_sum, full))[-2]
    return Clause.LOWEST, low


def _independent_totals(said: Said) -> list[int]:
    """The totals, sorted, of the best-graded outsiders among those who speak of everyone."""
    by_claimant: dict[str, list[Claim]] = {}
    for claims in said.values():
        for claim in claims:
            by_claimant.setdefault(claim.claimant, []).append(claim)
    totals: dict[int, list[int]] = {}
    for claims in by_claimant.values():
        account = _own_account(claims)
        if account and _covers(account, said):
            totals.setdefault(min(map(grade_rank, claims)), []).append(largest_sum(account))
    return sorted(totals[min(totals)]) if totals else []


def _own_account(claims: Sequence[Claim]) -> Account:
    account: Account = {}
    for about in {claim.about for claim in claims}:
        if chosen := best_graded(claim for claim in claims if claim.about == about):
            account[about] = middle(Clause.INDEPENDENT, chosen)[0] or 0
    return account
