"""Conclusions of an inspection (督查结论) and their review: 30 days to ask, 30 to answer, by others than the authors.

政府督查工作条例 (State Council Decree 733), art. 17.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.domain.errors import BadText, MissingFact, Refused
from monitor.domain.obligation import Obligation, Party
from monitor.domain.occurrence import Occurrence
from monitor.services.events import Raised, Telling, raise_event
from monitor.services.house import House
from monitor.services.ports import Entry
from schedules.arithmetic import Deadline, end_of_span
from schedules.civil import civil, written
from schedules.rules import Triggered
from schedules.spans import Span

TERM: Final = Span(days=30)
REVIEW: Final = "review"
"""What the duty to answer a review is derived by: the mark by which its authors are kept from it."""
_BETWEEN: Final = "、"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """A conclusion as it is delivered (送达) to one unit at a moment; ``authors`` are all who took part in it."""

    text: str
    unit: str
    authors: tuple[str, ...]
    delivered: datetime
    approver: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The conclusion's number, and until when the unit may ask for review."""

    name: str
    until: Deadline


def deliver(house: House, conclusion: Conclusion, *, actor: str, now: datetime) -> Delivered:
    """Enter a conclusion that was delivered; the duty to answer a review waits for somebody to ask.

    BadText without text, author or approver; MissingFact for a unit that the directory does not know.
    """
    if not (conclusion.text.strip() and conclusion.authors and conclusion.approver.strip()):
        raise BadText("督查结论须写明内容、作出结论的人员和批准人", mend="补全后再登记")
    if any(_BETWEEN in author or not author.strip() for author in conclusion.authors):
        raise BadText("作出结论的人员须逐个写明", mend="每人用一个 --author")
    with house.ledger.atomic():
        house.ledger.hold()
        name = conclusion.name.strip() or _number(house, conclusion.delivered)
        if house.ledger.documents.find(name):
            raise Refused(f"“{name}”已在台账中", mend="换一个 --name；台账未作改动")
        duty = _duty(house, conclusion, name)
        _store(house, conclusion, duty, now)
        told = Telling(
            name=f"{name}送达", at=conclusion.delivered, key=_key(name), organ=conclusion.unit, basis=conclusion.text
        )
        raise_event(house, told, actor=actor, now=now)
        detail = {"doc": name, "authors": list(conclusion.authors), "approver": conclusion.approver}
        house.ledger.journal.record([Entry("accepted", f"obligation:{duty.id}", detail)], actor=actor, now=now)
    return Delivered(name, _until(house, conclusion.delivered))


def ask_review(house: House, name: str, unit: str, reason: str, at: datetime, *, actor: str, now: datetime) -> Raised:
    """The unit objects and asks for review: the office's 30 days to answer begin. Refused after the unit's own 30 days,
    for another unit than that to which the conclusion was delivered, and without a reason."""
    with house.ledger.atomic():
        delivered = house.ledger.events.find(_key(name))
        if delivered is None:
            raise MissingFact(f"没有督查结论“{name}”", mend="核对编号，见 duban event list")
        on = civil(at).date()
        refs = {owner.ref for owner in house.directory.owners(delivered.organ, on)}
        if not refs & {owner.ref for owner in house.directory.owners(unit, on)}:
            raise Refused(f"“{name}”送达的是{delivered.organ}", mend="由收到督查结论的单位申请复核")
        until = _until(house, delivered.at)
        if at >= until.due:
            raise Refused(f"已过申请复核的期限{written(until.day)}（条例第十七条）", mend="台账未作改动")
        if not reason.strip():
            raise BadText("没有写申请复核的理由", mend="用 --reason 写明")
        telling = Telling(name=_asked(name), at=at, key=f"{_key(name)}:review", basis=f"{unit}：{reason.strip()}")
        return raise_event(house, telling, actor=actor, now=now)


def keep_out(house: House, task: Occurrence, names: tuple[str, ...]) -> None:
    """Refused where somebody who took part in a conclusion would answer its review (回避)."""
    stored = house.ledger.documents.by_uid([task.uid]).get(task.uid)
    if stored is None or stored.value.derived_by != REVIEW:
        return
    document = house.ledger.documents.find(stored.value.doc)
    authors = set(document.issuer.split(_BETWEEN)) if document else set()
    if barred := authors & set(names):
        raise Refused(f"{min(barred)}参与作出该督查结论，复核中应当回避（条例第十七条）", mend="由其他人员办理")


def _key(name: str) -> str:
    return f"delivered:{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _asked(name: str) -> str:
    return f"收到{name}复核申请"


def _until(house: House, delivered: datetime) -> Deadline:
    return end_of_span(delivered, TERM, house.calendar, event="收到督查结论")


def _number(house: House, at: datetime) -> str:
    stem = f"督查结论〔{civil(at).year}〕"
    taken = {document.name for document in house.ledger.documents.all()}
    return next(name for n in range(1, len(taken) + 2) if (name := f"{stem}{n}号") not in taken)


def _duty(house: House, conclusion: Conclusion, name: str) -> Obligation:
    return Obligation(
        id=hashlib.sha256(f"{name}\n{REVIEW}".encode()).hexdigest()[:16], file="", doc=name,
        title=f"督查结论：{conclusion.text}"[:80], issued=civil(conclusion.delivered).date(), provision="复核",
        lines=(1, 1), quote="收到复核申请之日起30日内作出复核决定（《政府督查工作条例》第十七条）",
        time_text=("30日内",),
        parties=(Party(house.office, "responsible"),), action="作出复核决定", report_to=(conclusion.unit,),
        rule=Triggered(event=_asked(name), within=TERM), confidence=1.0, derived_by=REVIEW,
    )  # fmt: skip


def _store(house: House, conclusion: Conclusion, duty: Obligation, now: datetime) -> None:
    known = min(now, conclusion.delivered)
    document = house.ledger.documents.add(
        name=duty.doc, title=duty.title, issuer=_BETWEEN.join(conclusion.authors), issued=duty.issued, file="",
        sha256=hashlib.sha256(conclusion.text.encode()).hexdigest(), repeals=(), now=known,
    )  # fmt: skip
    row = [(0, duty, "accepted")]
    house.ledger.documents.add_obligations(document.id, row, by=conclusion.approver[:80], now=known)  # type: ignore[arg-type]
