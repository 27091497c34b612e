"""Reports by hand: a text, a file or an address; read by the worker alone, with errors that say what is valid."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conflict.kit.problems import Refused
from events.ingest.wanted import fetch_wanted
from events.ingest.working import read_report
from events.models import Report, Source, Trace
from events.verbs.entering import LARGEST_FILE, enter_file, want_address
from events.verbs.reporting import keep_report
from tests.desk.browsing import errors

TEXT = "Ambush near Menaka\n\nGunmen ambushed an army convoy near Menaka on Friday, officials said."
PAGE = (
    f"<html lang='en'><head><title>Ambush</title></head><body><article><p>{TEXT}</p></article></body></html>"
)


@pytest.fixture
def wire(desk):
    return Source.objects.create(slug="wire", name="Example Wire")


@pytest.fixture
def sent(monkeypatch):
    """What was handed to the broker."""
    tasks: list[tuple] = []
    monkeypatch.setattr(
        "events.verbs.enqueue.current_app.send_task",
        lambda name, args, **options: tasks.append((name, *args)),
    )
    return tasks


def bring(desk, wire, file=None, **values):
    given = {"source": str(wire.pk), "text": "", "url": "", "title": "", "published_at": "", **values}
    return desk.client.post("/admin/events/report/add/", {**given, **({"file": file} if file else {})})


def word(text: str) -> bytes:
    """A minimal Word document."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
    return held.getvalue()


def test_a_pasted_text_is_kept_exactly_and_handed_to_the_worker(at, people, wire, sent):
    answer = bring(at("aminata"), wire, text=TEXT, url="https://example.org/1", published_at="2025-06-14")
    report = Report.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/events/report/{report.pk}/change/")
    assert (bytes(report.content).decode(), report.state, report.source) == (TEXT, "new", wire)
    assert (report.url, report.published_at.isoformat()) == (
        "https://example.org/1",
        "2025-06-14T00:00:00+00:00",
    )
    assert sent == [("events.tasks.read", report.pk)]
    trace = Trace.objects.get(subject=f"report:{report.pk}")
    assert (trace.verb, trace.by, trace.role) == ("keep_report", people.aminata, "editor")
    desk = at("bakary")
    again = desk.client.get(bring(desk, wire, text=TEXT)["Location"]).content.decode()
    assert ("This report is here already." in again, Report.objects.count()) == (True, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("note.txt", TEXT.encode()),
        ("page.html", PAGE.encode()),
        ("report.docx", word(TEXT)),
    ],
)
def test_a_file_is_kept_as_it_is_and_read_in_the_child(at, wire, sent, name, content):
    assert bring(at("aminata"), wire, file=SimpleUploadedFile(name, content)).status_code == 302
    report = Report.objects.get()
    assert (bytes(report.content), report.text) == (content, "")
    read_report(report.pk)
    report.refresh_from_db()
    assert report.state == "read", report.problem
    assert "ambushed an army convoy" in report.text


def test_a_file_that_is_not_what_its_name_says_is_set_aside_with_its_problem(at, wire, sent):
    bring(
        at("aminata"), wire, file=SimpleUploadedFile("report.pdf", b"%PDF-1.7 and then nothing of the kind")
    )
    report = Report.objects.get()
    read_report(report.pk)
    report.refresh_from_db()
    assert report.state == "set_aside" and report.problem


@pytest.mark.parametrize(
    ("values", "file", "says"),
    [
        ({}, None, "a text, a file or an address"),
        ({"text": "too short"}, None, "20 to 200,000 characters; it has 9"),
        ({"text": TEXT}, ("a.txt", b"x"), "valid: one of them"),
        ({}, ("song.mp3", b"ID3"), "“song.mp3” is refused; valid: a file that ends in"),
        ({"url": "ftp://example.org/1"}, None, "begins with http:// or https://"),
        ({"url": "https://user:secret@example.org/"}, None, "without user"),
        ({"text": TEXT, "published_at": "last week"}, None, "YYYY-MM-DD"),
        ({"text": TEXT, "published_at": "2025-06-31"}, None, "YYYY-MM-DD"),
        ({"text": TEXT, "source": "999999"}, None, "valid choice"),
        ({"text": TEXT, "source": "x"}, None, "valid choice"),
    ],
)
def test_what_cannot_be_kept_names_field_value_and_what_is_valid(at, wire, sent, values, file, says):
    answer = bring(at("aminata"), wire, file=SimpleUploadedFile(*file) if file else None, **values)
    assert answer.status_code in (200, 400)
    assert says in errors(answer), errors(answer)
    assert (Report.objects.count(), sent) == (0, [])


def test_a_file_that_is_too_large_is_refused_by_form_and_verb(at, people, wire, sent):
    large = b"x" * (LARGEST_FILE + 1)
    assert "at most 20,000,000 bytes" in errors(
        bring(at("aminata"), wire, file=SimpleUploadedFile("a.txt", large))
    )
    with pytest.raises(Refused) as refused:
        enter_file(wire, large, "text/plain", name="a.txt", by=people.aminata)
    assert refused.value.problems[0].field == "file"
    assert not Report.objects.exists()


