"""The desk as a person has it: pages opened, forms filled in as a browser would send them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from lxml import html

from events.models import Incident

LOCAL = {"host": "localhost"}


class Form:
    """A form of a page: its values as a browser would send them, to be changed and sent."""

    def __init__(self, client: Client, address: str, response: HttpResponse, form_id: str) -> None:
        self.client, self.address = client, address
        page = html.fromstring(response.content.decode())
        forms = page.xpath(f"//form[@id='{form_id}']")
        assert forms, f"{address} answers {response.status_code} without a form {form_id}"
        self.values: dict[str, Any] = {}
        for name, value in forms[0].form_values():
            self.values.setdefault(name, []).append(value)

    def __setitem__(self, name: str, value: Any) -> None:
        self.values[name] = value if isinstance(value, list) else [value]

    def __getitem__(self, name: str) -> str:
        return self.values[name][0]

    def row(self, prefix: str, **values: Any) -> None:
        """Fill in one more row of an inline."""
        number = int(self[f"{prefix}-TOTAL_FORMS"])
        self[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
        blank = {name: v for name, v in self.values.items() if name.startswith(f"{prefix}-__prefix__-")}
        for name, value in blank.items():
            self[name.replace("__prefix__", str(number))] = value
        for name, value in values.items():
            self[f"{prefix}-{number}-{name}"] = value

    def send(self, button: str = "_save", **values: Any) -> HttpResponse:
        """Send the form with a button."""
        for name, value in values.items():
            self[name] = value
        sent = {name: value for name, value in self.values.items() if "__prefix__" not in name}
        return self.client.post(self.address, {**sent, button: ["Save"]})


class Desk:
    """One person at the desk."""

    def __init__(self, person: User) -> None:
        self.client = Client(headers=LOCAL)
        self.client.force_login(person)

    def open(self, path: str) -> HttpResponse:
        """A page of the desk."""
        return self.client.get(f"/admin/{path}")

    def form(self, path: str, form_id: str = "incident_form") -> Form:
        """The form of a page."""
        return Form(self.client, f"/admin/{path}", self.open(path), form_id)

    def edit(self, incident: Incident) -> Form:
        """The form of an incident."""
        return self.form(f"events/incident/{incident.pk}/change/")

    def act(self, name: str, *incidents: Incident, **values: Any) -> HttpResponse:
        """Do an act on incidents, filling in its page."""
        ids = ",".join(str(incident.pk) for incident in incidents)
        form = self.form(f"events/incident/acts/{name}/?ids={ids}", "act_form")
        return form.send(**{"reason": "Because it is right", **values})


def errors(response: HttpResponse) -> str:
    """Everything that a page complains of."""
    page = html.fromstring(response.content.decode())
    return " ".join(
        element.text_content().strip() for element in page.xpath("//*[contains(@class, 'errorlist')]")
    )


def public(path: str) -> HttpResponse:
    """What anybody gets."""
    return Client(headers=LOCAL).get(f"/api/v1/{path}")


def body(path: str) -> bytes:
    """The bytes that anybody gets."""
    response = public(path)
    return b"".join(response.streaming_content) if response.streaming else response.content
