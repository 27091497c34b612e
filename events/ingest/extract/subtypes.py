"""Of what kind an incident was: the subtype that its event words vote for, and what a bare attack was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from events.ingest.extract.event_words import ATTACK, TYPE_OF


class Voted(Protocol):
    """What a scene tells of its kind: votes by subtype, those of its own day, sentences that tell strategy."""

    votes: dict[str, float]
    own_votes: dict[str, float]
    strategic_at: set[int]
    outcome: str


def subtype_of(scene: Voted, victims: set[str], of_group: bool, people: bool = False) -> str:
    """The subtype with most weight; a bare attack is read by who suffered it (`victims`: civilians, armed).

    In a battle of several scenes (`of_group`) only words told of this scene's own day count, where there are any.
    """
    votes = dict(scene.own_votes if of_group and scene.own_votes.keys() - {ATTACK} else scene.votes)
    if victims and 0 not in scene.strategic_at:
        # Where people died, coups and agreements further down are the setting, not the event.
        votes = {name: vote for name, vote in votes.items() if TYPE_OF.get(name) != "strategic"}
    bare = votes.pop(ATTACK, 0.0)
    if bare or not votes:
        if not victims and votes.keys() - COMPANIONS - {"attack"}:
            bare = 0.0
        name = _bare(victims, votes)
        votes[name] = votes.get(name, 0.0) + bare
    ranked = sorted(votes.items(), key=lambda vote: -vote[1])
    best, weight = ranked[0]
    # Fighting and looting are told in every report of an ambush or a bombing: the finer word names the event.
    if best in COMPANIONS | {"attack"}:
        finer = [
            name
            for name, value in ranked
            if name not in COMPANIONS | SPOILS | {"attack"} and value >= 0.45 * weight
        ]
        best = finer[0] if finer else best
    if best in SPOILS and (victims or people):
        best = _bare(victims, votes)
    repelled = best == "attack" and not victims and not people and scene.outcome == "repelled"
    return "clash" if repelled or (best == "attack" and victims == {"armed"}) else best


COMPANIONS = frozenset({"clash", "offensive", "statement"})
SPOILS = frozenset({"looting", "property_destruction", "arrests"})


def _bare(victims: set[str], votes: Mapping[str, float]) -> str:
    """What a bare attack is: by the target that other sentences name, else by who died."""
    if victims != {"civilians"} and votes.get("ambush", 0.0) >= max(votes.get("base_attack", 0.0), 1.0):
        return "ambush"
    if "base_attack" in votes and "civilians" not in victims:
        return "base_attack"
    return "clash" if victims == {"armed"} else "attack"
