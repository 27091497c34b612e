"""Review: each proposed value is accepted, corrected or rejected; then one act makes of it a draft, claims, or nothing."""

from __future__ import annotations

import json

import pytest
from lxml import html

from actors.models import Actor, ActorName
from conflict.kit.problems import Refused
from events.ingest.working import extract_report, read_report
from events.models import Decision, Incident, Place, Proposal, Report, Source, Trace
from events.verbs.proposing import evidence
from events.verbs.reporting import keep_report
from events.verbs.reviewing import Judged, decide
from tests.desk.browsing import Form, errors
from tests.record.cast import actor

TEXT = (
    "MENAKA, Mali, June 14, 2025 - Gunmen ambushed a Malian army convoy near Menaka on Friday, officials said. "
    "At least 12 soldiers were killed, the Malian army said. The Azawad Liberation Front acknowledged the loss of "
    "three of its own members."
)
AGAIN = (
    "MENAKA, Mali, June 15, 2025 - Seventeen soldiers were killed in an ambush on an army convoy near Menaka on "
    "Friday, the Malian army said."
)
ELSEWHERE = "GAO, Mali, July 20, 2025 - Three civilians were killed in an attack on a market in Gao on Saturday, residents said."


@pytest.fixture
def wire(people):
    """The outlet, and a registry of two."""
    army = actor("malian-armed-forces", "state_force", "Malian Armed Forces")
    Actor.objects.filter(pk=army.pk).update(country="MLI")
    actor("azawad-liberation-front", "rebel", "Azawad Liberation Front")
    actor("civilians", "civilians", "Civilians")
    return Source.objects.create(slug="wire", name="Example Wire")


def handled(source: Source, text: str) -> Proposal:
    report, _ = keep_report(source=source, content=text.encode(), content_type="text/plain")
    read_report(report.pk)
    Report.objects.filter(pk=report.pk).update(due_at=None)
    extract_report(report.pk)
    report.refresh_from_db()
    assert report.state == "proposed", (report.state, report.problem)
    return Proposal.objects.get(report=report)


@pytest.fixture
def proposal(wire):
    return handled(wire, TEXT)


def page_of(proposal: Proposal) -> str:
    return f"events/proposal/{proposal.pk}/change/"


def form_of(desk, proposal: Proposal, verdict: str, key: str) -> Form:
    """One of the plain forms of a value, as a browser without script has it."""
    form = desk.form(page_of(proposal), f"{verdict}-{key}")
    form.address = f"/admin/events/proposal/{proposal.pk}/decide/"
    form["verdict"] = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}[verdict]
    return form


def judge(desk, proposal: Proposal, verdict: str, key: str, **values):
    return form_of(desk, proposal, verdict, key).send(**values)


def settle(desk, proposal: Proposal, act: str, **values):
    form = desk.form(page_of(proposal), "settle")
    form.address = f"/admin/events/proposal/{proposal.pk}/settle/"
    form["act"] = act
    return form.send(**values)


def said(response) -> str:
    """What the screen says of a refusal."""
    page = html.fromstring(response.content.decode())
    told = page.xpath("//*[@data-alert or @data-errors][not(@hidden)]")
    return " ".join(element.text_content().strip() for element in told)


def keys_of(desk, proposal: Proposal) -> list[str]:
    page = html.fromstring(desk.open(page_of(proposal)).content.decode())
    return page.xpath("//*[@data-field]/@data-field")


def accept_all(desk, proposal: Proposal, but: tuple[str, ...] = ()) -> None:
    for key in keys_of(desk, proposal):
        if key not in but:
            answer = judge(desk, proposal, "accept", key)
            assert answer.status_code == 302, (key, errors(answer))


def test_the_text_is_whole_and_every_value_points_into_it_and_back(at, proposal):
    page = html.fromstring(at("aminata").open(page_of(proposal)).content.decode())
    (text,) = page.xpath("//section[@class='review-text']")
    assert text.text_content() == proposal.report.text
    keys = page.xpath("//*[@data-field]/@data-field")
    assert {"type", "date", "place", "claim-0"} <= set(keys)
    lit = {key for mark in text.xpath(".//a/@data-fields") for key in mark.split()}
    assert lit == set(page.xpath("//li[.//a[@class='in-text']]/@data-field"))
    assert all(page.xpath(f"//*[@id='{link[1:]}']") for link in page.xpath("//a[@class='in-text']/@href"))
    assert all(page.xpath(f"//li[@id='{link[1:]}']") for link in text.xpath(".//a/@href"))


