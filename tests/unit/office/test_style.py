"""The style sheets: readable contrast (WCAG 2.1, 1.4.3), nothing from elsewhere."""

import re
from importlib.resources import files

import pytest

SHEETS = {name: (files("monitor.office") / name).read_text(encoding="utf-8") for name in ("style.css", "replay.css")}
WHITE, SHADE, NOTE, AMBER, BAD = "#ffffff", "#f5f6f8", "#eef4fb", "#fff4d6", "#fdf0ee"


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` or ``#rgb``."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def named(sheet: str, name: str) -> str:
    found = re.search(rf"--{name}:\s*(#[0-9a-f]+)", SHEETS[sheet])
    assert found, name
    return found.group(1)


def test_black_on_white_is_the_known_figure():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("ground", [WHITE, SHADE])
@pytest.mark.parametrize("name", ["ink", "soft", "link", "red", "yellow", "green", "grey", "seal"])
def test_text_on_a_page(name, ground):
    assert contrast(named("style.css", name), ground) >= 4.5


@pytest.mark.parametrize("ground", [NOTE, AMBER, BAD])
def test_text_on_a_note(ground):
    assert ground in SHEETS["style.css"]
    assert contrast(named("style.css", "ink"), ground) >= 4.5
    assert contrast(named("style.css", "soft"), ground) >= 4.5


@pytest.mark.parametrize("name", ["ink", "soft", "red", "blue"])
def test_text_of_a_replay(name):
    assert contrast(named("replay.css", name), WHITE) >= 4.5


def test_each_day_of_a_replay_can_be_read():
    cells = re.findall(r"td\.(?:off|l\d) \{ background: (#\w+);(?: color: (#\w+);)? \}", SHEETS["replay.css"])
    assert len(cells) == 5
    assert all(contrast(ground, text or named("replay.css", "ink")) >= 4.5 for ground, text in cells)


def test_buttons_can_be_read():
    assert contrast(named("style.css", "seal"), WHITE) >= 4.5


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_loads_nothing_and_closes_every_brace(name):
    sheet = SHEETS[name]
    assert not re.search(r"url\(|@import|https?:", sheet)
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_knows_phones_and_paper(name):
    assert "@media (max-width" in SHEETS[name]
    assert "@media print" in SHEETS[name]
