"""What a report that was just read belongs to: an earlier capture of its address, or reports with the same text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from events.codes import Kinship
from events.ingest.likeness import Sketch, alike, bands, sketch
from events.models import Report
from events.verbs.reporting import join

# Texts print on; a text that comes back later than this tells of something else, or is an archive.
LONGEST_APART = timedelta(days=14)
MOST_COMPARED = 50
LIGHT = ("id", "text", "parent", "kinship", "published_at", "fetched_at", "state")


def place_among_others(report: Report, text: str, language: str) -> tuple[dict[str, Any], bool]:
    """Columns that say what a report belongs to, and whether it is word for word what its parent says.

    Call it inside `reporting.one_reader_at_a_time`. Of a group of copies the earliest is the parent of all.
    """
    sketched = sketch(text)
    found = bands(sketched)
    first = earlier_capture(report)
    if first is not None:
        latest = Report.objects.filter(Q(pk=first.pk) | Q(parent=first, kinship=Kinship.CAPTURE))
        said = latest.exclude(pk=report.pk).order_by("-pk").values_list("text", flat=True).first()
        return {"parent": first, "kinship": Kinship.CAPTURE, "bands": found}, said == text
    heads_found = same_text(report, sketched, found, language) if found else []
    parent = join(report, heads_found, told_at) if heads_found else None
    if parent is None:
        return {"bands": found}, False
    return {"parent": parent, "kinship": Kinship.COPY, "bands": found}, parent.text == text


def earlier_capture(report: Report) -> Report | None:
    """The first capture of the same address from the same source, if this is a later one."""
    addresses = [address for address in {report.url, report.final_url} if address]
    if not addresses:
        return None
    return (
        Report.objects.filter(Q(url__in=addresses) | Q(final_url__in=addresses), source=report.source)
        .filter(pk__lt=report.pk)
        .exclude(kinship=Kinship.CAPTURE)
        .only(*LIGHT)
        .order_by("pk")
        .first()
    )


def same_text(report: Report, sketched: Sketch, found: list[int], language: str) -> list[Report]:
    """Reports with the same text, each standing for its group; those without a parent only."""
    at = told_at(report)
    met = (
        Report.objects.filter(bands__overlap=found, language=language)
        .annotate(at=Coalesce("published_at", "fetched_at"))
        .filter(at__range=(at - LONGEST_APART, at + LONGEST_APART))
        .exclude(pk=report.pk)
        .order_by("-pk")
        .values_list("pk", "text")[:MOST_COMPARED]
    )
    # Texts that meet are many, texts that are alike are few: only of those the rest is read.
    same = [pk for pk, text in met if alike(sketch(text), sketched)]
    return list({head.pk: head for head in heads(same)}.values()) if same else []


def heads(reports: Sequence[int]) -> Iterator[Report]:
    """Reports, or whatever they hang on in the end; the latest first."""
    rows = Report.objects.filter(pk__in=reports).select_related("parent").order_by("-pk")
    for head in rows.defer("content", "headers", "parent__content", "parent__headers"):
        while head.parent is not None:
            head = head.parent
        yield head


def told_at(report: Report) -> datetime:
    """When a report came out, as far as is known."""
    return report.published_at or report.fetched_at
