"""Facts about actors that a report tells beside its incidents: each is decided, and what was accepted is in the registry."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from lxml import html

from actors.models import Actor, ActorRelation, Agreement, Deployment, Milestone, Person, StrengthStatement
from events.ingest.registry import load_registry
from events.ingest.working import extract_report, extraction_of, read_report, tables
from events.models import Proposal, Report, Source, Trace
from events.verbs.proposing import propose
from events.verbs.publishing import publish
from events.verbs.reporting import keep_report
from tests.desk.browsing import Form, errors

TEXT = """Fighters trade claims in Kidal

KIDAL, Mali - The Malian army said on Saturday that at least ten separatists were killed in fighting near Kidal on Friday.

A peace agreement signed in 2015 has since unraveled. Days before the clashes, Russia's Wagner Group announced its \
departure from Mali. The Africa Corps, which is under the command of the Russian defence ministry, said it would remain \
in Mali. About 2,000 mercenaries are estimated to be present in Mali, but how they are split between Wagner and the \
Africa Corps is unclear.

"It is difficult to protect their convoys," said Awa Example, an analyst who studies the Sahel.
"""
ELSEWHERE = (
    "BAMAKO - Russia's Wagner Group announced its departure from Mali on 6 June 2025, a statement said."
)


@pytest.fixture
def registry(people) -> Source:
    """The registry that ships, published, and an outlet."""
    publish(actors=load_registry(), reason="Registry")
    return Source.objects.create(slug="wire", name="Example Wire")


def handled(source: Source, text: str, **told: object) -> Report:
    report, _ = keep_report(source=source, content=text.encode(), content_type="text/plain", **told)
    read_report(report.pk)
    Report.objects.filter(pk=report.pk).update(due_at=None)
    extract_report(report.pk)
    report.refresh_from_db()
    return report


@pytest.fixture
def facts(registry) -> Proposal:
    published = "2025-06-15T00:00:00Z"
    report = handled(registry, TEXT, published_at=published, url="https://wire.example/kidal")
    return Proposal.objects.get(report=report, number=0)


def page_of(proposal: Proposal) -> str:
    return f"events/proposal/{proposal.pk}/change/"


def words(desk, proposal: Proposal) -> dict[str, str]:
    """What the screen says of each fact."""
    page = html.fromstring(desk.open(page_of(proposal)).content.decode())
    rows = page.xpath("//li[@data-field]")
    return {
        row.get("data-field"): " ".join(row.xpath("string(.//span[@class='words'])").split()) for row in rows
    }


def decide(desk, proposal: Proposal, verdict: str, key: str, **values: str):
    address = f"/admin/{page_of(proposal)}"
    name = {"accepted": "accept", "corrected": "correct", "rejected": "reject"}[verdict]
    form = Form(desk.client, address, desk.open(page_of(proposal)), f"{name}-{key}")
    form.address = address.replace("change", "decide")
    form["verdict"] = verdict
    return form.send("go", **values)


def settle(desk, proposal: Proposal, act: str):
    form = desk.form(page_of(proposal), "settle")
    form.address = f"/admin/events/proposal/{proposal.pk}/settle/"
    return form.send("go", act=act)


def milestone() -> Milestone:
    return Milestone.objects.get(actor__slug="wagner-group", on=date(2025, 6, 6))


def test_every_fact_of_the_report_is_proposed_with_what_the_registry_has(at, facts):
    said = words(at("aminata"), facts)
    kinds = [key.partition("-")[0] for key in said]
    assert sorted(kinds) == sorted(
        [
            "agreement",
            "agreement",
            "milestone",
            "deployment",
            "milestone",
            "deployment",
            "relation",
            "strength",
            "person",
        ]
    )
    told = "\n".join(said.values())
    assert (
        "Wagner Group, 2025-06: Announces its departure from Mali (announcement). The registry has it" in told
    )
    assert "Africa Corps subordinate to" in told
    assert "Algiers Accord), ended. The registry has it" in told
    assert "how they are split is unknown. The registry has it" in told
    assert "Awa Example. New to the registry." in told


def test_what_was_accepted_gets_the_report_as_a_source_and_nothing_is_doubled(at, facts):
    aminata = at("aminata")
    counted = (Milestone, Deployment, ActorRelation, Agreement, StrengthStatement)
    before = [(model.objects.count()) for model in counted]
    for key in words(aminata, facts):
        said = {"role": "analyst"} if key.startswith("person") else {}
        verdict = "corrected" if said else "accepted"
        assert decide(aminata, facts, verdict, key, **said).status_code == 302, key
    done = settle(aminata, facts, "keep")
    assert done.status_code == 302
    assert [model.objects.count() for model in counted] == before
    cited = {
        "outlet": "Example Wire",
        "url": "https://wire.example/kidal",
        "date": "2025-06-15",
        "language": "en",
    }
    for sources in (
        milestone().sources,
        Agreement.objects.get(slug="algiers-accord").sources,
        Deployment.objects.get(force__slug="wagner-group", host="MLI").sources,
        ActorRelation.objects.get(subject__slug="africa-corps", kind="subordinate_to").sources,
        StrengthStatement.objects.get(host="MLI", on=date(2025, 6, 6)).sources,
    ):
        assert [one for one in sources if cited.items() <= one.items()] != []
    assert Person.objects.get(name="Awa Example").role_en == "analyst"
    facts.refresh_from_db()
    assert facts.state == "accepted"


def test_a_new_fact_waits_to_be_published_and_then_is_on_the_actors_page_and_in_the_api(at, people, facts):
    aminata, key = at("aminata"), "milestone-0"
    key = next(key for key, said in words(aminata, facts).items() if "Announces its departure" in said)
    correction = {"on": "2025-03-02", "title_en": "Said to leave Kidal", "title_fr": "Quitterait Kidal"}
    assert decide(aminata, facts, "corrected", key, **correction).status_code == 302
    settle(aminata, facts, "keep")
    row = Milestone.objects.get(title_en="Said to leave Kidal")
    assert (row.actor.slug, str(row.day), row.kind) == ("wagner-group", "2025-03-02", "announcement")
    visitor = Client(headers={"host": "localhost"})
    doors = ("/actors/wagner-group/", "/api/v1/actors/wagner-group")
    assert not any(b"Said to leave Kidal" in visitor.get(door).content for door in doors)
    publish(actors=[Actor.objects.get(slug="wagner-group")], by=people.chantal, reason="A further report")
    assert all(b"Said to leave Kidal" in visitor.get(door).content for door in doors)
    assert set(
        Trace.objects.filter(verb="revise", subject__startswith="actor:").values_list("by", flat=True)
    ) == {people.aminata.pk}


def test_a_report_without_an_incident_but_with_facts_is_not_lost(at, registry):
    report, _ = keep_report(source=registry, content=TEXT.encode(), content_type="text/plain")
    read_report(report.pk)
    report.refresh_from_db()
    extraction = extraction_of(report, tables()).as_json() | {"incidents": [], "claims": []}
    (proposal,) = propose(report, extraction, {})
    report.refresh_from_db()
    assert (report.state, proposal.number, proposal.incident) == ("proposed", 0, None)
    assert settle(at("aminata"), proposal, "reject").status_code == 302
    report.refresh_from_db()
    assert report.state == "reviewed"


def test_nothing_undecided_is_kept_and_facts_are_no_incident(at, facts):
    aminata, before = at("aminata"), milestone().sources
    refused = settle(aminata, facts, "keep")
    assert refused.status_code == 400 and "at least one value accepted" in refused.content.decode()
    for act in ("draft", "attach:1"):
        assert settle(aminata, facts, act).status_code in (400, 404)
    facts.refresh_from_db()
    assert (facts.state, milestone().sources) == ("open", before)


@pytest.mark.parametrize(
    ("kind", "wrong", "said"),
    [
        ("milestone", {"on": "June"}, "“June” is refused; valid: a date as YYYY, YYYY-MM or YYYY-MM-DD"),
        ("milestone", {"actor": "nobody-known"}, "“nobody-known” is refused"),
        ("strength", {"low": "9", "high": "3"}, "“3” is refused; valid: at least 9"),
        ("strength", {"actors": ""}, "at least one actor of the registry"),
        ("agreement", {"agreement": ""}, "algiers-accord"),
        ("relation", {"object": "africa-corps"}, "another actor"),
        ("deployment", {"host": ""}, "valid:"),
        ("person", {"name": ""}, "1 to 200 characters"),
    ],
)
def test_a_correction_that_cannot_be_kept_names_field_value_and_what_is_valid(at, facts, kind, wrong, said):
    aminata = at("aminata")
    key = next(key for key in words(aminata, facts) if key.startswith(kind))
    refused = decide(aminata, facts, "corrected", key, **wrong)
    assert refused.status_code == 400 and said in errors(refused)
    assert facts.decisions.count() == 0


def test_a_source_that_few_may_know_of_is_not_named_in_the_registry(at, facts):
    Source.objects.filter(slug="wire").update(public=False)
    chantal, before = at("chantal"), milestone().sources
    key = next(key for key, said in words(chantal, facts).items() if "Announces its departure" in said)
    decide(chantal, facts, "accepted", key)
    settle(chantal, facts, "keep")
    assert milestone().sources == before