def test_an_address_is_fetched_by_the_worker_through_the_guard(at, people, wire, sent, httpserver, settings):
    settings.FEED_ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    httpserver.expect_oneshot_request("/1").respond_with_data(PAGE, content_type="text/html; charset=utf-8")
    url = httpserver.url_for("/1")
    assert bring(at("aminata"), wire, url=url).status_code == 302
    report = Report.objects.get()
    assert (report.state, report.url, sent) == ("wanted", url, [("events.tasks.fetch", report.pk)])
    fetch_wanted(report.pk)
    fetch_wanted(report.pk)
    report.refresh_from_db()
    assert (report.state, bytes(report.content).decode(), report.final_url) == ("new", PAGE, url)
    assert sent[1:] == [("events.tasks.read", report.pk)]
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://169.254.169.254/latest/", "http://[::1]/"])
def test_an_address_inside_is_refused_for_good_and_can_be_tried_again_by_an_editor(at, wire, sent, url):
    bring(at("aminata"), wire, url=url)
    report = Report.objects.get()
    fetch_wanted(report.pk)
    report.refresh_from_db()
    assert (report.state, "not fetched" in report.problem) == ("set_aside", True)
    form = at("aminata").form(f"events/report/acts/retry/?ids={report.pk}", "act_form")
    assert form.send(reason="It is open now").status_code == 302
    report.refresh_from_db()
    assert (report.state, sent[-1]) == ("wanted", ("events.tasks.fetch", report.pk))


def test_a_document_that_is_there_already_is_said(at, wire, sent, httpserver, settings):
    settings.FEED_ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    httpserver.expect_request("/1").respond_with_data(PAGE, content_type="text/html")
    bring(at("aminata"), wire, file=SimpleUploadedFile("page.html", PAGE.encode()))
    kept = Report.objects.get()
    bring(at("aminata"), wire, url=httpserver.url_for("/1"))
    report = Report.objects.exclude(pk=kept.pk).get()
    fetch_wanted(report.pk)
    report.refresh_from_db()
    assert (report.state, report.problem) == ("set_aside", f"the same document is report {kept.pk} already")


def test_who_may_not_bring_reports_finds_no_door(at, people, wire, sent):
    for name in ("moussa", "tiemoko"):
        assert at(name).open("events/report/add/").status_code == 404
        assert bring(at(name), wire, text=TEXT).status_code == 404
        with pytest.raises(Refused):
            want_address(wire, "https://example.org/1", by=getattr(people, name))
    hidden = Source.objects.create(slug="hidden", name="Hidden", public=False)
    assert "valid choice" in errors(bring(at("aminata"), hidden, text=TEXT))
    assert bring(at("chantal"), hidden, text=TEXT).status_code == 302
    assert Report.objects.get().source == hidden


def test_a_report_without_a_title_is_not_called_by_its_digest(people, at):
    source = Source.objects.create(slug="plain", name="Plain")
    report, _ = keep_report(
        source=source, content=b"One paragraph alone, about nothing.", content_type="text/plain"
    )
    text = at("aminata").open(f"events/report/{report.pk}/change/").content.decode()
    assert f"<h2>report {report.pk}, without a title</h2>" in text


def test_the_page_of_a_report_looks_again_until_the_machine_is_done(people, at):
    source = Source.objects.create(slug="plain", name="Plain")
    report, _ = keep_report(
        source=source, content=b"One paragraph alone, about nothing.", content_type="text/plain"
    )
    page = f"events/report/{report.pk}/change/"
    for attempts in (0, 1):
        Report.objects.filter(pk=report.pk).update(attempts=attempts)
        assert 'http-equiv="refresh"' in at("aminata").open(page).content.decode()
    Report.objects.filter(pk=report.pk).update(state="nothing")
    assert 'http-equiv="refresh"' not in at("aminata").open(page).content.decode()


def test_a_report_that_repeats_another_leads_to_it_and_back(people, at):
    texts = (b"One paragraph alone, about nothing at all.", b"One paragraph alone, about nothing much.")
    source = Source.objects.create(slug="plain", name="Plain")
    first, again = (
        keep_report(source=source, content=text, content_type="text/plain", title=f"Number {len(text)}")[0]
        for text in texts
    )
    Report.objects.filter(pk=again.pk).update(parent=first, kinship="copy", state="copy")
    page = at("aminata").open(f"events/report/{again.pk}/change/").content.decode()
    assert f'A copy of <a href="/admin/events/report/{first.pk}/change/">Plain: {first.title}</a>' in page
    assert (
        f"/admin/events/report/{again.pk}/change/"
        in at("aminata").open(f"events/report/{first.pk}/change/").content.decode()
    )
