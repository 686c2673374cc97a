"""The promise of tokens.css: every text pair reaches 4.5:1, controls and focus 3:1, in all four palettes."""

import re
from pathlib import Path

import pytest

from wenguo.lib.charts.drawing import PAPER

TOKENS = (Path(__file__).parents[1] / "static/ui/tokens.css").read_text(encoding="utf-8")
HUES = ("indigo", "cinnabar", "amber", "bamboo", "dusk")
GROUNDS = ("paper", "card", "sunk", "hover")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *((hue, ground) for hue in HUES for ground in ("paper", "card", f"{hue}-soft")),
    *((ink, f"{hue}-soft") for hue in HUES for ink in ("ink", "ink-2")),
    ("ink-3", "amber-soft"),
    ("ink-3", "indigo-soft"),
    ("on-fill", "indigo"),
    ("on-fill", "indigo-strong"),
    ("on-fill", "cinnabar"),
    ("on-fill", "bamboo"),
]


def block(selector: str) -> dict[str, str]:
    found = re.search(re.escape(selector) + r"\s*\{(.*?)\}", TOKENS, re.DOTALL)
    assert found
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\s*;", found.group(1)))


LIGHT = block(":root")
PALETTES = {
    "light": LIGHT,
    "dark": LIGHT | block(':root[data-theme="dark"]'),
    "contrast": LIGHT | block(':root[data-theme="contrast"]'),
    "safe": LIGHT | block(':root[data-theme="safe"]'),
}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
def test_text_reaches_the_ratio_of_wcag_aa(palette: str) -> None:
    colours = PALETTES[palette]

    weak = {f"{a} on {b}": round(contrast(colours[a], colours[b]), 2) for a, b in TEXT_PAIRS}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("palette", PALETTES)
def test_controls_and_focus_can_be_seen(palette: str) -> None:
    colours = PALETTES[palette]

    pairs = [(a, b) for a in ("control", "indigo") for b in ("card", "paper")]

    assert {(a, b): contrast(colours[a], colours[b]) for a, b in pairs if contrast(colours[a], colours[b]) < 3} == {}


def test_high_contrast_text_reaches_aaa() -> None:
    colours = PALETTES["contrast"]

    weak = {f"{a} on {b}": round(contrast(colours[a], colours[b]), 2) for a, b in TEXT_PAIRS}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 7} == {}


def test_dark_by_the_system_is_the_dark_palette() -> None:
    assert block(":root:not([data-theme])") == block(':root[data-theme="dark"]')


def test_every_palette_names_only_known_tokens() -> None:
    assert all(set(palette) == set(LIGHT) for palette in PALETTES.values())


def test_pictures_drawn_on_the_server_use_the_light_palette() -> None:
    light = TOKENS.split(":root {", 1)[1].split("}", 1)[0]
    assert {name: value for name, value in PAPER.items() if f"--{name}: {value};" not in light} == {}