def test_without_a_script_a_whole_review_makes_a_draft_of_what_was_decided(at, people, proposal):
    desk, machine = at("aminata"), proposal.incident
    low = {claim.low: f"claim-{n}" for n, claim in enumerate(machine.claims.order_by("pk"))}
    accept_all(desk, proposal, but=("type", low[3], low[12]))
    refused = judge(desk, proposal, "reject", low[3], why="other")
    assert (refused.status_code, "the reason in words" in errors(refused)) == (400, True)
    assert judge(desk, proposal, "reject", low[3], why="not_said", note="An older loss").status_code == 302
    assert (
        judge(desk, proposal, "correct", low[12], low="13", high="15", quantifier="between").status_code
        == 302
    )
    early = settle(desk, proposal, "draft")
    assert (early.status_code, "type: “undecided” is refused" in early.content.decode()) == (400, True)
    judge(desk, proposal, "correct", "type", type="base_attack")
    done = settle(desk, proposal, "draft", reason="Read with care")
    assert done.status_code == 302, said(done)
    assert done["Location"].endswith(f"/incident/{machine.pk}/change/")
    draft = Incident.objects.get(pk=machine.pk)
    assert (draft.state, draft.author, draft.event_subtype, draft.place_name) == (
        "draft",
        people.aminata,
        "base_attack",
        machine.place_name,
    )
    (claim,) = draft.claims.filter(measure="killed")
    assert (claim.low, claim.high, claim.quantifier, claim.status, claim.phrase) == (
        13,
        15,
        "between",
        "accepted",
        "At least 12",
    )
    proposal.refresh_from_db()
    assert (proposal.state, proposal.report.state, proposal.incident) == ("accepted", "reviewed", draft)
    assert Trace.objects.get(subject=f"proposal:{proposal.pk}", verb="review").reason == "Read with care"
    assert Trace.objects.get(subject=f"incident:{draft.pk}", verb="revise").by == people.aminata


def test_a_decision_keeps_who_what_was_proposed_what_was_decided_and_why(at, people, proposal):
    judge(at("bakary"), proposal, "correct", "date", first="2025-06-12", last="2025-06-13", precision="days")
    judge(at("bakary"), proposal, "reject", "date", why="background", note="A look back")
    first, second = Decision.objects.filter(proposal=proposal)
    assert (first.by, first.verdict, first.proposed["first"], first.decided["first"]) == (
        people.bakary,
        "corrected",
        "2025-06-13",
        "2025-06-12",
    )
    assert (second.verdict, second.decided, second.why, second.note) == (
        "rejected",
        None,
        "background",
        "A look back",
    )
    traced = Trace.objects.filter(subject=f"proposal:{proposal.pk}", verb="decide").order_by("pk")
    assert [one.change["fields"] for one in traced] == [
        {"date": [None, "corrected"]},
        {"date": ["corrected", "rejected"]},
    ]


def test_two_editors_at_once_are_told(at, proposal):
    late = form_of(at("bakary"), proposal, "accept", "type")
    judge(at("aminata"), proposal, "reject", "type", why="not_said")
    answer = late.send()
    assert answer.status_code == 409
    assert "aminata rejected type at" in answer.content.decode()
    assert Decision.objects.get(proposal=proposal).verdict == "rejected"
    over = form_of(at("bakary"), proposal, "accept", "date")
    settle(at("aminata"), proposal, "reject")
    assert (over.send().status_code, Decision.objects.count()) == (409, 1)


def test_the_script_is_answered_in_json(at, proposal):
    client = at("aminata").client
    address = f"/admin/events/proposal/{proposal.pk}/decide/"
    asked = {"Accept": "application/json"}
    told = client.post(address, {"field": "type", "verdict": "accepted", "seen": "1"}, headers=asked).json()
    assert (told["seen"], told["verdict"], told["words"]) == ("2", "accepted", "Ambush (Battle)")
    wrong = client.post(
        address,
        {"field": "date", "verdict": "corrected", "seen": "2", "first": "Friday", "precision": "day"},
        headers=asked,
    )
    assert wrong.status_code == 400
    assert any(
        "first" in line and "Friday" in line and "YYYY-MM-DD" in line for line in wrong.json()["problems"]
    )
    assert client.post(address, {"field": "type", "verdict": "maybe", "seen": "2"}).status_code == 400
    assert client.post(address, {"field": "nothing", "verdict": "accepted", "seen": "2"}).status_code == 400


