"""What the desk's forms share: the reason, what was seen, partial dates, and a verb's refusal as form errors."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property

from actors.dated import partial
from conflict.kit.dates import PartialDate
from conflict.kit.problems import Problem, Refused
from events.admin.choices import learn_together
from events.admin.fields import CitationsField, PartialDateField, said
from events.verbs.editing import seen_of

OF_AN_INLINE = re.compile(r"[a-z_0-9]+-[0-9]+ ")


def add_problem(form: forms.BaseForm, problem: Problem) -> None:
    """A problem beside its field, or above the form when it has none there."""
    name = problem.field.rpartition(" ")[2]
    known = name in form.fields and not form.fields[name].widget.is_hidden
    text = problem.valid if name == "seen" else said(problem)
    form.add_error(name if known else None, text if known or name == "seen" else f"{name}: {text}")


def say_what_is_missing(form: forms.BaseForm) -> None:
    """A field that was left empty is named, with what is valid there."""
    for name, field in form.fields.items():
        label = field.label or name.replace("_", " ")
        missing = f"{str(label)[:1].upper()}{str(label)[1:]}: nothing was given; valid: {wanted(field)}."
        field.error_messages = {"required": missing} | {
            key: value for key, value in field.error_messages.items() if key != "required"
        }


def wanted(field: forms.Field) -> str:
    """What a field takes, in a word or two."""
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return "one of the choices"
    if isinstance(field, forms.FileField):
        return "a file"
    if isinstance(field, forms.BooleanField):
        return "ticked"
    if isinstance(field, forms.DateField):
        return "a day as YYYY-MM-DD"
    return "a number" if isinstance(field, forms.IntegerField | forms.FloatField) else "a text"


class KeptByVerb(forms.ModelForm):
    """A form that a verb saves: the verb asks the database's constraints and answers in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)

    def _post_clean(self) -> None:
        # Django would ask the constraints here and show their names; the verb asks them again.
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()  # type: ignore[misc]
        finally:
            del self.instance.validate_constraints


class PartialDates(KeptByVerb):
    """Dates that may be known to the year or the month only: `partial_dates` maps a field to `first` or `last` day."""

    partial_dates: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.partial_dates:
            known = partial(getattr(self.instance, name), getattr(self.instance, f"{name}_precision"))
            self.initial[name] = "" if known is None else str(known)

    def clean(self) -> dict[str, Any] | None:
        """A partial date becomes its first or last day, and its precision."""
        cleaned = super().clean() or self.cleaned_data
        for name, end in self.partial_dates.items():
            known = cleaned.get(name)
            if isinstance(known, PartialDate):
                cleaned[name] = known.first_day if end == "first" else known.last_day
                setattr(self.instance, f"{name}_precision", known.precision)
        return cleaned


class PeriodForm(PartialDates):
    """A row with a period."""

    partial_dates = {"starts": "first", "ends": "last"}
    starts = PartialDateField(label="from")
    ends = PartialDateField(label="until")


class SourcedPeriodForm(PeriodForm):
    """A row with a period and citations."""

    sources = CitationsField(parts=("outlet", "date", "title", "url", "language"))


class DeskForm(PartialDates):
    """A form whose saving is the verb `revise`."""

    refusal: Refused | None = None
    reason = forms.CharField(
        max_length=500,
        label="Reason for this change",
        widget=forms.TextInput({"size": 80, "autocomplete": "off"}),
        help_text="Kept for ever, and public when this is published: no names of sources.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].required = True
            self.initial["seen"] = seen_of(self.instance)

    def clean(self) -> dict[str, Any] | None:
        """After a refusal the form is shown again with it, and saves nothing."""
        cleaned = super().clean()
        for problem in self.refusal.problems if self.refusal else ():
            if not OF_AN_INLINE.match(problem.field):
                add_problem(self, problem)
        return cleaned


class DeskFormSet(BaseInlineFormSet):
    """Rows that hang on the edited one; the verb saves them."""

    refusal: Refused | None = None

    @cached_property
    def forms(self) -> list[Any]:  # type: ignore[override]
        """The rows; what is chosen in all of them is looked up together."""
        rows: list[Any] = super().forms
        learn_together(rows)
        return rows

    def clean(self) -> None:
        """A refusal of one of these rows stands beside its field."""
        super().clean()
        for problem in self.refusal.problems if self.refusal else ():
            prefix, _, _ = problem.field.partition(" ")
            for form in self.forms:
                if form.prefix == prefix:
                    add_problem(form, problem)
