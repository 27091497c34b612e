"""People of the desk: accounts and the role each holds. Technical admins keep them; they see no drafts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from events.admin.base import DeskAdmin
from events.admin.site import desk
from events.policy import DeskRole, shown_role
from events.verbs.accounts import keep_account

ROLES = [("", "none: cannot log in"), *((role.value, role.en) for role in DeskRole)]


class AccountForm(forms.ModelForm):
    """An account with its role."""

    role = forms.ChoiceField(choices=ROLES, required=False)
    reason = forms.CharField(
        max_length=500, label="Reason for this change", widget=forms.TextInput({"size": 80})
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance.groups.values_list("name", flat=True).first() if self.instance.pk else ""
        self.initial["role"] = held or ""


class NewAccountForm(BaseUserCreationForm):
    """A new account: name, first password, role."""

    role = forms.ChoiceField(choices=ROLES, required=False)
    reason = forms.CharField(max_length=500, widget=forms.TextInput({"size": 80}))

    class Meta(BaseUserCreationForm.Meta):
        fields = ("username",)


@admin.register(User, site=desk)
class AccountAdmin(DeskAdmin):
    """Accounts."""

    form = AccountForm
    list_display = ("username", "role", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "first_name", "last_name")
    fields = ("username", ("first_name", "last_name"), "role", "is_active")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Superusers are kept from the machine's terminal alone."""
        return super().get_queryset(request).filter(is_superuser=False).prefetch_related("groups")

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A first password is asked for once."""
        if obj is None:
            kwargs["form"] = NewAccountForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list[Any]:
        """Name, passwords and role of a new account; the rest later."""
        if obj is None:
            return [(None, {"fields": ("username", "password1", "password2", "role")})]
        return super().get_fieldsets(request, obj)

    @admin.display(description="role")
    def role(self, row: User) -> str:
        """The role that others see."""
        return shown_role(row)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        """Hand the account to its verb."""
        typed = form.cleaned_data
        done = keep_account(form.instance, typed["role"], by=request.user, reason=typed["reason"])
        request.change_trace = done  # type: ignore[attr-defined]
