"""The page's palette: enough contrast to read, on light and dark screens, and a colour for each event type."""

import re
from importlib.resources import files

import pytest

from incidex.labels import scheme

FOLDER = files("incidex.export.html")
STYLE = FOLDER.joinpath("colours.css").read_text("utf-8")
STYLES = [one.read_text("utf-8") for one in FOLDER.iterdir() if one.name.endswith(".css")]
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", root))
    for root in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
)
PALETTES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]

# What WCAG 2.2 asks for at level AA.
WORDS, LINES = 4.5, 3.0


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours as WCAG 2.2 defines it, 1..21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54), ("#123456", "#123456", 1)],
)
def test_contrast_is_computed_as_published(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize("palette", PALETTES)
def test_words_are_readable(palette: dict[str, str]) -> None:
    inks = [f"{name}-ink" for name in scheme().names]
    pairs = [(ink, ground) for ink in ("text", "quiet", *inks) for ground in ("paper", "panel")]
    pairs += [("text", f"{name}-{ground}") for name in scheme().names for ground in ("tint", "fill")]
    ratios = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < WORDS} == {}


@pytest.mark.parametrize("palette", PALETTES)
def test_lines_under_arguments_are_seen(palette: dict[str, str]) -> None:
    # An argument may stand in a sentence, or be a trigger, of any other type.
    grounds = ["paper", *(f"{name}-{ground}" for name in scheme().names for ground in ("tint", "fill"))]
    ratios = {
        (name, ground): contrast(palette[f"{name}-ink"], palette[ground])
        for name in scheme().names
        for ground in grounds
    }
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < LINES} == {}


def test_each_event_type_has_its_colours() -> None:
    for name in scheme().names:
        assert re.search(rf"^\.{name} \{{ --ink: var\(--{name}-ink\)", STYLE, re.MULTILINE)
    assert LIGHT.keys() == DARK.keys()


def test_dark_colours_are_not_printed() -> None:
    assert [found for style in STYLES for found in re.findall(r"@media (.*)prefers-color-scheme", style)] == [
        "screen and ("
    ]


def test_nothing_is_loaded() -> None:
    assert not any(re.search(r"url\(|@import|@font-face|</", style) for style in STYLES)
