"""From the time expressions of a paragraph to drafts of duties: joined, completed, each with its rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from monitor.derivation.counts import counted
from monitor.derivation.draft import Draft
from monitor.derivation.events import Anchor, anchor_of
from monitor.derivation.grammar.scan import TimeExpression, time_expressions
from monitor.derivation.grammar.values import Between, Cover, Every, Length, Until
from monitor.derivation.joining import joined, without_repeats
from monitor.derivation.screening import binds
from monitor.derivation.seasons import Season, during, during_section, season_name
from monitor.derivation.timing import Calendar, between_rule, triggered_rule, until_rule
from monitor.derivation.wording import Statement, Wording
from monitor.domain.document import Provision
from schedules.rules import Continuous, Period, Rule, Triggered

_HEDGE = re.compile(r"(?:原则上|力争|最迟|最晚|至迟|争取|一般)(?:应当?)?(?:于|在)?[ 　]?$")
# 延长的期限最长…, but not 提出延期申请；自收到延期申请之日起….
_EXTENDS = re.compile(r"(?:延长|延期|延迟|顺延|展期)(?![^，。；]*(?:申请|文件|[日时]起|[后前]|届满|期满))[^，。；]*$")
_DATES_A_SEASON = re.compile(r"期[ 　]?（(?:每年)?$")
_COVER = re.compile(r"(?:24|二十四)[ 　]?小时|不间断")
#: 每季度至少主持召开1次 is one expression: between frequency and count stands no more than a verb.
_VERB = 4
# Cover that a standing rule lays down without naming a season.
_LAID_DOWN = re.compile(r"实行|执行|落实|坚持|保持|应当|必须|[每全](?:天|日)[应需须要]")
_ALWAYS = "长期"
_TOTAL = re.compile(r"(?:延长|延期|顺延|展期)[至到]")
_BUT_AT_MOST = re.compile(r"[ 　]*但(?:是)?[^，。；]{0,8}(?:期限|时限|时间|期间)$")
_LONGER = re.compile("延长|延期|超过")
_LONGER_TERM = re.compile("延期|延续|续期|延长")
_THAT_SPAN = re.compile("(?:规定|上述|前述)(?:的)?(?:期限|时限|时间)内?")
_INSIDE = re.compile("(?:以|之)?内$")
_AT_MOST = re.compile("最[长多]")
_OTHERWISE = re.compile(r"延长|延期|另有约定|从其约定|另行约定")
_STEPS = re.compile(r"步骤|阶段|安排|进度|时间")
_STAGE = re.compile(r"[^，。；]{0,6}(?:）|$)[ 　]?(?:$|[：。，])")
_BINDS = re.compile(
    r"[禁休封]|(?:整治|行动|检查|实施|活动)[^，。；：]{0,4}(?:时间|期限?)(?:：|自|从|为)|阶段|应当|必须|不得|禁止|严禁|确保|期间|负责|要(?!求)|须|为期|执行|实行|值"
)
_ACTS = re.compile(
    r"开工|建成|投用|启动|竣工|投产|提请|审议|审查|听取|缴纳|开展|组织|召开|报送|进行|完成|提交|编制|制定|公布|举行|举办|整改|整治|到位|集中|检查|报告|申报|上报|申请|评"
)


def drafts(words: Wording, years: Calendar, seasons: list[Season], line: tuple[Provision, ...]) -> list[Draft]:
    """All duties' times of a paragraph in order; ``line`` is its provision with the ancestors, root first."""
    expressions = [e for e in time_expressions(words.plain) if binds(words, e)]
    reader = _Reader(words, years, seasons, line)
    found: list[Draft] = []
    for expression in expressions:
        if _fills_cell(words, expression):
            continue
        covered = found and expression.start < found[-1].end
        draft = None if covered else reader.read(expression)
        if draft:
            found.append(draft)
    return without_repeats(joined(found))


