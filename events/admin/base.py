"""What every page of the desk shares: the policy as permissions, the verb `revise` as the only way to save."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.gis.db.models import PointField as PointColumn
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet, ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from conflict.kit.problems import Refused
from events.admin.choices import Choice, Choices, shared
from events.admin.fields import PointField
from events.admin.forms import DeskForm, DeskFormSet
from events.admin.pages import CappedPaginator
from events.models import Trace
from events.policy import Act, may, may_thing
from events.verbs.differences import Part
from events.verbs.editing import revise
from events.verbs.tracing import subject_of


class Visible:
    """Choices of a form are those that the person may know of."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """One choice."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            widget = Choice(db_field, self.admin_site)
            kwargs.setdefault("widget", shared(widget, db_field.related_model, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Several choices."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            widget = Choices(db_field, self.admin_site)
            kwargs.setdefault("widget", shared(widget, db_field.related_model, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> QuerySet | None:
        """The rows of another table that this person may see."""
        related = self.admin_site._registry.get(db_field.remote_field.model)
        return related.get_queryset(request) if related else None

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Points are typed on our map, read by our reader."""
        if isinstance(db_field, PointColumn):
            nonce = str(getattr(request, "csp_nonce", ""))
            return PointField(required=not db_field.blank, help_text=db_field.help_text, nonce=nonce)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        related = self.admin_site._registry.get(db_field.related_model) if db_field.is_relation else None
        if isinstance(field, ModelChoiceField) and isinstance(related, DeskAdmin):
            field.label_from_instance = related.label_of  # type: ignore[method-assign]
        return field


class DeskAdmin(Visible, admin.ModelAdmin):
    """A table of the desk."""

    form = DeskForm
    paginator = CappedPaginator
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    save_on_top = False
    actions = None
    change_form_template = "admin/desk_form.html"
    object_history_template = "admin/traces.html"

    def label_of(self, row: Model) -> str:
        """What a choice of this table is called in forms."""
        return str(row)

    def allowed(self, request: HttpRequest, act: Act, row: Model | None = None) -> bool:
        """Whether this person may do this here."""
        if row is not None:
            return may(request.user, act, row)
        return may_thing(request.user, act, self.opts.model_name)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the table is shown at all."""
        return self.allowed(request, Act.READ)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Reading."""
        return self.allowed(request, Act.READ, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Opening a new row."""
        return self.allowed(request, Act.REVISE)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Revising."""
        return self.allowed(request, Act.REVISE, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Rows of the desk are not deleted: they are merged, retracted or set aside."""
        return False

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        raise Http404

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show and save; what the verb refuses is shown as form errors, with nothing saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            if refusal.status == 404:
                raise Http404 from refusal
            request.refusal = refusal  # type: ignore[attr-defined]
            response = super().changeform_view(request, object_id, form_url, extra_context)
            response.status_code = refusal.status
            return response

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, called by what is in it."""
        title = {"title": str(self.opts.verbose_name_plural).capitalize()}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    @admin.display(description="changed")
    def changed_at(self, row: Any) -> str:
        """When it was changed last, in UTC."""
        return f"{row.updated_at:%Y-%m-%d %H:%M}"

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form, knowing of a refusal."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refusal": getattr(request, "refusal", None)})

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Nothing is saved here: `save_related` has the whole edit."""

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        """Hand the row and everything that hangs on it to the verb."""
        parts = [part for formset in formsets for part in parts_of(formset)]
        request.change_trace = self.revise(request, form, parts)  # type: ignore[attr-defined]

    def revise(self, request: HttpRequest, form: Any, parts: list[Part]) -> Trace | None:
        """The edit as a verb."""
        typed = form.cleaned_data
        return revise(
            form.instance,
            parts,
            links=links_of(form),
            seen=typed["seen"],
            by=request.user,
            reason=typed["reason"],
        )

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[Any]:
        """The trace says it."""
        return []

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """The trace is the log."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """The trace is the log."""

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        """An edit without a change says so."""
        if getattr(request, "change_trace", None) is None and "_continue" not in request.POST:
            messages.info(request, "Nothing was changed, so nothing was saved.")
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The traces of a row: who changed what, from what, to what, why."""
        obj = self.get_object(request, object_id)
        if obj is None or not self.has_view_permission(request, obj):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"Traces of {obj}",
            "traces": Trace.objects.filter(subject=subject_of(obj)).select_related("by")[:200],
            "object": obj,
            "opts": self.opts,
        }
        return TemplateResponse(request, self.object_history_template, context)


class ReadOnlyAdmin(DeskAdmin):
    """A table that people only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes by hand."""
        return False


class DeskInline(Visible):
    """Rows that hang on another one: who may revise that one may revise them."""

    formset: Any = DeskFormSet
    extra = 0
    addable: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without buttons beside each choice: rows are dense."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            if field is not None and hasattr(field.widget, name):
                setattr(field.widget, name, name == "can_add_related" and db_field.name in self.addable)
        return field

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """The formset, knowing of a refusal."""
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        return type(formset.__name__, (formset,), {"refusal": getattr(request, "refusal", None)})

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Reading."""
        return obj is None or may(request.user, Act.READ, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Revising."""
        return obj is None or may(request.user, Act.REVISE, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Adding."""
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Taking away."""
        return self.has_change_permission(request, obj)


class DeskTable(DeskInline, admin.TabularInline):
    """Rows in a table."""


class DeskStack(DeskInline, admin.StackedInline):
    """Rows one under the other."""


def links_of(form: Any) -> dict[str, list[Any]]:
    """The many-to-many values that a form carries."""
    columns = form.instance._meta.many_to_many
    return {
        column.name: list(form.cleaned_data[column.name])
        for column in columns
        if column.name in form.cleaned_data
    }


def parts_of(formset: BaseInlineFormSet) -> list[Part]:
    """The rows of a formset that are new, changed or taken away."""
    formset.save(commit=False)
    gone = set(formset.deleted_forms)
    return [
        Part(form.instance, {} if form in gone else links_of(form), form in gone, form.prefix)
        for form in formset.forms
        if (form in gone and form.instance.pk) or (form not in gone and form.has_changed())
    ]
