"""YAML files as people write them: `on`, `off`, `yes` and `no` are words, and dates stay text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml


class PlainLoader(yaml.SafeLoader):
    """PyYAML's safe loader without YAML 1.1's surprises: a key `on` is the text "on", 2017-03-02 is text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def read_yaml(path: Path) -> list[dict[str, Any]]:
    """The entries of a YAML file that holds a list; an empty file is an empty list."""
    # PlainLoader is a SafeLoader with fewer implicit types.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=PlainLoader) or []  # noqa: S506
