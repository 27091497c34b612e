"""Accounts: demo logins that stay the same, roles given by the technical admin."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from events.models import Trace
from tests.desk.browsing import LOCAL


@pytest.fixture
def folder(tmp_path, settings, database) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def demo() -> str:
    said = StringIO()
    call_command("demo_accounts", stdout=said)
    return said.getvalue()


def test_demo_logins_work_and_a_second_run_prints_the_same(folder):
    first = demo()
    assert demo() == first
    password = next(line.split()[1] for line in first.splitlines() if line.split()[0] == "chief")
    assert Client(headers=LOCAL).login(username="chief", password=password)
    assert stat.S_IMODE((folder / "demo-accounts.json").stat().st_mode) == 0o600
    assert Trace.objects.filter(verb="open").count() == 4


def test_a_password_that_was_changed_is_neither_printed_nor_changed_back(folder):
    demo()
    chief = User.objects.get(username="chief")
    chief.set_password("one of their own")
    chief.save()
    assert "password changed since" in demo()
    assert User.objects.get(username="chief").check_password("one of their own")


def test_lost_passwords_are_made_anew_and_a_spoilt_file_is_refused(folder):
    first = demo()
    (folder / "demo-accounts.json").unlink()
    second = demo()
    assert second != first
    assert demo() == second
    (folder / "demo-accounts.json").write_text("not json")
    with pytest.raises(CommandError, match="cannot be read"):
        demo()


def test_the_technical_admin_opens_an_account_and_gives_it_a_role(at, people):
    form = at("tiemoko").form("auth/user/add/", "user_form")
    password = "a long enough passphrase"
    sent = form.send(
        username="fanta", password1=password, password2=password, role="editor", reason="New colleague"
    )
    assert sent.status_code == 302
    fanta = User.objects.get(username="fanta")
    assert ([group.name for group in fanta.groups.all()], fanta.is_staff) == (["editor"], True)
    trace = Trace.objects.get(subject=f"user:{fanta.pk}")
    assert (trace.by, trace.change["fields"]["role"]) == (people.tiemoko, ["", "editor"])
    assert "pass" not in str(trace.change)


def test_taking_the_role_away_closes_the_door(at, people):
    form = at("tiemoko").form(f"auth/user/{people.bakary.pk}/change/", "user_form")
    assert form.send(role="", reason="Left").status_code == 302
    people.bakary.refresh_from_db()
    assert people.bakary.is_staff is False


def test_a_superuser_is_not_in_the_list(at, database):
    User.objects.create_superuser("root", password="x")
    assert b"root" not in at("tiemoko").open("auth/user/").content
