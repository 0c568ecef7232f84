"""The sheets: logical properties only, readable colours, layers, weight."""

import re
from itertools import product

import brotli
import pytest

from infitah.design.colour import PALETTE, contrast, is_readable
from infitah.design.tests.sheets import SHEETS, STATIC, declarations, tokens

PHYSICAL = re.compile(
    r"(?:^|-)(?:left|right|top|bottom)(?:-|$)|^(?:min-|max-)?(?:width|height)$|^float$|^clear$"
)
ALLOWED = {"vertical-align"}  # top and bottom of a line have no logical names
PUBLIC = ("tokens.css", "base.css", "layout.css", "blocks/record.css")


def test_sheets_use_logical_properties_only() -> None:
    wrong = [
        one
        for sheet in SHEETS
        for one in declarations(sheet)
        if PHYSICAL.search(one.name)
        or (one.name not in ALLOWED and re.search(r"\b(?:left|right)\b", one.value))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("margin-left", "1px"), ("right", "0"), ("text-align", "left"), ("max-width", "1em")],
)
def test_the_check_sees_a_physical_property(name: str, value: str) -> None:
    assert PHYSICAL.search(name) or re.search(r"\b(?:left|right)\b", value)


def test_no_capitals_italics_or_letter_spacing_in_arabic() -> None:
    wrong = [
        one
        for sheet in SHEETS
        for one in declarations(sheet)
        if one.name == "text-transform"
        or (one.name == "font-style" and one.value != "normal")
        or (one.name == "letter-spacing" and ".ref" not in one.rule)
    ]
    assert wrong == []


def test_every_rule_stands_in_a_layer() -> None:
    wrong = [
        one
        for sheet in SHEETS
        for one in declarations(sheet)
        if not one.rule.startswith(("@layer ", "@font-face"))
    ]
    assert wrong == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_colours_read_on_paper_and_cards(theme: str) -> None:
    colours = tokens(theme)
    texts = ("ink", "ink-soft", "green", "accent", "saffron", "sky")
    for text, ground in product(texts, ("paper", "surface")):
        assert contrast(colours[text], colours[ground]) >= 4.5, (theme, text, ground)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_of_controls_are_seen(theme: str) -> None:
    colours = tokens(theme)
    for ground in ("paper", "surface"):
        assert contrast(colours["line"], colours[ground]) >= 3, (theme, ground)


def test_both_themes_have_the_same_tokens() -> None:
    assert tokens("light").keys() == tokens("dark").keys()


def test_palette_reads_on_paper_and_cards() -> None:
    assert all(is_readable(colour) for colour in PALETTE.values())


def _weight(*names: str) -> int:
    return sum(len(brotli.compress((STATIC / name).read_bytes(), quality=11)) for name in names)


def test_sheets_of_a_public_page_weigh_at_most_15_kb() -> None:
    assert _weight(*PUBLIC) <= 15_000


def test_scripts_weigh_at_most_15_kb() -> None:
    scripts = [str(path.relative_to(STATIC)) for path in STATIC.glob("js/*.js")]
    assert 0 < _weight(*scripts) <= 15_000


def test_fonts_of_a_first_view_weigh_at_most_50_kb() -> None:
    fonts = {path.name: path.stat().st_size for path in STATIC.glob("fonts/*.woff2")}
    assert sum(fonts.values()) <= 50_000, fonts


def test_fonts_named_in_the_sheets_are_shipped_with_their_licence() -> None:
    text = (STATIC / "tokens.css").read_text()
    named = set(re.findall(r'url\("(fonts/[^"]+)"\)', text))
    assert named == {str(path.relative_to(STATIC)) for path in STATIC.glob("fonts/*.woff2")}
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text()
    assert text.count("font-display: swap") == text.count('url("fonts/')


def test_motion_only_where_it_is_wanted() -> None:
    for sheet in SHEETS:
        for one in declarations(sheet):
            if one.name.startswith(("animation", "transition", "scroll-behavior")):
                assert "prefers-reduced-motion: no-preference" in one.rule
