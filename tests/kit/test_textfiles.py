"""Files as they arrive: plain, gzipped or zipped, within limits, refused with the reason when damaged."""

import gzip
import io
import zipfile

import pytest

from conflict.kit.iso3166 import ALPHA2, ALPHA3
from conflict.kit.problems import Problem, Refused
from conflict.kit.rejections import Rejections
from conflict.kit.textfiles import Limits, opened_text

TEXT = "name\tKidal\r\nname\tTinzaouatène\n"


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


KINDS = {
    "plain": TEXT.encode(),
    "with a byte order mark": TEXT.encode("utf-8-sig"),
    "gzip": gzip.compress(TEXT.encode()),
    "zip": zipped({"ML.txt": TEXT, "readme.txt": "about", "folder/": ""}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_text_comes_out_of_every_packing(tmp_path, kind):
    path = tmp_path / "any.name"
    path.write_bytes(KINDS[kind])
    with opened_text(path, (".txt",)) as text:
        assert text.read() == TEXT


REFUSED = {
    "a bomb": (gzip.compress(b"0" * 5_000_000), "100 times"),
    "a bomb in a zip": (zipped({"a.txt": "0" * 5_000_000}), "100 times"),
    "half a gzip": (gzip.compress(TEXT.encode() * 100)[:-12], "undamaged"),
    "a broken gzip": (b"\x1f\x8b\x08\x00" + b"\x00" * 30, "undamaged"),
    "a broken zip": (b"PK\x03\x04" + b"\x00" * 100, "undamaged"),
    "two candidates": (zipped({"a.txt": "1", "b.txt": "2"}), "exactly one entry"),
    "no candidate": (zipped({"a.shp": "1"}), "exactly one entry"),
    "many entries": (zipped({f"{number}.txt": "" for number in range(1001)}), "1,000 entries"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_safely_is_refused(tmp_path, case):
    content, reason = REFUSED[case]
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal, opened_text(path, (".txt",)) as text:
        text.read()
    assert reason in str(refusal.value) and "file" in str(refusal.value)


def test_a_plain_file_has_a_limit_too(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("0" * 3_000_000)
    with (
        pytest.raises(Refused, match="2,000,000 bytes"),
        opened_text(path, limits=Limits(size=2_000_000)) as text,
    ):
        text.read()
    with opened_text(path) as text:
        assert len(text.read()) == 3_000_000


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(Refused, match=r"nowhere\.csv"), opened_text(tmp_path / "nowhere.csv"):
        pass


def test_an_error_of_the_reader_stays_its_own(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("x")
    with pytest.raises(ConnectionError), opened_text(path):
        raise ConnectionError("the database went away")


def test_bytes_that_are_not_utf8_arrive_as_surrogates(tmp_path):
    path = tmp_path / "latin"
    path.write_bytes(b"M\xe9naka\nGao\n")
    with opened_text(path) as text:
        assert text.readlines() == ["M\udce9naka\n", "Gao\n"]


def test_rejected_rows_are_reported_line_by_line(tmp_path):
    path = tmp_path / "reports" / "rejected.csv"
    with Rejections(path) as rejections:
        assert not path.exists()
        rejections.add("ML.txt", 7, Problem("latitude", "=91", "a number from -90 to 90"))
        rejections.add("ML.txt", 9, Problem("name", "a\udce9", "text"))
    assert rejections.count == 2
    assert path.read_bytes().decode() == (
        "file,line,column,value,reason\r\n"
        "ML.txt,7,latitude,'=91,valid: a number from -90 to 90\r\n"
        "ML.txt,9,name,a?,valid: text\r\n"
    )


def test_country_codes_go_both_ways():
    assert ALPHA3["ML"] == "MLI" and ALPHA2["NER"] == "NE" and len(ALPHA3) == len(ALPHA2) == 55
