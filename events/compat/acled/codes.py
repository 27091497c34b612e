"""How our codes are said in ACLED's words: one table, shown in docs/interoperability.md.

The words are ACLED's own (codebook of 2023: event types, sub-event types, disorder types, actor types, precision codes);
which of ours answers to which is our reading of it. The rows are ours, never ACLED's.
"""

from __future__ import annotations

from typing import NamedTuple

from actors.codes import ActorKind as K
from events.codes import DatePrecision, EventType, LocationPrecision
from events.codes import EventSubtype as S


class Kind(NamedTuple):
    """ACLED's three words for what happened."""

    disorder_type: str
    event_type: str
    sub_event_type: str


VIOLENCE, DEMONSTRATIONS, STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"


def violent(event_type: str, *sub_event_types: str) -> list[Kind]:
    """Sub-event types of political violence."""
    return [Kind(VIOLENCE, event_type, sub) for sub in sub_event_types]


CLASH, OVERTAKES, REGAINS = violent(
    "Battles", "Armed clash", "Non-state actor overtakes territory", "Government regains territory"
)
REMOTE, AIR, SHELLS, MINE, SUICIDE, GRENADE = violent(
    "Explosions/Remote violence",
    "",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Suicide bomb",
    "Grenade",
)
ATTACK, ABDUCTION, SEXUAL = violent(
    "Violence against civilians", "Attack", "Abduction/forced disappearance", "Sexual violence"
)
OTHER, CHANGE, LOOTING, ARRESTS, AGREEMENT, BASE, TRANSFER = (
    Kind(STRATEGIC, STRATEGIC, sub)
    for sub in (
        "Other",
        "Change to group/activity",
        "Looting/property destruction",
        "Arrests",
        "Agreement",
        "Headquarters or base established",
        "Non-violent transfer of territory",
    )
)
UNREST = Kind(DEMONSTRATIONS, "Protests", "")

# Where the sub-type is not known.
TYPES: dict[EventType, Kind] = {
    EventType.BATTLE: CLASH,
    EventType.REMOTE_VIOLENCE: REMOTE,
    EventType.VIOLENCE_AGAINST_CIVILIANS: ATTACK,
    EventType.COERCION: OTHER,
    EventType.UNREST: UNREST,
    EventType.STRATEGIC: OTHER,
}
SUBTYPES: dict[S, Kind] = {
    S.CLASH: CLASH,
    S.AMBUSH: CLASH,
    S.OFFENSIVE: CLASH,
    S.BASE_ATTACK: CLASH,
    S.TERRITORY_CAPTURED: OVERTAKES,
    S.TERRITORY_RECAPTURED: REGAINS,
    S.AIR_STRIKE: AIR,
    S.DRONE_STRIKE: AIR,
    S.SHELLING: SHELLS,
    S.IED: MINE,
    S.SUICIDE_BOMBING: SUICIDE,
    S.GRENADE: GRENADE,
    S.ATTACK: ATTACK,
    S.MASSACRE: ATTACK,
    S.ABDUCTION: ABDUCTION,
    S.SEXUAL_VIOLENCE: SEXUAL,
    S.SUMMARY_EXECUTION: ATTACK,
    S.BLOCKADE: OTHER,
    S.LOOTING: LOOTING,
    S.PROPERTY_DESTRUCTION: LOOTING,
    S.ARRESTS: ARRESTS,
    S.PROTEST: Kind(DEMONSTRATIONS, "Protests", "Peaceful protest"),
    S.VIOLENT_DEMONSTRATION: Kind(DEMONSTRATIONS, "Riots", "Violent demonstration"),
    S.MOB_VIOLENCE: Kind(VIOLENCE, "Riots", "Mob violence"),
    S.EXCESSIVE_FORCE: Kind(
        f"{VIOLENCE}; {DEMONSTRATIONS}", "Protests", "Excessive force against protesters"
    ),
    S.AGREEMENT: AGREEMENT,
    S.AGREEMENT_ENDED: OTHER,
    S.STATEMENT: OTHER,
    S.DEPLOYMENT: CHANGE,
    S.WITHDRAWAL: CHANGE,
    S.BASE_ESTABLISHED: BASE,
    S.BASE_CLOSED: CHANGE,
    S.TERRITORY_TRANSFERRED: TRANSFER,
    S.GROUP_CHANGE: CHANGE,
    S.COUP: OTHER,
    S.OTHER: OTHER,
}

# Actor type codes: 1 state forces, 2 rebel groups, 3 political militias, 4 identity militias, 7 civilians, 8 external or
# other forces. 5 (rioters) and 6 (protesters) are no actors of ours. 0 stands where there is no actor.
NOBODY = 0
INTER: dict[K, int] = {
    K.STATE_FORCE: 1,
    K.GOVERNMENT: 1,
    K.REBEL: 2,
    K.JIHADIST: 2,
    K.SELF_DEFENCE_MILITIA: 4,
    K.COMMUNAL_MILITIA: 4,
    K.FOREIGN_STATE_FORCE: 8,
    K.PRIVATE_MILITARY: 8,
    K.MULTINATIONAL_FORCE: 8,
    K.ALLIANCE: 8,
    K.CIVILIANS: 7,
    K.UNIDENTIFIED: 3,
}
TIME_PRECISION: dict[DatePrecision, int] = {
    DatePrecision.DAY: 1,
    DatePrecision.DAYS: 2,
    DatePrecision.WEEK: 2,
    DatePrecision.MONTH: 3,
    DatePrecision.LONGER: 3,
}
GEO_PRECISION: dict[LocationPrecision, int] = {
    LocationPrecision.EXACT: 1,
    LocationPrecision.NEAR: 2,
    LocationPrecision.ADMIN3: 2,
    LocationPrecision.ADMIN2: 2,
    LocationPrecision.ADMIN1: 3,
    LocationPrecision.REGION: 3,
    LocationPrecision.COUNTRY: 3,
}
CIVILIAN_TARGETING = {True: "Civilian targeting", False: ""}

# ISO 3166-1 numeric codes, and the sub-regions of the UN's M49 list, of the countries of `events.countries`.
WESTERN, MIDDLE, NORTHERN = "Western Africa", "Middle Africa", "Northern Africa"
COUNTRIES: dict[str, tuple[int, str]] = {
    "MLI": (466, WESTERN),
    "BFA": (854, WESTERN),
    "NER": (562, WESTERN),
    "TCD": (148, MIDDLE),
    "MRT": (478, WESTERN),
    "SEN": (686, WESTERN),
    "GMB": (270, WESTERN),
    "NGA": (566, WESTERN),
    "CMR": (120, MIDDLE),
    "SDN": (729, NORTHERN),
    "BEN": (204, WESTERN),
    "TGO": (768, WESTERN),
    "GHA": (288, WESTERN),
    "CIV": (384, WESTERN),
    "GIN": (324, WESTERN),
    "DZA": (12, NORTHERN),
    "LBY": (434, NORTHERN),
    "CAF": (140, MIDDLE),
}


def kind_of(event_type: str, event_subtype: str | None) -> Kind:
    """What happened, in ACLED's words."""
    return SUBTYPES[S(event_subtype)] if event_subtype else TYPES[EventType(event_type)]


def interaction(first: int, second: int) -> int:
    """ACLED's two-digit code of who met whom, the smaller code first; a sole actor's code stands before a zero."""
    low, high = sorted((first, second))
    return low * 10 + high if low else high * 10
