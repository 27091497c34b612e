"""How a release is cited: APA (7th edition, data set), BibTeX, and the Citation File Format 1.2.0."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

PUBLISHER = "Sahel Conflict Tracker"
LICENCE_ID = "CC-BY-4.0"
# BibTeX reads these; each becomes a command.
TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
Release = Mapping[str, Any]


def apa(release: Release, url: str) -> str:
    """One line: who, year, title, release and publication, kind, address."""
    version = f"Release {release['name']}, publication {release['publication']}"
    return f"{PUBLISHER}. ({release['at'].year}). {release['title']} ({version}) [Data set]. {url}\n"


def bibtex(release: Release, url: str) -> str:
    """One entry of kind misc, whose key is made of the name."""
    key = "sahel" + re.sub(r"[^a-z0-9]", "", release["name"])
    lines = {
        "author": f"{{{PUBLISHER}}}",
        "title": tex(release["title"]),
        "year": str(release["at"].year),
        "version": tex(release["name"]),
        "url": url,
        "note": f"Data set, publication {release['publication']}, SHA-256 {release['digest']}",
    }
    return f"@misc{{{key},\n" + "".join(f"  {name} = {{{text}}},\n" for name, text in lines.items()) + "}\n"


def tex(words: str) -> str:
    """Text that TeX prints as it stands."""
    return "".join(TEX.get(letter, letter) for letter in words)


def cff(release: Release, url: str) -> str:
    """A CITATION.cff; texts are JSON strings, which YAML reads as they are."""
    name = json.dumps(release["name"])
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use these data, please cite them as below."\n'
        "type: dataset\n"
        f"title: {json.dumps(release['title'], ensure_ascii=False)}\n"
        f"version: {name}\n"
        f"date-released: {release['at'].date().isoformat()}\n"
        f"license: {LICENCE_ID}\n"
        f"url: {json.dumps(url)}\n"
        f"authors:\n  - name: {json.dumps(PUBLISHER)}\n"
        f'identifiers:\n  - type: other\n    value: "sha256:{release["digest"]}"\n'
        f'    description: "Digest of publication {release["publication"]}."\n'
    )


CITATION_WRITERS: dict[str, Callable[[Release, str], str]] = {"apa": apa, "bibtex": bibtex, "cff": cff}
CITATIONS = {
    "apa": "text/plain; charset=utf-8",
    "bibtex": "application/x-bibtex; charset=utf-8",
    "cff": "application/yaml; charset=utf-8",
}


def cite(form: str, release: Release, url: str) -> str:
    """The citation in one of `CITATIONS`."""
    return CITATION_WRITERS[form](release, url)
