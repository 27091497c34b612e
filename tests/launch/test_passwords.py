"""Secrets are made once, on this machine, and only their owner reads them."""

import stat
from pathlib import Path

import pytest

from conflict.launch.passwords import NAMES, kept
from conflict.launch.speech import Refusal


def test_secrets_are_made_once(tmp_path: Path) -> None:
    first = kept(tmp_path / "secrets.json")
    assert set(first) == set(NAMES)
    assert len(set(first.values())) == len(NAMES)
    assert kept(tmp_path / "secrets.json") == first


def test_the_secret_key_is_long_enough_for_production(tmp_path: Path) -> None:
    assert len(kept(tmp_path / "secrets.json")["secret_key"]) >= 50


def test_two_copies_have_different_secrets(tmp_path: Path) -> None:
    assert kept(tmp_path / "a.json")["secret_key"] != kept(tmp_path / "b.json")["secret_key"]


def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    kept(tmp_path / "secrets.json")
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_a_missing_secret_is_added_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"secret_key": "as it was"}')
    found = kept(tmp_path / "secrets.json")
    assert found["secret_key"] == "as it was"
    assert found["sahel_owner"]


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"secret_key": 3}'])
def test_a_damaged_file_is_refused_and_not_replaced(tmp_path: Path, damaged: str) -> None:
    file = tmp_path / "secrets.json"
    file.write_text(damaged)
    with pytest.raises(Refusal) as refused:
        kept(file)
    assert str(file) in refused.value.advice
    assert file.read_text() == damaged
