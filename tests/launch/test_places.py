"""Folders: which suits whom, how socket paths stay short, and whose folders are refused."""

import os
import stat
from pathlib import Path

import pytest

from conflict.launch import places
from conflict.launch.accounts import current
from conflict.launch.places import LONGEST_SOCKET, SOCKET_NAME, Places, copy_name, data_folder, short_folder
from conflict.launch.speech import Refusal


def test_sahel_data_chooses_the_folder(tmp_path: Path) -> None:
    assert data_folder({"SAHEL_DATA": str(tmp_path)}) == tmp_path.resolve()


def test_root_keeps_data_in_var_lib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_root", lambda: True)
    assert data_folder({}).parent == Path("/var/lib/sahel-conflict-tracker")


def test_a_person_keeps_data_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_root", lambda: False)
    assert data_folder({"HOME": "/home/awa"}).parent == Path("/home/awa/.local/share/sahel-conflict-tracker")


def test_two_checkouts_have_two_names_and_each_keeps_its_own() -> None:
    first, second = Path("/srv/a/tracker"), Path("/srv/b/tracker")
    assert copy_name(first) != copy_name(second)
    assert copy_name(first) == copy_name(first)


def test_a_short_data_folder_holds_its_sockets() -> None:
    assert short_folder(Path("/data"), "db", {}) == Path("/data/sockets/db")


@pytest.mark.parametrize("odd", ["/data/Awa's", "/data/two words", "/data/a,b", "/data/é"])
def test_a_data_folder_with_an_odd_name_gets_sockets_elsewhere(odd: str) -> None:
    assert odd not in str(short_folder(Path(odd), "db", {}))


@pytest.mark.parametrize("root", [True, False])
def test_a_deep_data_folder_gets_sockets_on_a_short_path(root: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_root", lambda: root)
    deep = Path("/home/awa") / ("long" * 20) / ("deep" * 20)
    found = short_folder(deep, "test-4194304-db", {})
    assert len(os.fsencode(found / SOCKET_NAME)) <= LONGEST_SOCKET
    assert found != short_folder(deep / "other", "test-4194304-db", {})


def test_rooms_are_closed_to_others(tmp_path: Path) -> None:
    room = Places(tmp_path / "data", {}).room("postgres", current())
    assert stat.S_IMODE(room.stat().st_mode) == 0o700


def test_a_link_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "postgres").symlink_to(tmp_path)
    with pytest.raises(Refusal, match="link"):
        Places(tmp_path / "data", {}).room("postgres", current())


def test_somebody_elses_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_root", lambda: False)
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(Refusal, match="belongs to somebody else"):
        places.make_folder(tmp_path, 0o700)
