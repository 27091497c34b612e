"""Choice fields of the desk: rows of another table, found by letters typed; what is chosen is looked up once a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.http import HttpRequest


class OnlyIds:
    """A choice field that was sent something else than ids shows nothing chosen; the field's error says why.

    `known` are labels by id. All fields of a page that choose from one table share it.
    """

    known: dict[str, str] | None = None
    choices: Any

    def learn(self, ids: Iterable[str]) -> dict[str, str]:
        """Look up the labels that are not known yet, by one query."""
        known = self.known = {} if self.known is None else self.known
        missing = set(ids) - set(known)
        if missing:
            label = self.choices.field.label_from_instance
            known |= {str(row.pk): label(row) for row in self.choices.queryset.filter(pk__in=missing)}
        return known

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """What is chosen; everything else is found by typing."""
        ids = ids_of(value)
        known = self.learn(ids)
        chosen = [(one, known[one], True) for one in ids if one in known]
        optional = not self.is_required and not self.allow_multiple_selected  # type: ignore[attr-defined]
        options = [*([("", "", False)] if optional else []), *chosen]
        make = self.create_option  # type: ignore[attr-defined]
        return [(None, [make(name, *option, index) for index, option in enumerate(options)], 0)]


class Choice(OnlyIds, AutocompleteSelect):
    """One row of another table."""


class Choices(OnlyIds, AutocompleteSelectMultiple):
    """Several rows of another table."""


def ids_of(value: Any) -> list[str]:
    """The ids among what a field holds."""
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in values if str(one).isascii() and str(one).isdigit()]


def shared(widget: OnlyIds, model: type, request: HttpRequest) -> OnlyIds:
    """The widget, knowing what the other choices of this page from the same table know."""
    kept: dict[type, dict[str, str]] = request.__dict__.setdefault("_known_choices", {})
    widget.known = kept.setdefault(model, {})
    return widget


def learn_together(rows: Iterable[forms.BaseForm]) -> None:
    """Look up what is chosen in many forms by one query a table."""
    asked: dict[int, tuple[OnlyIds, set[str]]] = {}
    for form in rows:
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, OnlyIds) and widget.known is not None:
                asked.setdefault(id(widget.known), (widget, set()))[1].update(ids_of(form[name].value()))
    for widget, ids in asked.values():
        widget.learn(ids)
