"""The notation in which forms are written: ``<month>`` names a fragment, ``_`` allows the blanks of bad scans.

``<month2>`` is a second group of the fragment ``month``. A form is otherwise a regular expression.
"""

from __future__ import annotations

import re

_NUMBER = r"[0-9０-９]{1,4}|[〇零○一二两三四五六七八九十百]{1,5}"

FRAGMENTS = {
    "year": r"(?:19|20)[0-9]{2}|二[〇○零0][〇○零0一二三四五六七八九]{2}",
    "relative": r"今年|本年度?|当年|明年|次年|翌年|来年|下一?年度?",
    "month": r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]",
    "day": r"3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]",
    "hour": r"2[0-4]|[01]?[0-9]|二十[一二三四]?|十[一二三四五六七八九]?|[一二三四五六七八九]",
    "minute": r"[0-5]?[0-9]",
    "n": _NUMBER,
    "quarter": r"[1-4一二三四]",
    "third": r"[上中下]旬",
    "half": r"半",
    "unit": r"小时|分钟|星期|自然日|日历日|年|周|日|天|(?<=个)月|(?<=个半)月",
    "period": r"会计年度|预算年度|财政年度|年度|半年度?|季度|月份|月度?|学年|学期|年",
    "cycle": (
        r"自然年度?|会计年度|年度?|季度|季|个?半年|半个月|月份?|个月|周|星期|旬|日|天|小时|学期|学年|(?:个)?工作日"
    ),
    "event": r"[^，。；：、,;\s]{1,24}?",
    "every": r"每年度?",
    "plan": r"十[一二三四五六七八九]",
}
#: 十五日内, 一个半月前, 半年内, 15个工作日以内.
_LENGTH = (
    r"(?:(?P<workdays>{n})_个?_(?:法定)?工作日|(?P<count>{n})_个?(?P<plus>半)?_(?P<unit>{unit})|"
    r"(?P<only>半)个?(?P<halfunit>年|月|小时|天))"
).format(n=_NUMBER, unit=FRAGMENTS["unit"])
_GROUP = re.compile(r"\(\?P<\w+>")


def expand(form: str) -> str:
    """The regular expression of a form, its fragments as named groups."""

    def group(found: re.Match[str]) -> str:
        name, copy = found.groups()
        return _LENGTH if name == "length" else f"(?P<{name}{copy}>{FRAGMENTS[name]})"

    # The look-behind of a named group must stay: only whole <words> are fragments.
    return re.sub(r"(?<!\?P)<([a-z]+)(\d?)>", group, form).replace("_", r"[ \u3000]{0,2}")


def anonymous(pattern: str) -> str:
    """The same expression without named groups, for an alternation of many forms."""
    return _GROUP.sub("(?:", pattern)
