"""Who may do what on the desk: one table, denied by default, asked by verbs and by the admin alike.

Roles are the names of Django's groups; Django's own table of permissions is not used. What a role may not even
read answers as if it did not exist. `docs/desk.md` shows the table; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from conflict.kit.codes import Code
from conflict.kit.problems import Problem, Refused
from events.codes import State


class DeskRole(Code):
    """A role on the desk, strongest first: the name that traces and publications show in public."""

    CHIEF = "chief editor", "Chief editor", "Rédaction en chef"
    EDITOR = "editor", "Editor", "Rédaction"
    CONTRIBUTOR = "contributor", "Contributor", "Contribution"
    TECHNICAL = "technical admin", "Technical admin", "Administration technique"


class Act(Code):
    """What can be done with a row of the desk."""

    READ = "read", "read", "lire"
    REVISE = "revise", "revise", "réviser"
    SUBMIT = "submit", "submit for review", "soumettre à relecture"
    RETURN = "return", "return to the author", "renvoyer à l'auteur"
    APPROVE = "approve", "approve", "approuver"
    PUBLISH = "publish", "publish", "publier"
    RETRACT = "retract", "retract", "retirer"
    MERGE = "merge", "merge", "fusionner"
    REDACT = "redact", "redact", "expurger"
    EMBARGO = "embargo", "set an embargo", "fixer un embargo"
    SEE_HIDDEN = "see hidden", "see sources that are not public", "voir les sources non publiques"
    OPERATE = "operate", "operate", "exploiter"


class Grant(NamedTuple):
    """What a role may do in one state; `own` narrows it to incidents that the person is the author of."""

    acts: frozenset[Act]
    own: bool = False

    def __str__(self) -> str:
        words = ", ".join(act.en for act in Act if act in self.acts)
        return f"{words} (own)" if self.own else words


def all_of(*acts: Act) -> Grant:
    """These acts on every incident."""
    return Grant(frozenset(acts))


def own(*acts: Act) -> Grant:
    """These acts on one's own incidents."""
    return Grant(frozenset(acts), own=True)


A, R = Act, DeskRole
INCIDENTS: Mapping[State, Mapping[DeskRole, Grant]] = {
    State.DRAFT: {
        R.CONTRIBUTOR: own(A.READ, A.REVISE, A.SUBMIT),
        R.EDITOR: all_of(A.READ, A.REVISE, A.SUBMIT),
        R.CHIEF: all_of(A.READ, A.REVISE, A.SUBMIT, A.EMBARGO),
    },
    State.IN_REVIEW: {
        R.CONTRIBUTOR: own(A.READ),
        R.EDITOR: all_of(A.READ, A.RETURN),
        R.CHIEF: all_of(A.READ, A.REVISE, A.RETURN, A.APPROVE, A.EMBARGO),
    },
    State.APPROVED: {
        R.CONTRIBUTOR: own(A.READ),
        R.EDITOR: all_of(A.READ),
        R.CHIEF: all_of(A.READ, A.REVISE, A.RETURN, A.PUBLISH, A.EMBARGO),
    },
    State.EMBARGOED: {
        R.CONTRIBUTOR: own(A.READ),
        R.EDITOR: all_of(A.READ, A.REVISE),
        R.CHIEF: all_of(A.READ, A.REVISE, A.RETURN, A.PUBLISH, A.EMBARGO),
    },
    State.PUBLISHED: {
        R.CONTRIBUTOR: all_of(A.READ),
        R.EDITOR: all_of(A.READ, A.REVISE),
        R.CHIEF: all_of(A.READ, A.REVISE, A.PUBLISH, A.RETRACT, A.MERGE, A.REDACT),
        R.TECHNICAL: all_of(A.READ),
    },
    State.RETRACTED: {R.EDITOR: all_of(A.READ), R.CHIEF: all_of(A.READ, A.REDACT)},
    State.MERGED: {R.EDITOR: all_of(A.READ), R.CHIEF: all_of(A.READ, A.REDACT)},
}

READERS = {role: frozenset({A.READ}) for role in (R.CONTRIBUTOR, R.EDITOR, R.CHIEF)}
EDITED = READERS | {role: frozenset({A.READ, A.REVISE}) for role in (R.EDITOR, R.CHIEF)}
# Everything else, by the name of its model.
THINGS: Mapping[str, Mapping[DeskRole, frozenset[Act]]] = {
    "actor": EDITED | {R.CHIEF: frozenset({A.READ, A.REVISE, A.PUBLISH, A.MERGE})},
    "actoridentifier": EDITED,
    "deployment": EDITED,
    "strengthstatement": EDITED,
    "agreement": EDITED,
    "person": EDITED,
    "incidentgroup": EDITED,
    "place": EDITED,
    "adminunit": READERS | {R.TECHNICAL: frozenset({A.READ})},
    "source": EDITED | {R.CHIEF: frozenset({A.READ, A.REVISE, A.SEE_HIDDEN})},
    "feed": {
        R.EDITOR: frozenset({A.READ}),
        R.CHIEF: frozenset({A.READ, A.REVISE, A.OPERATE}),
        R.TECHNICAL: frozenset({A.READ, A.REVISE, A.OPERATE}),
    },
    "report": {role: frozenset({A.READ, A.OPERATE}) for role in (R.EDITOR, R.CHIEF)},
    "proposal": {role: frozenset({A.READ, A.REVISE}) for role in (R.EDITOR, R.CHIEF)},
    "importrun": {
        R.EDITOR: frozenset({A.READ, A.OPERATE}),
        R.CHIEF: frozenset({A.READ, A.OPERATE}),
        R.TECHNICAL: frozenset({A.READ}),
    },
    "referenceevent": {role: frozenset({A.READ, A.OPERATE}) for role in (R.EDITOR, R.CHIEF)},
    "apikey": {role: frozenset({A.READ, A.REVISE}) for role in (R.CHIEF, R.TECHNICAL)},
    "trace": {role: frozenset({A.READ}) for role in (R.EDITOR, R.CHIEF)},
    "publication": {role: frozenset({A.READ}) for role in DeskRole},
    "user": {R.TECHNICAL: frozenset({A.READ, A.REVISE})},
}
del A, R

