"""Schemathesis over an OpenAPI document and a server, in all its phases: what was asked, and what did not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

PHASES = ("examples", "coverage", "fuzzing", "stateful")
PROBLEM = "application/problem+json"
LONGEST_LINE = 8000  # deploy/gunicorn.conf.py: limit_request_line, with method and version


@dataclass
class Run:
    """What a run has seen: cases by phase and by operation, answers by status, failures in words."""

    phases: Counter[str] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        """How many requests were sent."""
        return self.phases.total()

    def note(self, event: Any) -> None:
        """Take in one event of the engine."""
        if isinstance(event, events.ScenarioFinished):
            for case_id, interaction in event.recorder.interactions.items():
                self.phases[event.phase.name] += 1
                self.operations[event.recorder.cases[case_id].value.operation.label] += 1
                self.statuses[interaction.response.status_code if interaction.response else 0] += 1
            for case_id, checks in event.recorder.checks.items():
                for check in checks:
                    self.judge(event.recorder, case_id, check)
        elif isinstance(event, events.NonFatalError):
            self.failures[f"error: {event.label}"] = event.info.format()[-800:]
        elif isinstance(event, events.FatalError):
            self.failures["fatal"] = repr(event.exception)

    def judge(self, recorder: Any, case_id: str, check: Any) -> None:
        """Keep the first failure of each check on each operation, with how to repeat it."""
        if check.failure_info is None or too_long(recorder.interactions.get(case_id)):
            return
        name = f"{check.name}: {recorder.cases[case_id].value.operation.label}"
        said = f"{check.failure_info.failure}\n{check.failure_info.code_sample}"
        self.failures.setdefault(name, said[:800])


def too_long(interaction: Any) -> bool:
    """Was it refused for its length, which gunicorn does before the application sees it?"""
    answer = interaction.response if interaction else None
    return (
        answer is not None
        and answer.status_code == 414
        and len(quote(interaction.request.uri)) > LONGEST_LINE
    )


def run(document: dict[str, Any], url: str, settings: dict[str, Any]) -> Run:
    """Run every phase over the document against the server."""
    schema = schemathesis.openapi.from_dict(document, config=SchemathesisConfig.from_dict(settings))
    schema.config.update(base_url=url)
    found = Run()
    with house_checks(closed(document)):
        for event in from_schema(schema).execute():
            found.note(event)
    return found


@contextmanager
def house_checks(document: dict[str, Any]) -> Iterator[None]:
    """While it lasts, schemathesis also holds answers to what our own house promises."""

    def answers_say_nothing_undescribed(ctx: Any, response: Any, case: Any) -> None:
        described(document, response, case)

    def refusals_are_problem_documents(ctx: Any, response: Any, case: Any) -> None:
        refused_in_words(response)

    checks = (answers_say_nothing_undescribed, refusals_are_problem_documents)
    for check in checks:
        schemathesis.check(check)
    try:
        yield
    finally:
        for check in checks:
            schemathesis.checks.CHECKS.unregister(check.__name__)


def refused_in_words(response: Any) -> None:
    """A refusal is a problem document that names a field and what is valid there."""
    if not 400 <= response.status_code < 500:
        return
    kind = response.headers.get("content-type", [""])[0]
    assert kind == PROBLEM, f"{response.status_code} as {kind or 'nothing'}"
    body = response.json()
    assert body["status"] == response.status_code
    if response.status_code != 410:
        assert body["problems"], "a refusal that names nothing"
        assert all(problem["field"] and problem["valid"] for problem in body["problems"])


def described(document: dict[str, Any], response: Any, case: Any) -> None:
    """A JSON answer has no field that the document does not know."""
    answers = case.operation.definition.raw.get("responses", {}).get(str(response.status_code), {})
    content = answers.get("content", {})
    kind = response.headers.get("content-type", [""])[0].partition(";")[0]
    if kind not in content or not kind.endswith(("/json", "+json")):
        return
    schema = {**closed(content[kind]["schema"]), "components": document["components"]}
    error = next(jsonschema_rs.iter_errors(schema, response.json()), None)
    assert error is None, f"{error.instance_path if error else ''}: {error.message if error else ''}"


def closed(schema: Any) -> Any:
    """The schema without room for what it does not describe."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: closed(value) for name, value in schema.items()}
    return found | {"additionalProperties": False} if "properties" in schema and "type" in schema else found
