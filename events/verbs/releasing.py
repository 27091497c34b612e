"""release: give a publication a name that people can cite and ask for with `as_of`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction

from conflict.kit.dates import read_date
from conflict.kit.problems import Problem, Refused
from conflict.kit.text import read_text
from events.models import Trace
from events.record import releases

NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Release:
    """A named publication; `digest` is the publication's, in hexadecimal digits."""

    name: str
    title: str
    publication: int
    digest: str


def release(
    name: str, title: str, *, reason: str, publication: int | None = None, role: str = "editor"
) -> Release:
    """Name a publication, the newest unless another is given. A name is given once and stays. Raises Refused."""
    refuse_unclear(name, title, reason)
    with transaction.atomic():
        newest = releases.newest_publication()
        number = newest if publication is None else publication
        if not 1 <= number <= newest:
            raise Refused(Problem("publication", number, f"a publication from 1 to {newest}"))
        digest = releases.add(name, number, title.strip())
        if digest is None:
            raise Refused(Problem("name", name, "a name that no release has yet"), status=409)
        Trace.objects.create(
            verb="release", subject=f"release:{name}"[:40], role=role, reason=reason, publication=number
        )
        return Release(name, title.strip(), number, digest)


def refuse_unclear(name: str, title: str, reason: str) -> None:
    """A name must not be mistaken for a number or a day in `as_of`; title and reason must say something."""
    problems = []
    if not NAME.fullmatch(name):
        problems.append(
            Problem(
                "name", name, "1 to 40 of a-z, 0-9, full stop and hyphen, beginning with a letter or digit"
            )
        )
    elif name.isdigit() or not isinstance(read_date("name", name), Problem):
        problems.append(
            Problem("name", name, "a name that is neither a number nor a day, such as 2025-annual")
        )
    clean = read_text("title", title, LONGEST_TITLE)
    if isinstance(clean, Problem):
        problems.append(clean)
    elif not clean:
        problems.append(Problem("title", title, "a title"))
    if not reason.strip():
        problems.append(Problem("reason", reason, "a sentence that says why"))
    if problems:
        raise Refused(problems)
