"""Page width: in a hard-wrapped text a line as wide as the page goes on below, whatever it ends with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# GB/T 9704-2012, 5.2.3: 28 characters a line; narrower columns and wider screens are about.
_NARROWEST, _WIDEST = 18, 60
_SLACK = 2.0
_SHARE_OF_FULL_LINES = 0.25
_FEWEST_LINES = 8

Full = Callable[[str], bool]


def width_of(line: str) -> float:
    """The line's width in Han characters; ASCII takes half of one. An indent counts, space at the end does not."""
    line = line.rstrip()
    return len(line) - len(line.encode("ascii", "ignore")) / 2


def length_of(line: str) -> float:
    """The line's width where every character takes the same room, as converters count."""
    return len(line.rstrip())


def full_lines(lines: Sequence[str]) -> Full:
    """The test for a line as wide as the page; no line passes where the text is not wrapped to a page."""
    bounds = [(measure, bound) for measure in (width_of, length_of) if (bound := _bound(list(map(measure, lines))))]
    return lambda line: any(measure(line) >= bound for measure, bound in bounds)


def _bound(widths: list[float]) -> float | None:
    """The width from which a line is full, or None.

    A wrapped text has its widest lines in common: a quarter of all end within two characters of one width.
    """
    if len(widths) < _FEWEST_LINES:
        return None
    page = sorted(widths)[int(0.98 * (len(widths) - 1))]
    share = sum(page - _SLACK <= width <= page + _SLACK / 2 for width in widths) / len(widths)
    return page - _SLACK if _NARROWEST <= page <= _WIDEST and share >= _SHARE_OF_FULL_LINES else None
