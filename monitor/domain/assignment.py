"""Items without a document (批示, 会议纪要): default limits by kind, the duty of an entry, asking too often. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from monitor.domain.errors import BadText
from monitor.domain.event import likeness, plain
from monitor.domain.obligation import Obligation, Party
from schedules.civil import civil
from schedules.rules import Fixed, Rule, Triggered
from schedules.spans import Span


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a kind of item is given, from the day after it was assigned, and on what basis."""

    name: str
    within: Span | None
    within_workdays: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Limits by kind, and when asking becomes asking too often (政府督查工作条例 art. 15).

    That is: within ``days`` the same unit about a matter as like as ``likeness``, or beside ``most`` other items.
    """

    limits: Mapping[str, Limit]
    days: int
    likeness: float
    most: int

    def limit(self, kind: str) -> Limit:
        """The limit of a kind. BadText where there is none."""
        if kind not in self.limits:
            raise BadText(f"没有“{kind}”这一类", mend=f"可用：{'、'.join(self.limits)}；或在 assignments.yaml 中增加")
        return self.limits[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An item as the office enters it: ``text`` in its own words, ``source`` who asked for it.

    ``basis`` and ``approver`` are those of the 立项 (arts. 11, 21); ``due`` only where a day was set by hand, with
    ``reason``. The first of ``parties`` leads.
    """

    kind: str
    text: str
    parties: tuple[str, ...]
    source: str
    basis: str
    approver: str
    at: datetime
    due: date | None = None
    reason: str = ""
    name: str = ""


def terms_from_data(data: Mapping[str, Any]) -> Terms:
    """The terms in plain data. KeyError, TypeError or ValueError where they cannot be meant."""
    limits = {}
    for kind in data["kinds"]:
        within = Span.parse(kind["within"]) if "within" in kind else None
        workdays = int(kind["within_workdays"]) if "within_workdays" in kind else None
        if (within is None) == (workdays is None):
            raise ValueError(f"{kind['name']}: within 与 within_workdays 须写且只写一项")
        limits[str(kind["name"])] = Limit(str(kind["name"]), within, workdays, str(kind["basis"]))
    repeat = data["repeat"]
    return Terms(limits, int(repeat["days"]), float(repeat["likeness"]), int(repeat["most"]))


def obligation_of(item: Assignment, limit: Limit, name: str) -> Obligation:
    """The duty that an entry makes; its own text is its quote. BadText where text, parties or grounds are missing."""
    for said, what in ((item.text, "事项"), (item.basis, "立项依据"), (item.approver, "批准人")):
        if not said.strip():
            raise BadText(f"没有写{what}", mend="立项须写明事项、依据和批准人")
    if not item.parties:
        raise BadText("没有责任单位", mend="用 --to 指定")
    if item.due and not item.reason.strip():
        raise BadText("另定期限没有写理由", mend="用 --reason 写明")
    issued = civil(item.at).date()
    if item.due and item.due < issued:
        raise BadText("期限早于交办之日", mend="核对 --due")
    rest = ("responsible",) if len(item.parties) == 1 else ("lead", *("responsible",) * (len(item.parties) - 1))
    return Obligation(
        id=hashlib.sha256("\n".join((name, item.text, *item.parties)).encode()).hexdigest()[:16],
        file="", doc=name, title=f"{item.kind}：{item.text}"[:80], issued=issued, provision="立项", lines=(1, 1),
        quote=item.text, time_text=(), parties=tuple(Party(n, r) for n, r in zip(item.parties, rest, strict=True)),  # type: ignore[arg-type]
        action=item.text, report_to=(item.source,) if item.source else (), rule=_rule(item, limit, name),
        confidence=1.0, derived_by="assigned",
    )  # fmt: skip


def event_name(name: str) -> str:
    """The event from which the limit of an item counts."""
    return f"{name}交办"


def _rule(item: Assignment, limit: Limit, name: str) -> Rule:
    if item.due:
        return Fixed(due=item.due)
    return Triggered(event=event_name(name), within=limit.within, within_workdays=limit.within_workdays)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a unit was asked before: the matter, by which item, from whom."""

    doc: str
    matter: str
    source: str


def repeats(item: Assignment, earlier: Sequence[Asked], terms: Terms) -> tuple[str, ...]:
    """Why an item asks a unit too often, in Chinese; nothing where it does not."""
    like = [one for one in earlier if likeness(plain(one.matter), plain(item.text)) >= terms.likeness]
    said = [f"{terms.days}日内已就同类事项督查：{_named(one.doc for one in like)}"] if like else []
    others = {one.source for one in like if one.source and one.source != item.source}
    if others:
        said.append(f"同类事项另由{'、'.join(sorted(others))}提出，属多头督查")
    if len(earlier) >= terms.most:
        said.append(f"{terms.days}日内已立项{len(earlier)}件")
    return tuple(said)


def _named(docs: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(docs))
