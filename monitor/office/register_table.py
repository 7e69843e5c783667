"""Obligations as the rows of a spreadsheet, one column a fact, in the words of the office."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from monitor.domain.obligation import Obligation, Role
from monitor.office.display import joined
from monitor.office.labels import KINDS, chinese
from monitor.office.rule_words import rule_words
from schedules.rules import Fixed, rule_to_json

Value = str | int | float | date | None


def _names(role: Role) -> Callable[[Obligation], Value]:
    return lambda o: "、".join(joined(party.name) for party in o.parties if party.role == role)


def _due(o: Obligation) -> Value:
    return o.rule.due if isinstance(o.rule, Fixed) else None


def _rule(o: Obligation) -> Value:
    """The rule as the register has it, for whoever wants to compute with it."""
    return json.dumps(rule_to_json(o.rule), ensure_ascii=False)


COLUMNS: Final[Sequence[tuple[str, Callable[[Obligation], Value]]]] = (
    ("文号", lambda o: o.doc),
    ("标题", lambda o: joined(o.title)),
    ("印发日期", lambda o: o.issued),
    ("条款", lambda o: o.provision),
    ("类别", lambda o: chinese(KINDS, o.kind)),
    ("时限", lambda o: rule_words(o.rule, o.aligned)),
    ("截止日期", _due),
    ("责任单位", _names("responsible")),
    ("牵头单位", _names("lead")),
    ("配合单位", _names("cooperating")),
    ("填报部门", _names("reporting")),
    ("事项", lambda o: joined(o.action)),
    ("报送", lambda o: "、".join(map(joined, o.report_to))),
    ("原文", lambda o: joined(o.quote)),
    ("时间用语", lambda o: "；".join(map(joined, o.time_text))),
    ("有效期起", lambda o: o.valid.start if o.valid else None),
    ("有效期止", lambda o: o.valid.end if o.valid else None),
    ("后果", lambda o: joined(o.sanction or "")),
    ("把握", lambda o: o.confidence),
    ("文件", lambda o: o.file),
    ("页", lambda o: o.page),
    ("起始行", lambda o: o.lines[0]),
    ("末行", lambda o: o.lines[1]),
    ("规则", _rule),
    ("读出方式", lambda o: o.derived_by),
    ("编号", lambda o: o.id),
    ("所属期间", lambda o: o.core_of or ""),
    ("所附事项", lambda o: o.annex_of or ""),
)


def rows_of(obligations: Iterable[Obligation]) -> tuple[list[str], list[list[Value]]]:
    """Headings and rows."""
    return [heading for heading, _ in COLUMNS], [[value(o) for _, value in COLUMNS] for o in obligations]