@pytest.mark.parametrize(
    ("key", "values", "says"),
    [
        ("type", {"type": "ambsh"}, "ambsh"),
        (
            "date",
            {"first": "2025-06-14", "last": "2025-06-13", "precision": "day"},
            "a day not before 2025-06-14",
        ),
        ("date", {"first": "2999-06-14", "last": "", "precision": "day"}, "2999"),
        ("place", {"place": "Nowhere at all", "precision": "near"}, "a name of the gazetteer"),
        ("place", {"place": "#999999999", "precision": "near"}, "a name of the gazetteer"),
        ("claim-0", {"low": "20", "high": "10"}, "at most high"),
        ("claim-0", {"low": "ten"}, "a whole number"),
        ("claim-0", {"claimant": "somebody"}, "an actor's or a source's slug or name"),
        ("claim-0", {"about": "malian-armed-force"}, "malian-armed-forces"),
    ],
)
def test_a_correction_that_cannot_be_kept_names_field_value_and_what_is_valid(
    at, proposal, key, values, says
):
    answer = judge(at("aminata"), proposal, "correct", key, **values)
    assert (answer.status_code, says in errors(answer)) == (400, True), errors(answer)
    assert not Decision.objects.exists()


def test_a_corrected_name_is_remembered_only_when_asked(at, people, wire, proposal):
    desk = at("aminata")
    key = next(key for key in keys_of(desk, proposal) if key.startswith("actor-"))
    judge(desk, proposal, "correct", key, actor="Azawad Liberation Front", role="side_b")
    front = Actor.objects.get(slug="azawad-liberation-front")
    assert front.names.count() == 1
    judge(
        desk,
        proposal,
        "correct",
        key,
        actor="azawad-liberation-front",
        role="side_b",
        remember="1",
        name_lang="en",
        name_from="2024-11",
    )
    name = ActorName.objects.exclude(text="Azawad Liberation Front").get(actor=front)
    assert (name.kind, name.lang, str(name.start)) == ("spelling", "en", "2024-11")
    assert name.text.casefold() in proposal.report.text.casefold()
    trace = Trace.objects.filter(subject=f"actor:{front.pk}").first()
    assert (trace.verb, trace.by) == ("revise", people.aminata)
    assert trace.change["parts"][0]["fields"]["text"] == [None, name.text]


def test_a_corrected_place_becomes_another_name_of_it(at, people, wire, proposal):
    ansongo = Place.objects.create(
        source="t", external_id="1", name="Ansongo", country="MLI", point="SRID=4326;POINT(0.5 15.66)"
    )
    desk = at("aminata")
    answer = judge(
        desk, proposal, "correct", "place", place=f"Ansongo #{ansongo.pk}", precision="exact", remember="1"
    )
    assert answer.status_code == 302, errors(answer)
    ansongo.refresh_from_db()
    assert ansongo.alternates == ["Menaka"]
    assert Trace.objects.get(subject=f"place:{ansongo.pk}").by == people.aminata
    judge(desk, proposal, "accept", "type")
    settle(desk, proposal, "draft")
    proposal.incident.refresh_from_db()
    assert (proposal.incident.place_name, proposal.incident.point.coords) == ("Ansongo", (0.5, 15.66))


def facts(incident: Incident) -> dict:
    """What an editor has set of an incident."""
    names = ("title_en", "event_subtype", "date_start", "place_name", "point", "outcome", "state")
    return Incident.objects.filter(pk=incident.pk).values(*names).get()


@pytest.fixture
def settled(at, proposal):
    """The incident that Aminata made of the first report."""
    accept_all(at("aminata"), proposal)
    assert settle(at("aminata"), proposal, "draft").status_code == 302
    return Incident.objects.get(pk=proposal.incident_id)


def test_claims_that_the_machine_left_pending_at_a_known_incident_are_decided(at, wire, settled):
    before, claims = facts(settled), list(settled.claims.order_by("pk").values())
    second = handled(wire, AGAIN)
    assert (second.incident, second.match["attached"]) == (settled, True)
    page = at("bakary").open(page_of(second)).content.decode()
    assert f"Attach to draft {settled.pk}" in page and "same place" in page
    accept_all(at("bakary"), second)
    done = settle(at("bakary"), second, f"attach:{settled.pk}")
    assert done.status_code == 302, said(done)
    assert facts(settled) == before
    assert list(settled.claims.order_by("pk").values())[: len(claims)] == claims
    (added,) = settled.claims.filter(report=second.report)
    assert (added.low, added.status) == (17, "accepted")
    settled.refresh_from_db()
    assert added.relayed_by in {entry["key"] for entry in settled.source_list}


def test_an_editor_parts_what_the_machine_took_for_one(at, wire, settled):
    second = handled(wire, AGAIN)
    accept_all(at("bakary"), second)
    settle(at("bakary"), second, "draft")
    second.refresh_from_db()
    assert second.incident != settled and second.incident.claims.get().low == 17
    (left,) = settled.claims.filter(report=second.report)
    assert (left.status, left.set_aside_why) == (
        "set_aside",
        f"told of incident {second.incident_id} instead",
    )


