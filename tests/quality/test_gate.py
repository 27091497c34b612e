"""The gate: linter, formatter, types, layers, migrations and production settings, each as its own tool says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # Browser tests of the same session set Django's switch for Playwright's event loop.
    surroundings = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    command = (sys.executable, "-m", *command)
    return subprocess.run(
        command, cwd=ROOT, env={**surroundings, **environment}, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_the_tools_find_nothing(command):
    result = run(*command)
    assert result.returncode == 0, (result.stdout + result.stderr)[-4000:]


def test_imports_keep_to_the_layers():
    command = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([command], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-4000:]


def test_models_and_migrations_agree():
    result = run(
        "django", "makemigrations", "--check", "--dry-run", DJANGO_SETTINGS_MODULE="conflict.settings"
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("doors", ["public", "desk"])
def test_production_settings_pass_djangos_deployment_check(doors):
    environment = {
        "DJANGO_SETTINGS_MODULE": "conflict.settings",
        "DEBUG": "false",
        "HTTPS": "true",
        "DOORS": doors,
        "SECRET_KEY": "k" + "3xample-only-" * 6,
        "ALLOWED_HOSTS": "tracker.example.org",
        "DATABASE_URL": "" if doors == "public" else os.environ["DATABASE_URL"],
    }
    result = run("django", "check", "--deploy", "--fail-level", "WARNING", **environment)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("variable", "value", "hint"),
    [
        ("DEBUG", "perhaps", "true or false"),
        ("DOORS", "back", "one of all, public, desk"),
        ("RECORD_DATABASE_URL", "mysql://x", "postgis://"),
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
    ],
)
def test_a_wrong_setting_is_refused_at_start_with_a_hint(variable, value, hint):
    result = run("django", "check", DJANGO_SETTINGS_MODULE="conflict.settings", **{variable: value})
    assert result.returncode != 0
    assert hint in result.stderr
