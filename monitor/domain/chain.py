"""Chained clocks (电话, 书面, 续报, 终报): where the text makes one duty's completion the event of the next. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from monitor.domain.event import plain
from monitor.domain.obligation import Obligation
from schedules.rules import Triggered

_RECEIVED: Final = re.compile(
    r"(?:收到|接到|接获|接)(?P<who>.*?)的?(?P<what>(?:电话|书面|首次|初次|续|终)?(?:报告|报送|信息|情况|材料|请示))$"
)
_REPORTS: Final = re.compile("报告|报送|上报|报请|反馈|请示")


def followers(done: Obligation, others: Iterable[Obligation]) -> tuple[Obligation, ...]:
    """The duties of the same document that wait for the completion of ``done``, in the order given."""
    return tuple(other for other in others if other.id != done.id and other.doc == done.doc and follows(done, other))


def follows(done: Obligation, other: Obligation) -> bool:
    """True where ``other`` runs from the act that ``done`` asks for: 电话报告后30分钟内, 收到成员单位报告后1小时内."""
    if not isinstance(other.rule, Triggered):
        return False
    words, act = plain(other.rule.event), plain(done.action)
    if not words or not act:
        return False
    received = _RECEIVED.search(words)
    return _is_received(done, other, received, act) if received else words in act


def _is_received(done: Obligation, other: Obligation, received: re.Match[str], act: str) -> bool:
    """The report named by its sender and its kind, made by him, and to whom the second duty binds."""
    kind = received["what"].removesuffix("报告")
    said = plain(done.action) + plain(done.quote)
    return (
        bool(_REPORTS.search(act))
        and (kind in said)
        and _is_sender(received["who"], done)
        and any(plain(party.name) in said or party.name in done.report_to for party in other.parties)
    )


def _is_sender(who: str, done: Obligation) -> bool:
    sender = plain(who).removeprefix("各")
    names = [plain(party.name).removeprefix("各") for party in done.parties]
    return not sender or any(sender in name or name in sender for name in names)
