"""Printed forms of an automatic number, by the names of ECMA-376 part 1, 17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 9999


def printed(value: int, style: str) -> str:
    """The number as the style prints it; Arabic for a style that we do not know, nothing for a bullet."""
    if style in ("bullet", "none"):
        return ""
    form = _FORMS.get(style)
    return form(value) if form and 0 < value <= _MOST else str(value)


def chinese(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """1 to 9999 as counted: 一, 十, 十二, 一百零五."""
    words, gap = "", False
    for power in (3, 2, 1, 0):
        figure = value // 10**power % 10
        if not figure:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + digits[figure] + (units[power - 1] if power else "")
        gap = False
    return words[1:] if digits is _DIGITS and words.startswith("一十") else words


def _by_digit(value: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(value))


def _roman(value: int) -> str:
    words = ""
    for step, letters in _ROMAN:
        count, value = divmod(value, step)
        words += letters * count
    return words


def _letter(value: int) -> str:
    """A to Z, then AA, BB: the letter is repeated, not counted on."""
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _circled(value: int) -> str:
    return _CIRCLED[value - 1] if value <= len(_CIRCLED) else str(value)


def _full_width(value: int) -> str:
    return "".join(chr(ord("０") + int(figure)) for figure in str(value))


def _formal(value: int) -> str:
    return chinese(value, _FORMAL, "拾佰仟")


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "taiwaneseDigital": _by_digit,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": lambda value: _STEMS[(value - 1) % 10],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda value: f"{value:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda value: _letter(value).lower(),
}
