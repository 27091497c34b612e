"""Form fields of the desk: points, partial dates and citations, each with one strict reader."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from leaflet.forms.widgets import LeafletWidget

from conflict.kit.dates import PartialDate, read_partial_date
from conflict.kit.geometry import read_geometry, read_point
from conflict.kit.problems import Problem
from events.codes import GRID_DEGREES, RADIUS_KM


def said(problem: Problem) -> str:
    """A problem as a form's error."""
    hint = f" Did you mean {problem.nearest}?" if problem.nearest else ""
    value = problem.as_dict()["value"]
    shown = f"“{value}” is refused; " if value not in ("", None) else ""
    return f"{shown}valid: {problem.valid}.{hint}"


class PointInput(LeafletWidget):
    """The Leaflet map of django-leaflet with a marker of ours: click, drag, or type longitude and latitude."""

    template_name = "admin/point.html"
    include_media = True
    geom_type = "POINT"
    geometry_field_class = "L.SahelPoint"

    @property
    def media(self) -> forms.Media:
        """Leaflet, django-leaflet's glue, and ours; no drawing tools."""
        scripts = ["leaflet/leaflet.js", "leaflet/leaflet.extras.js", "leaflet/leaflet.forms.js"]
        return forms.Media(js=[*scripts, "sahel/admin-point.js"], css={"screen": ["leaflet/leaflet.css"]})

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> Any:
        """With the site's own templates: forms look for theirs in apps alone."""
        return super().render(name, value, attrs, TemplatesSetting())

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds what the public will see of the point: cell sizes in degrees, radii in kilometres."""
        context = super().get_context(name, value, attrs)
        context["public"] = json.dumps(
            {
                "grid": {code.value: cell for code, cell in GRID_DEGREES.items()},
                "radius": {code.value: km for code, km in RADIUS_KM.items()},
            }
        )
        return context


class PointField(forms.Field):
    """A point in degrees: GeoJSON or WKT from the map, or `longitude, latitude`."""

    widget = PointInput

    def __init__(self, *, nonce: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.widget.csp_nonce = nonce

    def to_python(self, value: Any) -> Point | None:
        """Read a point strictly; nothing of a user's text reaches GDAL."""
        if value in self.empty_values or isinstance(value, Point):
            return value or None
        reading = read_shape(str(value))
        if isinstance(reading, Problem):
            raise ValidationError(said(reading))
        return reading

    def prepare_value(self, value: Any) -> Point | None:
        """What the map shows: a refused text shows nothing."""
        try:
            return self.to_python(value)
        except ValidationError:
            return None


def read_shape(text: str) -> Point | Problem:
    """A point from GeoJSON, WKT or `lon, lat`."""
    if text.lstrip()[:1] in "-+0123456789":
        pair = read_point("point", text.replace(" ", ""))
        return pair if isinstance(pair, Problem) else Point(*pair, srid=4326)
    shape = read_geometry("point", text, 1, ["Point"])
    return shape if isinstance(shape, Problem) else Point(shape.x, shape.y, srid=4326)


class PartialDateField(forms.CharField):
    """`2017`, `2017-03` or `2017-03-02`."""

    def __init__(self, **options: Any) -> None:
        attrs = {"size": 10, "placeholder": "YYYY-MM-DD", "class": "partial-date"}
        super().__init__(**{"required": False, "widget": forms.TextInput(attrs), **options})

    def to_python(self, value: Any) -> PartialDate | None:
        """Read a partial date strictly."""
        text = super().to_python(value).strip()
        if not text:
            return None
        reading = read_partial_date("date", text)
        if isinstance(reading, Problem):
            raise ValidationError(said(reading))
        return reading

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as texts."""
        return str(initial or "") != str(data or "").strip()


KEYED = ("key", "outlet", "date", "title", "url", "language")
UNKEYED = KEYED[1:]


class CitationsField(forms.CharField):
    """Citations, one a line: parts separated by ` | `. Reads into a list of mappings."""

    def __init__(self, *, parts: tuple[str, ...] = KEYED, **options: Any) -> None:
        self.parts = parts
        attrs = {"rows": 4, "cols": 100, "class": "citations", "spellcheck": "false"}
        options.setdefault("help_text", "One a line: " + " | ".join(parts))
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs), **options})

    def prepare_value(self, value: Any) -> str:
        """Mappings as lines; a refused text as it was typed."""
        if isinstance(value, str):
            return value
        lines = [" | ".join(str(entry.get(part) or "") for part in self.parts) for entry in value or []]
        return "\n".join(line.rstrip(" |") for line in lines)

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """Lines as mappings. Raises ValidationError naming the line."""
        text = super().to_python(value)
        lines = enumerate(text.splitlines(), start=1)
        return [self.read_line(number, line) for number, line in lines if line.strip()]

    def read_line(self, number: int, line: str) -> dict[str, str]:
        """One citation."""
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) < 2 or len(cells) > len(self.parts):
            raise ValidationError(
                f"Line {number}: “{line[:60]}” is refused; valid: 2 to {len(self.parts)} parts,"
                f" {' | '.join(self.parts)}."
            )
        return {name: cell for name, cell in zip(self.parts, cells, strict=False) if cell}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as lines."""
        return self.prepare_value(initial).strip() != str(data or "").strip().replace("\r\n", "\n")
