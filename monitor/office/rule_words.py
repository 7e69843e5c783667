"""A time rule in plain Chinese, as a reviewer reads it beside the text. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from monitor.domain.obligation import Obligation, Validity
from notifiers.wording import day_text, plain_day, range_text
from schedules.counting import counted
from schedules.rules import Aligned, Continuous, Fixed, Period, Recurring, Rule, Triggered
from schedules.spans import Span

_CALENDAR: Final = {"P1D": "每日", "P7D": "每周", "P1M": "每月", "P3M": "每季度", "P6M": "每半年", "P1Y": "每年"}
_NOW: Final = Span()
_SINGLE: Final = str.maketrans("“”", "‘’")


def rule_text(obligation: Obligation) -> str:
    """The rule and the life that the document gives it: ``每季度，不少于1次；2022年1月1日（…）至…有效``."""
    return "；".join(
        part for part in (rule_words(_in_days(obligation), obligation.aligned), _valid(obligation.valid)) if part
    )


def _in_days(obligation: Obligation) -> Rule:
    return counted(obligation.rule, obligation.counting)


def rule_words(rule: Rule, aligned: Aligned | None = None) -> str:
    """The rule alone."""
    match rule:
        case Fixed():
            return _fixed(rule)
        case Period():
            return _period(rule)
        case Recurring():
            return _recurring(rule, aligned)
        case Triggered():
            return _triggered(rule)
        case Continuous():
            return f"{_quoted(rule.during)}期间" + ("24小时不间断" if rule.coverage == "24h" else "不间断")


def span_words(span: Span) -> str:
    """``1个月15日``, ``30分钟``, in the units of the text."""
    parts = ((span.years, "年"), (span.months, "个月"), (span.days, "日"), (span.hours, "小时"), (span.minutes, "分钟"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "当日"


def _valid(valid: Validity | None) -> str:
    if valid is None:
        return ""
    if valid.start and valid.end:
        return f"{range_text(valid.start, valid.end)}有效"
    return f"{plain_day(valid.start)}起有效" if valid.start else f"有效至{plain_day(valid.end)}" if valid.end else ""


def _quoted(words: str) -> str:
    """Quotation marks inside others are single (GB/T 15834-2011, 4.8.3.4)."""
    return "“" + words.translate(_SINGLE) + "”"


def _fixed(rule: Fixed) -> str:
    due = rule.due
    if rule.precision == "year":
        return f"{due.year}年底前（{due.month}月{due.day}日）"
    if rule.precision == "month":
        return f"{due.year}年{due.month}月底前（{due.month}月{due.day}日）"
    hour = f"{rule.due_time:%H:%M}" if rule.due_time else ""
    return f"{day_text(due)}{hour}前"


def _period(rule: Period) -> str:
    if isinstance(rule.start, date) and isinstance(rule.end, date):
        return range_text(rule.start, rule.end)
    next_year = "次年" if str(rule.end) < str(rule.start) else ""
    return f"每年{_month_day(str(rule.start))}至{next_year}{_month_day(str(rule.end))}"


def _month_day(text: str) -> str:
    month, day = text.split("-")
    return f"{int(month)}月{int(day)}日"


def _recurring(rule: Recurring, aligned: Aligned | None) -> str:
    rolling = aligned == "rolling" or str(rule.every) not in _CALENDAR
    every = f"每{span_words(rule.every)}" if rolling else _CALENDAR[str(rule.every)]
    parts = (every + _when(rule), _count(rule.min, rule.max), f"不少于{rule.min_hours:g}小时" if rule.min_hours else "")
    return "，".join(part for part in parts if part)


def _when(rule: Recurring) -> str:
    """Where in each window the act is due."""
    if rule.after:
        return f"，{rule.after}后{_within(rule.within, rule.within_workdays)}"
    if rule.event:
        return f"，{_quoted(rule.event)}{_before(rule.before, rule.before_workdays)}"
    if rule.start and rule.end:
        return f"{_month_day(rule.start)}至{_month_day(rule.end)}"
    if rule.due:
        return f"{int(rule.due[:2])}月底前" if rule.precision == "month" else f"{_month_day(rule.due)}前"
    return _days_of_month(rule)


def _days_of_month(rule: Recurring) -> str:
    month = f"第{rule.due_month}个月" if rule.due_month else ""
    if rule.from_day and rule.due_day:
        return f"{month}{rule.from_day}日至{rule.due_day}日"
    if rule.from_day:
        return f"{month}{rule.from_day}日起"
    return f"{month}{rule.due_day}日前" if rule.due_day else month


def _count(least: int | None, most: int | None) -> str:
    if least and most:
        return f"{least}次" if least == most else f"{least}至{most}次"
    return f"不少于{least}次" if least else f"不超过{most}次" if most else ""


def _triggered(rule: Triggered) -> str:
    event = _quoted(rule.event)
    parts: list[str] = []
    if rule.within is not None or rule.within_workdays:
        same_day = rule.within == _NOW and not rule.within_workdays
        parts.append(f"{event}当日" if same_day else f"自{event}起{_within(rule.within, rule.within_workdays)}")
    if rule.before is not None or rule.before_workdays:
        parts.append(event + _before(rule.before, rule.before_workdays))
    if rule.not_earlier or rule.not_earlier_workdays:
        parts.append(f"不早于{event}前{_length(rule.not_earlier, rule.not_earlier_workdays)}")
    if rule.at_least or rule.at_least_workdays:
        parts.append(f"{event}不少于{_length(rule.at_least, rule.at_least_workdays)}")
    if rule.extendable or rule.extendable_workdays:
        parts.append(f"可延长{_length(rule.extendable, rule.extendable_workdays)}")
    if rule.extendable_to or rule.extendable_to_workdays:
        parts.append(f"可延长至{_length(rule.extendable_to, rule.extendable_to_workdays)}")
    return "，".join([*parts, *filter(None, [_count(rule.min, None)])]) or f"随{event}"


def _length(span: Span | None, workdays: int | None) -> str:
    return f"{workdays}个工作日" if workdays else span_words(span or _NOW)


def _within(span: Span | None, workdays: int | None) -> str:
    return "当日" if span == _NOW and not workdays else f"{_length(span, workdays)}内"


def _before(span: Span | None, workdays: int | None) -> str:
    """A span before the event that the words follow; without a span only the order matters."""
    return "之前" if not workdays and span in (None, _NOW) else f"{_length(span, workdays)}前"
