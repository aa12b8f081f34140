"""Text can be read by people with low vision: 7:1 on every ground it stands on, in light and in dark."""

import math
import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parent.parent / "static/web/css/tokens.css").read_text("utf-8")
TEXT_ON = [
    *((text, ground) for text in ("ink", "ink-soft", "door", "mend", "pause") for ground in ("paper", "leaf", "well")),
    *((f"{tone}", f"{tone}-wash") for tone in ("door", "pause", "closed", "mend")),
    *(("ink", f"{tone}-wash") for tone in ("door", "pause", "closed", "mend")),
    *(("ink-soft", f"{tone}-wash") for tone in ("door", "closed")),
    ("on-door", "door"),
    ("on-door", "door-deep"),
    ("door-deep", "paper"),
    ("closed", "leaf"),
    ("paper", "ink"),
]
EDGES_ON = [("edge", ground) for ground in ("paper", "leaf", "well")]


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Return the relative luminance (WCAG) of an OKLCH color, as sRGB shows it."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return sum(
        share * min(max(part, 0), 1) for share, part in zip((0.2126, 0.7152, 0.0722), (red, green, blue), strict=True)
    )


def tokens(scheme: int) -> dict[str, float]:
    """Return the luminance of every color by name; ``scheme`` 0 is light, 1 is dark."""
    color = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)"
    found = re.findall(rf"--([\w-]+): light-dark\({color}, {color}\);", TOKENS)
    return {
        name: luminance(float(numbers[3 * scheme]) / 100, *map(float, numbers[3 * scheme + 1 : 3 * scheme + 3]))
        for name, *numbers in found
    }


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_edges_stand_out(scheme):
    color = tokens(scheme)
    assert contrast(luminance(1, 0, 0), luminance(0, 0, 0)) == pytest.approx(21, abs=0.01)
    weak = [f"{text} on {ground}" for text, ground in TEXT_ON if contrast(color[text], color[ground]) < 7]
    weak += [f"{edge} on {ground}" for edge, ground in EDGES_ON if contrast(color[edge], color[ground]) < 3]
    assert weak == []
