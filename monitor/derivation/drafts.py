"""From the time expressions of a paragraph to drafts of duties: joined, completed, each with its rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from monitor.derivation.events import Anchor, anchor_of
from monitor.derivation.grammar.scan import TimeExpression, time_expressions
from monitor.derivation.grammar.values import Between, Cover, Every, Length, Until
from monitor.derivation.screening import binds
from monitor.derivation.seasons import Season, during, during_section, season_name
from monitor.derivation.timing import Calendar, between_rule, counted, triggered_rule, until_rule
from monitor.derivation.wording import Statement, Wording
from monitor.domain.document import Provision
from schedules.rules import Aligned, Continuous, Fixed, Period, Recurring, Rule, Triggered
from schedules.spans import Span

_HEDGE = re.compile(r"(?:原则上|力争|最迟|最晚|至迟|争取|一般)(?:应当?)?(?:于|在)?[ 　]?$")
_EXTENDS = re.compile(r"延长|延期|延迟|顺延|展期")
_TOTAL = re.compile(r"(?:延长|延期|顺延|展期)[至到]")
_STAGE = re.compile(r"[^，。；]{0,6}(?:）|$)[ 　]?(?:$|[：。，])")
_BINDS = re.compile(r"阶段|应当|必须|不得|禁止|严禁|确保|期间|负责|要(?!求)|须|为期|执行|实行|值")
_ACTS = re.compile(
    r"开展|组织|召开|报送|进行|完成|提交|编制|制定|公布|举行|举办|整改|整治|到位|集中|检查|报告|申报|上报|申请|评"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A duty's time, read to the end: its rule, the words that say it, the statement in which it stands."""

    statement: Statement
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    rule: Rule
    form: str
    aligned: Aligned | None = None
    attribute: bool = False
    stage: bool = False
    season: str = ""
    core: bool = False
    clause: int = 0
    alone: bool = False
    total: bool = False


def drafts(words: Wording, years: Calendar, seasons: list[Season], line: tuple[Provision, ...]) -> list[Draft]:
    """All duties' times of a paragraph in order; ``line`` is its provision with the ancestors, root first."""
    expressions = [e for e in time_expressions(words.plain) if binds(words, e)]
    reader = _Reader(words, years, seasons, line)
    found: list[Draft] = []
    for expression in expressions:
        covered = found and expression.start < found[-1].end
        draft = None if covered else reader.read(expression)
        if draft:
            found.append(draft)
    return _without_repeats(_joined(found))


