"""Colour arithmetic for the interface's tests.

Contrast: WCAG 2.2, relative luminance. Distance: CIE76 in CIELAB (D65, 2°). Colour vision: the matrices for
severity 1.0 of Machado, Oliveira and Fernandes (2009), applied to linear RGB.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "static" / "src" / "tokens.css"
TYPES = ("battle", "remote_violence", "violence_against_civilians", "coercion", "unrest", "strategic")
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}
Triple = tuple[float, float, float]


def tokens(theme: str) -> dict[str, str]:
    """Custom properties of one theme as name -> #rrggbb."""
    block = re.search(rf'data-theme="{theme}"\] \{{(.*?)\}}', TOKENS.read_text(), re.S)
    assert block, f"no block for the {theme} theme in {TOKENS.name}"
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[1]))


def linear(colour: str) -> Triple:
    """#rrggbb as linear RGB, 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    dark, light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, vision: str) -> Triple:
    """Linear RGB as seen with that colour vision."""
    rgb = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in VISION[vision]
    )
    return red, green, blue


def lab(rgb: Triple) -> Triple:
    """Linear RGB to CIELAB."""
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, vision: str) -> float:
    """CIE76 distance of two colours as seen with that colour vision."""
    return math.dist(lab(seen(one, vision)), lab(seen(other, vision)))
