"""Finds time expressions in plain text: one alternation for candidates, then the form that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.derivation.grammar.form import Form
from monitor.derivation.grammar.forms import FORMS
from monitor.derivation.grammar.values import Value

#: Characters with which any form can begin; keeps the big alternation off all other places.
_FIRST = (
    "每按逐0-9０-９〇零○一二两三四五六七八九十百半今本当明次翌来下上第年月季即会预财学日周旬全"
    '不最至提前延顺展元春清五劳端中国汛主供防开入雨高“"‘昼压缩控精在于未至自间　 '
)
_STARTS = f"(?=[{_FIRST}])"
# An empty group behind each alternative tells which one matched; in front of it, it would keep the engine from
# passing over an alternative by its first character.
_FINDER = re.compile(_STARTS + "(?:" + "|".join(f"(?:{form.alternative})()" for form in FORMS) + ")")
_PATTERNS = tuple(form.pattern for form in FORMS)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """What the text says about time at ``[start, end)``, and the name of the form that read it."""

    start: int
    end: int
    form: str
    value: Value


def speaks_of_time(text: str) -> bool:
    """True where :func:`time_expressions` may find something: a cheap look before a paragraph is made even."""
    return _FINDER.search(text) is not None


def time_expressions(text: str) -> Iterator[TimeExpression]:
    """All time expressions of ``text`` in order, without overlap, whether or not they bind anybody."""
    at = 0
    while found := _FINDER.search(text, at):
        expression = _read(text, found)
        if expression:
            yield expression
            at = expression.end
        else:
            at = found.start() + 1


def _read(text: str, found: re.Match[str]) -> TimeExpression | None:
    index = (found.lastindex or 1) - 1
    form: Form = FORMS[index]
    fine = _PATTERNS[index].match(text, found.start())
    if fine is None:
        return None
    try:
        value = form.says(fine.groupdict())
    except ValueError:  # 每0日, 2月31日前: it has the form, but no calendar has the day
        return None
    return TimeExpression(found.start(), fine.end(), form.name, value) if value else None