@dataclass
class _Reader:
    """Reads the expressions of one paragraph in order; later ones may complete or lean on earlier ones."""

    words: Wording
    years: Calendar
    seasons: list[Season]
    line: tuple[Provision, ...]
    year: int | None = None
    yearly: bool = False

    def read(self, e: TimeExpression) -> Draft | None:
        """The draft of one expression, None where it has no meaning of its own here."""
        statement = self.words.statement_at(e.start)
        match e.value:
            case Until():
                return self._until(e, statement, e.value)
            case Between():
                return self._between(e, statement, e.value)
            case Every():
                return self._every(e, statement, e.value)
            case Length():
                return self._length(e, statement, e.value)
            case Cover():
                return self._cover(e, statement, e.value)

    def _draft(self, e: TimeExpression, statement: Statement, rule: Rule, start: int | None = None) -> Draft:
        hedge = _HEDGE.search(self.words.plain, statement.start, e.start)
        start = min(e.start if start is None else start, hedge.start() if hedge else e.start)
        return Draft(statement, start, e.end, ((start, e.end),), rule, e.form,
                     clause=statement.clause_at(e.start), stage=self._is_stage(e, statement))  # fmt: skip

    def _is_stage(self, e: TimeExpression, statement: Statement) -> bool:
        """动员部署阶段（10月20日前）：… and a bare heading with a time: all that follows is due then."""
        opened = "（" in self.words.plain[statement.start : e.start]
        return opened and _STAGE.match(self.words.plain, e.end, statement.end) is not None

    def _until(self, e: TimeExpression, statement: Statement, value: Until) -> Draft | None:
        rule = until_rule(value, self.years, self.year)
        if value.point.year:
            self.year = value.point.year
        return self._draft(e, statement, rule) if rule else None

    def _between(self, e: TimeExpression, statement: Statement, value: Between) -> Draft | None:
        core = self.yearly and not value.yearly and value.start is not None and not value.start.year
        value = replace(value, yearly=value.yearly or core)
        name = season_name(self.words, statement, e.start, e.end)
        act = not name and bool(_ACTS.search(self.words.plain, e.end, statement.end))
        rule = between_rule(value, self.years, self.year, act)
        bound = act or name or value.yearly or _BINDS.search(self.words.plain, statement.start, statement.end)
        if rule is None or not bound:
            return None
        if value.start and value.start.year:
            self.year = value.start.year
        self.yearly = self.yearly or value.yearly
        return replace(self._draft(e, statement, rule), season=name, core=core)

    def _every(self, e: TimeExpression, statement: Statement, value: Every) -> Draft:
        stop = statement.clauses[statement.clause_at(e.start)][1]
        full = counted(value, self.words.plain, e.end, stop)
        season = season_name(self.words, statement, e.start, e.end) if full.rule.start and full.rule.end else ""
        rule: Rule = full.rule
        if season:
            rule = Period(start=full.rule.start or "", end=full.rule.end or "", yearly=True)
        draft = self._draft(e, statement, rule)
        far = full.count_start - e.end > 12
        pieces = (draft.pieces[0], (full.count_start, full.end)) if far else ((draft.start, full.end),)
        return replace(
            draft, end=full.end, pieces=pieces, aligned=value.aligned, attribute=value.attribute, season=season
        )

    def _length(self, e: TimeExpression, statement: Statement, value: Length) -> Draft | None:
        anchor = Anchor(value.event, e.start) if value.event else anchor_of(self.words, statement, e, value)
        clause = self.words.plain[statement.clauses[statement.clause_at(e.start)][0] : e.start]
        draft = self._draft(e, statement, triggered_rule(value, anchor.event), anchor.start)
        extends = e.form == "longer" or (value.bound in ("not_over", "within") and _EXTENDS.search(clause) is not None)
        left, right = statement.clauses[statement.clause_at(e.start)]
        alone = self.words.plain[left:right].strip("　 ") == self.words.plain[e.start : e.end]
        return replace(
            draft,
            form="extension" if extends else e.form,
            alone=alone,
            total=_TOTAL.search(self.words.plain, e.start, e.end) is not None,
        )

    def _cover(self, e: TimeExpression, statement: Statement, value: Cover) -> Draft | None:
        spoken = during(self.words, statement, e.start)
        name = spoken[0] if spoken else during_section(self.line)
        if not name:
            return None
        season = next((season for season in self.seasons if season.called(name)), None)
        rule = Continuous(during=season.name if season else name, coverage=value.coverage)
        draft = self._draft(e, statement, rule)
        return replace(draft, pieces=(spoken[1:], *draft.pieces)) if spoken else draft


def _joined(found: Iterable[Draft]) -> list[Draft]:
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
        else:
            result.append(draft)
    return result


def _same(a: Draft, b: Draft) -> bool:
    return a.statement.start == b.statement.start


def _extended(duty: Draft, extension: Draft) -> Draft:
    """The duty with what may be added, or with the new total (延长至)."""
    if not isinstance(duty.rule, Triggered) or not isinstance(extension.rule, Triggered):
        return duty
    more = extension.rule
    rule = replace(duty.rule, extendable=more.within, extendable_workdays=more.within_workdays)
    if extension.total:
        rule = replace(duty.rule, extendable_to=more.within, extendable_to_workdays=more.within_workdays)
    return replace(duty, rule=rule, end=duty.end, pieces=(*duty.pieces, (extension.start, extension.end)))


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
    """预算年度终了后…于7月底前: one yearly date; None where the second date is not counted from the first."""
    rule = draft.rule
    if not _same(over, draft) or over.form != "window-over" or not isinstance(over.rule, Recurring):
        return None
    if over.rule.within or over.rule.every != Span(years=1):
        return None
    if isinstance(rule, Fixed):
        rule = Recurring(every=over.rule.every, due=f"{rule.due:%m-%d}", precision=rule.precision)
    if not (isinstance(rule, Recurring) and rule.due):
        return None
    return replace(draft, rule=rule, pieces=(*over.pieces, *draft.pieces), start=over.start, aligned="calendar")


def _said_before(other: Draft, draft: Draft) -> bool:
    return other.start < draft.start and other.clause == draft.clause and not other.attribute


def _without_repeats(found: list[Draft]) -> list[Draft]:
    """Drop a frequency said twice in one statement: 建立日报告制度，每日…; 提供每年度…、提供每年度…."""
    result: list[Draft] = []
    cycles: dict[tuple[int, Span], list[Draft]] = {}
    for draft in found:
        if isinstance(draft.rule, Recurring):
            cycles.setdefault((draft.statement.start, draft.rule.every), []).append(draft)
    for draft in found:
        rule = draft.rule
        twins = cycles[draft.statement.start, rule.every] if isinstance(rule, Recurring) else []
        weaker = draft.attribute and any(not other.attribute for other in twins)
        later = any(other.rule == draft.rule and _said_before(other, draft) for other in twins)
        if not weaker and not later:
            result.append(draft)
    return result
