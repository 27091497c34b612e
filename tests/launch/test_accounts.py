"""Root works through system accounts; everybody else as themselves."""

import os
from pathlib import Path

import pytest

from conflict.launch import accounts
from conflict.launch.accounts import Account, current, for_application, for_cluster
from conflict.launch.speech import Refusal


def test_a_person_runs_everything_as_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "is_root", lambda: False)
    assert for_cluster() == for_application() == current()
    assert current().switch() == {}


def test_database_and_application_have_two_accounts_under_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "is_root", lambda: True)
    ids = {"sahel-db": 901, "sahel": 902}
    monkeypatch.setattr(accounts, "named", lambda name: Account(name, ids[name], ids[name]))
    assert for_cluster().uid == 901
    assert for_application().switch() == {"user": 902, "group": 902, "extra_groups": []}


def test_a_persons_account_of_that_name_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "named", lambda name: Account(name, 1000, 1000))
    with pytest.raises(Refusal, match="not a system account"):
        accounts.ensured("sahel")


def test_a_missing_account_is_created(monkeypatch: pytest.MonkeyPatch) -> None:
    there: dict[str, Account] = {}
    monkeypatch.setattr(accounts, "named", there.__getitem__)
    monkeypatch.setattr(accounts, "create", lambda name: there.update({name: Account(name, 900, 900)}))
    assert accounts.ensured("sahel").uid == 900


def test_whether_an_account_reaches_a_folder_is_tried(tmp_path: Path) -> None:
    me = Account("me", os.geteuid(), os.getegid())
    assert me.reaches(tmp_path, "-w")
    assert not me.reaches(tmp_path / "nothing", "-w")