def deadline_in(words: Wording, cell: tuple[int, int], years: Calendar, line: tuple[Provision, ...]) -> Draft | None:
    """The time that a table's cell is, with 前 or bare (2022年12月31日); None where it holds anything else."""
    start, end = cell
    said = words.plain[start:end].strip("。　 ")
    for text in (said, said + "前"):
        for e in time_expressions(text):
            if e.start == 0 and e.end == len(text) and (text == said or isinstance(e.value, Until)):
                whole = TimeExpression(start, start + len(said), e.form, e.value)
                return _Reader(words, years, [], line).read(whole)
    return None


def _fills_cell(words: Wording, e: TimeExpression) -> bool:
    """A cell that is nothing but a time belongs to its row; see :func:`deadline_in`."""
    statement = words.statement_at(e.start)
    alone = words.plain[statement.start : statement.end].strip() == words.plain[e.start : e.end].strip()
    return alone and "\t" in words.text


@dataclass
class _Reader:
    """Reads the expressions of one paragraph in order; later ones may complete or lean on earlier ones."""

    words: Wording
    years: Calendar
    seasons: list[Season]
    line: tuple[Provision, ...]
    year: int | None = None
    yearly: bool = False
    #: The words, the event and the statement of the span read last.
    before: tuple[str, str, int] = ("", "", -1)

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
        before = self.words.plain[statement.start : e.start]
        opened = before.rfind("（") > before.rfind("）")
        return opened and _STAGE.match(self.words.plain, e.end, statement.end) is not None

    def _until(self, e: TimeExpression, statement: Statement, value: Until) -> Draft | None:
        rule = until_rule(value, self.years, self.year)
        if value.point.year:
            self.year = value.point.year
        return replace(self._draft(e, statement, rule), year_written=bool(value.point.year)) if rule else None

    def _between(self, e: TimeExpression, statement: Statement, value: Between) -> Draft | None:
        if _DATES_A_SEASON.search(self.words.plain, statement.start, e.start) and self._covers(statement):
            return None
        core = self.yearly and not value.yearly and value.start is not None and not value.start.year
        value = replace(value, yearly=value.yearly or core)
        name = season_name(self.words, statement, e.start, e.end)
        act = not name and bool(_ACTS.search(self.words.plain, e.end, statement.end))
        rule = between_rule(value, self.years, self.year, act)
        if rule is None or not (act or name or value.yearly or self._binds(e, statement)):
            return None
        if value.start and value.start.year:
            self.year = value.start.year
        if self._is_past(rule, value, statement):
            return None
        self.yearly = self.yearly or value.yearly
        return replace(self._draft(e, statement, rule), season=name, core=core)

    def _is_past(self, rule: Rule, value: Between, statement: Statement) -> bool:
        """2004年4月13日至15日组织了专家组: over before the document was issued, and no stage of a plan."""
        over = isinstance(rule, Period) and isinstance(rule.end, date) and self.years.is_past(rule.end)
        written = value.start is not None and value.start.year is not None
        return over and written and not _STEPS.search(self.words.plain, statement.start, statement.end)

    def _binds(self, e: TimeExpression, statement: Statement) -> bool:
        """A stretch of time binds where its statement lays something down, or is a step of a plan."""
        if _BINDS.search(self.words.plain, statement.start, statement.end):
            return True
        return self._is_stage(e, statement) and any(_STEPS.search(above.heading) for above in self.line)

    def _covers(self, statement: Statement) -> bool:
        """汛期（6月1日—9月30日）实行24小时值班: the dates only say when the season is."""
        return _COVER.search(self.words.plain, statement.start, statement.end) is not None

    def _every(self, e: TimeExpression, statement: Statement, value: Every) -> Draft:
        stop = statement.clauses[statement.clause_at(e.start)][1]
        full = counted(value, self.words.plain, e.end, stop)
        season = season_name(self.words, statement, e.start, e.end) if full.rule.start and full.rule.end else ""
        rule: Rule = full.rule
        if season:
            rule = Period(start=full.rule.start or "", end=full.rule.end or "", yearly=True)
        draft = self._draft(e, statement, rule)
        least = e.end + (2 if self.words.plain.startswith("至少", e.end) else 0)
        far = full.count_start - least > _VERB
        pieces = ((draft.start, least), (full.count_start, full.end)) if far else ((draft.start, full.end),)
        return replace(
            draft, end=full.end, pieces=pieces, aligned=value.aligned, attribute=value.attribute, season=season
        )

    def _length(self, e: TimeExpression, statement: Statement, value: Length) -> Draft | None:
        plain = self.words.plain
        left, right = statement.clauses[statement.clause_at(e.start)]
        alone = plain[left:right].strip("　 但是") == plain[e.start : e.end]
        lone_cap = alone and self.before[2] != statement.start and _AT_MOST.match(plain, e.start) is not None
        if self._of_a_term(e) or (lone_cap and not self._caps_earlier(statement, e.start)):
            return None
        before = _INSIDE.sub("", self.before[0])
        anchor = Anchor(value.event, e.start) if value.event else anchor_of(self.words, statement, e, value)
        draft = self._draft(e, statement, triggered_rule(value, self._event(anchor, statement)), anchor.start)
        if isinstance(draft.rule, Triggered) and draft.rule.event:
            self.before = (plain[e.start : e.end], draft.rule.event, statement.start)
        clause = plain[left : e.start]
        extends = e.form == "longer" or (value.bound in ("not_over", "within") and _EXTENDS.search(clause) is not None)
        caps = lone_cap or (not extends and e.form == "not-over" and self._is_cap(clause, statement, e.start))
        total = caps or _TOTAL.search(plain, e.start, e.end) is not None
        again = self._says_again(statement, e.start, before)
        return replace(draft, form="extension" if extends or caps else e.form, alone=alone, total=total, again=again)

    def _says_again(self, statement: Statement, at: int, said: str) -> bool:
        """七个工作日不能作出决定的，…: the words of the span read last, or 规定期限 for it."""
        words = self.words.plain[statement.start : at]
        return (bool(said) and said in words) or _THAT_SPAN.search(words) is not None

    def _of_a_term(self, e: TimeExpression) -> bool:
        """收到延期申请之日起十日内答复；符合条件的，可以延期一年: the term is longer, not the time to answer."""
        return e.form == "longer" and _LONGER_TERM.search(self.before[1]) is not None

    def _caps_earlier(self, statement: Statement, at: int) -> bool:
        """鉴定期限不得超过三十日。需要延长的，…最长不得超过六十日: the total of the span in the sentence before.

        领取期限逐年增加，但最长不超过二十四个月 caps nobody's span.
        """
        last = next((before.start for before in self.words.before(statement, 1)), None)
        return self.before[2] == last and _LONGER.search(self.words.plain, statement.start, at) is not None

    def _is_cap(self, clause: str, statement: Statement, at: int) -> bool:
        """合同另有约定的，从其约定，但付款期限最长不得超过60日: the total of the span before it."""
        return bool(_BUT_AT_MOST.match(clause) and _OTHERWISE.search(self.words.plain, statement.start, at))

    def _event(self, anchor: Anchor, statement: Statement) -> str:
        """Of two times in one sentence (30分钟内报告，并在2小时内补报) the second runs from the event of the first."""
        said, event, since = self.before
        if since != statement.start or said not in anchor.event:
            return anchor.event
        beside = anchor.event.rpartition(said)[2]
        return beside[1:] if beside.startswith("、") else event

    def _cover(self, e: TimeExpression, statement: Statement, value: Cover) -> Draft | None:
        spoken = during(self.words, statement, e.start)
        name = spoken[0] if spoken else during_section(self.line)
        if not name and not _LAID_DOWN.search(self.words.plain, statement.start, e.end):
            return None
        name = name or _ALWAYS
        season = next((season for season in self.seasons if season.called(name)), None)
        rule = Continuous(during=season.name if season else name, coverage=value.coverage)
        draft = self._draft(e, statement, rule)
        return replace(draft, pieces=(spoken[1:], *draft.pieces)) if spoken else draft
