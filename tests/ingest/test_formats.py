"""Document formats besides HTML and text: PDF, Word, messages."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from events.ingest.documents import Unreadable, document_formats, type_of
from events.ingest.formats.docx import LARGEST_PART
from events.ingest.read import read

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINES = ["At least ten soldiers were killed near", "Menaka on Tuesday, the army said.", "It gave no names."]


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, drawn line by line as printers do."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    drawn = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream.set_data(f"BT /F1 11 Tf 60 780 Td {drawn} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def docx(paragraphs: list[str], core: str = "") -> bytes:
    """A Word document with the parts that matter."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
        if core:
            archive.writestr("docProps/core.xml", core)
    return kept.getvalue()


def test_a_pdf_gives_sentences_across_its_lines() -> None:
    got = read(pdf(LINES), "application/pdf")
    assert "killed near Menaka on Tuesday, the army said." in got.text
    assert got.lang == "en"


def test_a_pdf_without_text_says_that_it_is_a_picture() -> None:
    with pytest.raises(Unreadable, match="only pictures"):
        read(pdf([]), "application/pdf")


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"%PDF-1.7\ntrailer<</Root 1 0 R>>", pdf(LINES)[:400]])
def test_a_broken_pdf_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content, "application/pdf")


def test_a_word_document_gives_paragraphs_title_and_date() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="urn:x" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Bilan de Djibo</dc:title>'
        "<dcterms:created>2023-05-04T08:00:00Z</dcterms:created></cp:coreProperties>"
    )
    got = read(docx(["Onze civils ont été tués à Djibo.", "L'armée ne s'est pas exprimée."], core))
    assert got.text == "Bilan de Djibo\n\nOnze civils ont été tués à Djibo.\n\nL'armée ne s'est pas exprimée."
    assert (got.lang, got.published) == ("fr", datetime(2023, 5, 4, 8, tzinfo=UTC))


def test_a_word_document_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="unpacks to more than"):
        read(docx(["a" * (LARGEST_PART + 1)]))


def test_a_zip_that_is_no_word_document_is_unreadable() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Unreadable, match="Word document cannot be read"):
        read(kept.getvalue())


def test_a_message_gives_subject_date_and_its_html() -> None:
    message = (
        "Message-ID: <1@example.org>\r\nSubject: =?utf-8?q?M=C3=A9naka?=\r\nDate: Thu, 04 May 2023 08:00:00 +0100\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><article>"
        + "".join(
            f"<p>Dix soldats ont été tués près de Ménaka le {day} mai, selon un habitant.</p>"
            for day in (1, 2, 3)
        )
        + "</article></body></html>"
    )
    got = read(message.encode(), "message/rfc822")
    assert got.title == "Ménaka" and "le 3 mai" in got.text and "<p>" not in got.text
    assert got.published == datetime(2023, 5, 4, 7, tzinfo=UTC)


def test_formats_are_found_by_file_ending() -> None:
    assert type_of("a.b.HTM") == "text/html" and type_of("a.exe") == ""
    assert set(document_formats()) == {"html", "text", "pdf", "docx", "message"}
