"""From what a time expression says to a rule: years that the text leaves out come from the document."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from monitor.derivation.grammar.values import Between, Length, Point, Until
from monitor.domain.document import Document
from monitor.domain.obligation import Validity
from schedules.rules import Fixed, Period, Precision, Recurring, Rule, Triggered
from schedules.spans import Span

_LIFE = re.compile(r"(?P<year>20[0-9]{2})(?:年度|年(?!.{0,6}(?:[—\-－~～至到]|版|修)))")
# A call for next year's budgets or applications is no list that lives for that year.
_ONE_YEAR = re.compile(
    r"(?<![0-9—\-－~～至])(?P<year>20[0-9]{2})年度(?!.*(?:申报|填报|报表|年报|年度报告|编制|征集|推荐|评选|征订|预算|决算))"
)
_STANDING = re.compile(r"(?:条例|规定|办法|细则|规则|法|规程|规范|制度|章程|准则|守则|预案)(?:（[^）]*）)?$")
# 关于印发《…办法》的通知: the notice only carries a text that stands until repealed.
_ISSUES = re.compile(r"(?:印发|发布|公布)《?(?P<what>[^》]+?)》?(?:（[^（）]{1,8}）)?的(?:通知|公告|决定|令)$")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条$")
#: Issued in the last quarter, a date in the first three months without a year means the next year.
_LATE, _EARLY = 10, 3


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a document knows about years: its date of issue, its validity, and whether it stands until repealed."""

    issued: date | None
    valid: Validity | None
    standing: bool
    year: int | None

    @classmethod
    def of(cls, document: Document) -> Calendar:
        """Read from title, date of issue and outline."""
        valid = validity_of(document)
        title = document.title
        articles = sum(1 for provision in document.walk() if _ARTICLE.search(provision.number)) >= 2
        written = _LIFE.search(title)
        titled = int(written["year"]) if written else None
        year = valid.start.year if valid and valid.start else document.issued.year if document.issued else titled
        issues = _ISSUES.search(title)
        stands = (
            bool(_STANDING.search(issues["what"])) if issues else not document.number and bool(_STANDING.search(title))
        )
        standing = valid is None and (articles or stands)
        return cls(document.issued, valid, standing, year)

    def is_past(self, day: date) -> bool:
        """True where the day lies before the date of issue."""
        return self.issued is not None and day < self.issued

    def year_for(self, point: Point, mentioned: int | None) -> int | None:
        """The year of a point: written, else of the date before it in the paragraph, else the document's."""
        if point.year:
            return point.year
        year = mentioned or self.year
        if year is None:
            return None
        issued = self.issued
        rolls = not mentioned and not self.valid and issued and issued.month >= _LATE and (point.month or 12) <= _EARLY
        return year + point.shift + (1 if rolls and not point.shift else 0)


def validity_of(document: Document) -> Validity | None:
    """The calendar year to which a title limits its document (2022年度…), None where it does not."""
    found = _ONE_YEAR.search(document.title)
    if not found:
        return None
    year = int(found["year"])
    return Validity(date(year, 1, 1), date(year, 12, 31))


def last_day(year: int, month: int | None, day: int | None) -> date | None:
    """The day named, or the last one of the month or year; None where the calendar has no such day."""
    month = month or 12
    last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    if day and day > last:
        return None
    return date(year, month, day or last) if last else None


def precision_of(point: Point) -> Precision:
    """Day, month or year: how exactly the text names its point in time."""
    return "day" if point.day else "month" if point.month or point.of_month else "year"


def until_rule(value: Until, years: Calendar, mentioned: int | None) -> Rule | None:
    """A fixed date, or a yearly one where a standing text leaves the year out; None without any year."""
    point = value.point
    if point.of_month:
        if not years.issued:
            return None
        point = replace(point, year=years.issued.year, month=years.issued.month)
    yearly = point.year is None and not mentioned and (value.each_year or years.standing) and not years.valid
    year = 2021 if yearly else years.year_for(point, mentioned)
    due = last_day(year, point.month, point.day) if year else None
    if due is None:
        return None
    precision = precision_of(point)
    if yearly:
        return Recurring(every=Span(years=1), due=f"{due:%m-%d}", precision=precision)
    return Fixed(due=due, precision=precision, due_time=point.clock)


def between_rule(value: Between, years: Calendar, mentioned: int | None, act: bool) -> Rule | None:
    """A state or stage between two dates; ``act``: a yearly act that falls into the window is recurring."""
    if value.start is None:
        end_year = years.year_for(value.end, mentioned)
        end = last_day(end_year, value.end.month, value.end.day) if end_year else None
        return Period(start=years.issued, end=end) if years.issued and end and end >= years.issued else None
    no_year = value.start.year is None and value.end.year is None and not mentioned
    if value.yearly or (no_year and years.standing):
        start, stop = (last_day(2021, p.month, p.day) for p in (value.start, value.end))
        if start is None or stop is None:
            return None
        first, last = f"{start:%m-%d}", f"{stop:%m-%d}"
        if act:
            return Recurring(every=Span(years=1), start=first, end=last)
        return Period(start=first, end=last, yearly=True)
    return _once(value.start, value.end, years, mentioned)


def _once(start: Point, end: Point, years: Calendar, mentioned: int | None) -> Rule | None:
    first_year = years.year_for(start, mentioned)
    if first_year is None:
        return None
    last_year = end.year or first_year + end.shift
    first = last_day(first_year, start.month, start.day)
    last = last_day(last_year, end.month, end.day)
    if first and last and last < first and end.year is None:
        last = last_day(last_year + 1, end.month, end.day)
    return Period(start=first, end=last) if first and last and first <= last else None


def triggered_rule(value: Length, event: str, extension: Length | None = None) -> Triggered:
    """A span from, before or around an event, with what may be added to it."""
    keys: dict[str, Span | int | None] = {}
    name = {"within": "within", "not_over": "within", "before": "before", "at_least": "at_least"}[value.bound]
    keys[name if value.span is not None else f"{name}_workdays"] = (
        value.span if value.span is not None else value.workdays
    )
    if value.earliest_workdays:
        keys["not_earlier_workdays"] = value.earliest_workdays
    if extension:
        more = "extendable" if extension.span is not None else "extendable_workdays"
        keys[more] = extension.span if extension.span is not None else extension.workdays
    return Triggered(event=event, **keys)  # type: ignore[arg-type]
