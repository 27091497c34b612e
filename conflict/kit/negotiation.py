"""Formats are named in addresses, never by `Accept`: one address, one answer, one cache entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework.negotiation import BaseContentNegotiation


class AnyAccept(BaseContentNegotiation):
    """Answers whatever `Accept` says. The framework's own class answers 406 to a client that names a format
    (`application/geo+json`, `application/rss+xml`) which it does not know, though the door speaks it."""

    def select_parser(self, request: Any, parsers: Sequence[Any]) -> Any:
        """The first parser there is; doors that only answer GET never use it."""
        return parsers[0]

    def select_renderer(
        self, request: Any, renderers: Sequence[Any], format_suffix: str | None = None
    ) -> Any:
        """The first renderer with its media type."""
        return renderers[0], renderers[0].media_type
