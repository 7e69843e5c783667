"""Times that belong together: extensions, caps, a date counted from a window's end, a frequency said twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from monitor.derivation.draft import Draft
from schedules.rules import Fixed, Period, Recurring, Rule, Triggered
from schedules.spans import Span

YEAR = Span(years=1)
#: What lengthens a span stands in its statement or in the next, behind no more than the mark between them, unless it
#: says again which span it lengthens (七日内不能决定的，可以延长十日).
_FOLLOWS = 2
#: Between two dates that a 和 or 、 joins stand no more characters than this.
_JOINT = 2
#: 每月占用工作时间不超过三日: between how often and how long stand no more characters than this.
_SPENT = 12


def joined(found: Iterable[Draft]) -> list[Draft]:
    """Fold extensions into the duty they extend, and a year's end into the date counted from it."""
    result: list[Draft] = []
    for draft in found:
        before = result[-1] if result else None
        if draft.form == "extension":
            if before:
                result[-1] = _extended(before, draft)
        elif before and (capped := _capped(before, draft)):
            result[-1] = capped
        elif before and (dated := _dated(before, draft)):
            result[-1] = dated
        elif before and (inside := _inside(before, draft)):
            result[-1] = inside
        elif before and (lasting := _lasting(before, draft)):
            result[-1] = lasting
        elif before and (also := _also_yearly(before, draft)):
            result.append(also)
        else:
            result.append(draft)
    return result


def _same(a: Draft, b: Draft) -> bool:
    return a.statement.start == b.statement.start


def _extended(duty: Draft, extension: Draft) -> Draft:
    """The duty with what may be added, or with the new total (延长至)."""
    if not isinstance(duty.rule, Triggered) or not isinstance(extension.rule, Triggered) or not _can_last(duty.rule):
        return duty
    if extension.statement.start - duty.statement.end > _FOLLOWS and not extension.again:
        return duty
    more = extension.rule
    rule = replace(duty.rule, extendable=more.within, extendable_workdays=more.within_workdays)
    if extension.total:
        rule = replace(duty.rule, extendable_to=more.within, extendable_to_workdays=more.within_workdays)
    return replace(duty, rule=rule, end=duty.end, pieces=(*duty.pieces, (extension.start, extension.end)))


def _can_last(rule: Triggered) -> bool:
    """提出申请 a month before the term ends is not extended: what follows lengthens the term."""
    return rule.within is not None or rule.within_workdays is not None


def _capped(duty: Draft, cap: Draft) -> Draft | None:
    """…一个月内立卷归档，最长不得超过三个月: the new total, where the words of the cap stand alone in their clause."""
    if not _same(duty, cap) or cap.form != "not-over" or not cap.alone:
        return None
    if not isinstance(duty.rule, Triggered) or not isinstance(cap.rule, Triggered) or cap.clause != duty.clause + 1:
        return None
    total = cap.rule
    rule = replace(duty.rule, extendable_to=total.within, extendable_to_workdays=total.within_workdays)
    return replace(duty, rule=rule, pieces=(*duty.pieces, (cap.start, cap.end)))


def _dated(over: Draft, draft: Draft) -> Draft | None:
    """预算年度终了后…于7月底前, 每年汛后至4月底前: one yearly date; None where the two do not belong together."""
    rule = draft.rule
    bare = over.form == "every" and over.rule == Recurring(every=YEAR) and over.clause == draft.clause
    if not _same(over, draft) or not (bare or over.form == "window-over") or not isinstance(over.rule, Recurring):
        return None
    if draft.year_written:
        return None
    if over.rule.within or over.rule.every != YEAR:
        return None
    if isinstance(rule, Fixed):
        rule = Recurring(every=over.rule.every, due=f"{rule.due:%m-%d}", precision=rule.precision)
    if not (isinstance(rule, Recurring) and rule.due):
        return None
    return replace(draft, rule=rule, pieces=(*over.pieces, *draft.pieces), start=over.start, aligned="calendar")


def _lasting(often: Draft, draft: Draft) -> Draft | None:
    """每年培训时间不得少于三日: how long the act lasts each time belongs to how often it is owed."""
    least = isinstance(draft.rule, Triggered) and (draft.rule.at_least or draft.rule.at_least_workdays)
    most = draft.form == "not-over" and draft.start - often.end <= _SPENT
    if (
        not (least or most)
        or not isinstance(often.rule, Recurring)
        or not _same(often, draft)
        or often.clause != draft.clause
    ):
        return None
    return replace(often, pieces=(*often.pieces, draft.pieces[-1]))


def _inside(stretch: Draft, draft: Draft) -> Draft | None:
    """每年3月至12月每月巡查: the stretch only says when the act recurs."""
    if not isinstance(stretch.rule, Period) or not isinstance(draft.rule, Recurring) or stretch.season:
        return None
    if not _same(stretch, draft) or draft.start - stretch.end > 0:
        return None
    return replace(draft, start=stretch.start, pieces=(*stretch.pieces, *draft.pieces))


def _also_yearly(first: Draft, draft: Draft) -> Draft | None:
    """每年6月底和12月底前: the second date is yearly, too."""
    rule = draft.rule
    if not isinstance(first.rule, Recurring) or not first.rule.due or not isinstance(rule, Fixed) or draft.year_written:
        return None
    if not _same(first, draft) or first.clause != draft.clause or draft.start - first.end > _JOINT:
        return None
    yearly = Recurring(every=YEAR, due=f"{rule.due:%m-%d}", precision=rule.precision)
    return replace(draft, rule=yearly, aligned="calendar")


def without_repeats(found: list[Draft]) -> list[Draft]:
    """Drop a frequency said twice in one statement: 建立日报告制度，每日…; 提供每年度…、提供每年度…."""
    told = [draft for draft in found if isinstance(draft.rule, Recurring) and not draft.attribute]
    cycles = {_cycle(draft) for draft in told}
    first: dict[tuple[int, int, Rule], int] = {}
    for draft in told:
        first[_saying(draft)] = min(draft.start, first.get(_saying(draft), draft.start))
    return [
        draft
        for draft in found
        if not (draft.attribute and _cycle(draft) in cycles) and first.get(_saying(draft), draft.start) >= draft.start
    ]


def _cycle(draft: Draft) -> tuple[int, Span | None]:
    return draft.statement.start, draft.rule.every if isinstance(draft.rule, Recurring) else None


def _saying(draft: Draft) -> tuple[int, int, Rule]:
    return draft.statement.start, draft.clause, draft.rule