def test_a_draft_of_its_own_is_merged_into_the_incident_that_an_editor_names(at, wire, settled):
    before, second = facts(settled), handled(wire, ELSEWHERE)
    machine = second.incident
    assert machine != settled
    desk = at("bakary")
    accept_all(desk, second, but=("claim-0",))
    corrected = judge(desk, second, "correct", "claim-0", low="4", high="4")
    assert corrected.status_code == 302, said(corrected)
    wrong = settle(desk, second, "attach", target="MLI-2025-99999")
    assert (wrong.status_code, "MLI-2025-99999" in said(wrong)) == (400, True)
    assert settle(desk, second, "attach", target=str(settled.pk)).status_code == 302
    assert facts(settled) == before
    assert settled.claims.get(report=second.report).low == 4
    machine.refresh_from_db()
    assert (machine.state, machine.merged_into) == ("merged", settled)


def test_a_published_incident_is_changed_on_the_desk_and_not_in_the_record(at, people, wire, settled):
    from events.record import reading

    settled.state, settled.published_revision, settled.public_id = (
        "published",
        settled.revision,
        "MLI-2025-00001",
    )
    settled.save()
    second = handled(wire, ELSEWHERE)
    accept_all(at("bakary"), second)
    assert settle(at("bakary"), second, "attach", target="mli-2025-00001").status_code == 302
    settled.refresh_from_db()
    assert (settled.state, settled.changed_since_published) == ("published", True)
    assert reading.latest_number() == 0


def test_a_draft_that_a_person_worked_on_keeps_its_values(at, people, proposal):
    desk = at("aminata")
    edit = at("bakary").edit(proposal.incident)
    edit["title_en"] = "What Bakary wrote"
    edit["event_subtype"] = "clash"
    assert edit.send(reason="By hand").status_code == 302
    accept_all(desk, proposal)
    settle(desk, proposal, "draft")
    proposal.incident.refresh_from_db()
    assert (proposal.incident.title_en, proposal.incident.event_subtype) == ("What Bakary wrote", "clash")


def test_turning_down_takes_the_machines_draft_away(at, people, proposal):
    machine = proposal.incident_id
    assert settle(at("aminata"), proposal, "reject", reason="A film review").status_code == 302
    assert not Incident.objects.filter(pk=machine).exists()
    assert Trace.objects.get(subject=f"incident:{machine}", verb="discard").reason == "A film review"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.report.state) == ("rejected", "reviewed")


def test_a_review_publishes_nothing(at, proposal):
    desk = at("chantal")
    accept_all(desk, proposal)
    settle(desk, proposal, "draft")
    assert proposal.incident.published_revision is None
    assert not Trace.objects.filter(publication__isnull=False).exists()


def test_who_may_not_review_finds_nothing(at, people, wire, proposal):
    for name in ("moussa", "tiemoko"):
        assert at(name).open(page_of(proposal)).status_code == 404
        post = at(name).client.post(
            f"/admin/events/proposal/{proposal.pk}/decide/",
            {"field": "type", "verdict": "accepted", "seen": "1"},
        )
        assert post.status_code == 404
        with pytest.raises(Refused) as refused:
            decide(proposal, Judged("type", "accepted"), seen="1", by=getattr(people, name))
        assert refused.value.status == 404
    Source.objects.update(public=False)
    assert at("aminata").open(page_of(proposal)).status_code == 404
    with pytest.raises(Refused):
        decide(proposal, Judged("type", "accepted"), seen="1", by=people.aminata)
    assert at("chantal").open(page_of(proposal)).status_code == 200


def test_places_are_suggested_by_the_letters_typed(at, wire, proposal):
    for number, name in enumerate(("Menaka", "Tin Menaka", "Gao")):
        Place.objects.create(
            source="t", external_id=str(number), name=name, country="MLI", point="SRID=4326;POINT(2.4 15.9)"
        )
    answer = at("aminata").open(f"events/proposal/{proposal.pk}/places/?q=menak")
    assert [one.rpartition(" #")[0] for one in json.loads(answer.content)["places"]] == [
        "Menaka, MLI",
        "Tin Menaka, MLI",
    ]
    assert json.loads(at("aminata").open(f"events/proposal/{proposal.pk}/places/?q=").content) == {
        "places": []
    }


def test_who_showed_a_video_is_told_by_name(wire):
    shown = {"kind": "video", "verification": "unverified", "shown_by": "azawad-liberation-front"}
    told = evidence(Incident(), {"evidence": [shown, {**shown, "shown_by": "Nobody's channel"}]})
    assert [item.said_by for item in told] == ["Azawad Liberation Front", "Nobody's channel"]
