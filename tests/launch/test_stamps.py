"""A step is skipped while what it was done from has not changed, and only then."""

from pathlib import Path

from conflict.launch.stamps import digest_of, drop, is_stamped, put


def test_the_same_files_have_the_same_digest_whatever_their_times(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    before = digest_of([tmp_path])
    file.write_text("two")
    changed = digest_of([tmp_path])
    file.write_text("one")
    assert before == digest_of([tmp_path]) != changed


def test_a_renamed_or_added_file_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    before = digest_of([tmp_path])
    (tmp_path / "b.txt").write_text("")
    added = digest_of([tmp_path])
    (tmp_path / "b.txt").rename(tmp_path / "c.txt")
    assert len({before, added, digest_of([tmp_path])}) == 3


def test_what_is_generated_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one")
    before = digest_of([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("compiled")
    assert digest_of([tmp_path]) == before


def test_words_count(tmp_path: Path) -> None:
    assert digest_of([], "ab", "c") != digest_of([], "a", "bc")


def test_a_step_counts_as_done_between_put_and_drop(tmp_path: Path) -> None:
    stamp = tmp_path / "new" / "stamp"
    assert not is_stamped(stamp, "d")
    put(stamp, "d")
    assert is_stamped(stamp, "d")
    assert not is_stamped(stamp, "e")
    drop(stamp)
    assert not is_stamped(stamp, "d")