Person = AbstractBaseUser | AnonymousUser


def roles_of(user: Person) -> frozenset[DeskRole]:
    """The roles of a person: those of the groups, all of them for a superuser, none for a closed account."""
    if not getattr(user, "is_active", False):
        return frozenset()
    if getattr(user, "is_superuser", False):
        return frozenset(DeskRole)
    kept = getattr(user, "_desk_roles", None)
    if kept is None:
        names = set(user.groups.values_list("name", flat=True))  # type: ignore[union-attr]
        kept = frozenset(role for role in DeskRole if role.value in names)
        user._desk_roles = kept  # type: ignore[union-attr]
    return kept


def shown_role(user: Person) -> str:
    """The role that traces and publications show: the strongest one."""
    held = roles_of(user)
    return next((role.value for role in DeskRole if role in held), "nobody")


def may(user: Person, act: Act, row: Any) -> bool:
    """Whether a person may do this with this row (for an incident: in its state, and perhaps only if it is theirs)."""
    if row._meta.model_name != "incident":
        return may_thing(user, act, row._meta.model_name)
    if row.pk is None:
        return may_open(user) and act in (Act.READ, Act.REVISE)
    grants = INCIDENTS[State(row.state)]
    return any(
        act in grant.acts and (not grant.own or row.author_id == user.pk)
        for role in roles_of(user)
        if (grant := grants.get(role))
    )


def may_thing(user: Person, act: Act, name: str) -> bool:
    """Whether a person may do this with rows of the model `name`; unknown names are denied."""
    table = THINGS.get(name, {})
    return any(act in table.get(role, ()) for role in roles_of(user))


def may_open(user: Person) -> bool:
    """Whether a person may open a draft of an incident."""
    return any(Act.REVISE in grant.acts for grant in granted(user, State.DRAFT))


def granted(user: Person, state: State) -> Iterable[Grant]:
    """What a person's roles grant in one state."""
    return [grant for role, grant in INCIDENTS[state].items() if role in roles_of(user)]


def readable_incidents(user: Person) -> Q:
    """The condition under which a person may know that an incident exists."""
    found = Q(pk__in=[])
    for state in INCIDENTS:
        readable = [grant for grant in granted(user, state) if Act.READ in grant.acts]
        if any(not grant.own for grant in readable):
            found |= Q(state=state.value)
        elif readable:
            found |= Q(state=state.value, author=user.pk)
    return found


def readable_sources(user: Person) -> Q:
    """The condition under which a person may know that a source exists."""
    if may_thing(user, Act.SEE_HIDDEN, "source"):
        return Q()
    return Q(public=True) if may_thing(user, Act.READ, "source") else Q(pk__in=[])


def refuse_unless(user: Person | None, act: Act, row: Any) -> None:
    """Raise Refused when a person may not do this: 404 for what they may not know of, else 403.

    None stands for the product's own commands, which act with the machine owner's authority.
    """
    if user is None or may(user, act, row):
        return
    name = f"{row._meta.model_name} {row.pk or ''}".strip()
    if not may(user, Act.READ, row):
        raise Refused(Problem(row._meta.model_name, row.pk, "one that exists"), status=404)
    where = f" while it is {State(row.state).en.lower()}" if hasattr(row, "state") else ""
    raise Refused(
        Problem(name, act.en, f"an act that your role ({shown_role(user)}) has here{where}"), status=403
    )


def incident_table() -> str:
    """The table of incidents as Markdown."""
    roles = (DeskRole.CONTRIBUTOR, DeskRole.EDITOR, DeskRole.CHIEF, DeskRole.TECHNICAL)
    lines = [" | ".join(["state", *(role.value for role in roles)]), " | ".join(["---"] * 5)]
    for state, grants in INCIDENTS.items():
        lines.append(" | ".join([state.en.lower(), *(str(grants.get(role, "–")) for role in roles)]))
    return "\n".join(f"| {line} |" for line in lines)


def thing_table() -> str:
    """The table of everything else as Markdown."""
    roles = (DeskRole.CONTRIBUTOR, DeskRole.EDITOR, DeskRole.CHIEF, DeskRole.TECHNICAL)
    lines = [" | ".join(["what", *(role.value for role in roles)]), " | ".join(["---"] * 5)]
    for name, grants in THINGS.items():
        cells = [str(Grant(grants[role])) if role in grants else "–" for role in roles]
        lines.append(" | ".join([name, *cells]))
    return "\n".join(f"| {line} |" for line in lines)
