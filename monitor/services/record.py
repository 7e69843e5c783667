"""Following up: 签收, 反馈, 退回, 销号, 延期, 异议, 免办, each one transaction with its history entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from monitor.domain import occurrence as state
from monitor.domain.errors import BadText, Refused
from monitor.domain.occurrence import Occurrence
from monitor.services.acting import check_acting
from monitor.services.conclusions import keep_out
from monitor.services.events import completed
from monitor.services.house import House
from monitor.services.plan import AHEAD
from monitor.services.ports import Entry
from monitor.services.returning import resumed
from monitor.services.rolling import roll_on
from monitor.services.steps import ladder_of, planned_steps
from schedules.civil import at_time, civil, day_end, written
from schedules.ladder import MORNING
from schedules.reasons import Reason
from schedules.windows import Window

Action = Literal["ack", "report", "return", "close", "extend", "dispute", "waive"]
SILENT_WORKDAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody did about a task: ``text`` is evidence or reason, ``until`` the new last day of an extension.

    ``on_behalf`` names the leader for whom the actor speaks (代办), ``approver`` who granted it; empty: the actor.
    """

    action: Action
    text: str = ""
    until: date | None = None
    on_behalf: str = ""
    approver: str = ""


def record(house: House, occurrence: int, answer: Answer, *, actor: str, now: datetime) -> Occurrence:
    """Apply an answer. Refused where the state does not allow it, or the actor may not speak for whom he does; nothing
    is changed then."""
    if answer.on_behalf:
        check_acting(house, actor, answer.on_behalf, now)
    with house.ledger.atomic():
        before = house.ledger.occurrences.lock(occurrence)
        if answer.action in ("report", "close"):
            keep_out(house, before, (actor, answer.on_behalf))
        after = _applied(house, before, answer, now)
        house.ledger.occurrences.save([after])
        entry = Entry(answer.action, f"occurrence:{occurrence}", _detail(answer, before, after, actor))
        house.ledger.journal.record([entry], actor=actor, now=now)
        if after.state == "submitted" and before.state != "submitted":
            completed(house, after, actor=actor, now=now)
        if after.state == "done":
            roll_on(house, after, now, ahead=AHEAD, actor=actor)
    return after


def _detail(answer: Answer, before: Occurrence, after: Occurrence, actor: str) -> dict[str, str | int | None]:
    detail: dict[str, str | int | None] = {"text": answer.text, "from": before.state, "to": after.state}
    if answer.on_behalf:
        detail["for"] = answer.on_behalf
    if answer.until:
        detail |= {
            "until": answer.until.isoformat(),
            "was_due": civil(before.due).isoformat() if before.due else None,
            "approver": answer.approver or actor,
            "extensions": after.extensions,
        }
    return detail


def finish(house: House, occurrence: int, evidence: str, *, actor: str, now: datetime) -> Occurrence:
    """办结 in one go by the office: what is still to be reported, with its evidence, and the closing."""
    with house.ledger.atomic():
        current = house.ledger.occurrences.lock(occurrence)
        while current.state != "submitted":
            current = record(house, occurrence, Answer(action="report", text=evidence), actor=actor, now=now)
            if current.kept:
                return current
        return record(house, occurrence, Answer(action="close", text=evidence), actor=actor, now=now)


def reopen(house: House, occurrence: int, reason: str, *, actor: str, now: datetime) -> Occurrence:
    """重新办理 of what was closed or waived by mistake. Refused for anything else; the clock was never reset."""
    with house.ledger.atomic():
        before = house.ledger.occurrences.lock(occurrence)
        after = state.reopen(before, now)
        house.ledger.occurrences.save([after])
        detail = {"text": reason, "from": before.state, "to": after.state}
        house.ledger.journal.record([Entry("reopen", f"occurrence:{occurrence}", detail)], actor=actor, now=now)
    return after


def _applied(house: House, o: Occurrence, answer: Answer, now: datetime) -> Occurrence:
    match answer.action:
        case "ack":
            return state.acknowledge(o, now, _silent_at(house, now))
        case "report":
            return state.report(o, now, answer.text)
        case "return":
            return resumed(state.send_back(o, now), now, house.calendar)
        case "close":
            return state.close(o, now)
        case "dispute":
            return state.dispute(o, now)
        case "waive":
            return state.waive(o)
        case "extend":
            return _extended(house, o, answer, now)


def _silent_at(house: House, now: datetime) -> datetime:
    return at_time(house.calendar.add_workdays(civil(now).date(), SILENT_WORKDAYS), MORNING)


def _extended(house: House, o: Occurrence, answer: Answer, now: datetime) -> Occurrence:
    if answer.until is None:
        raise BadText("没有写新期限（extend: no new date）", mend="给出原期限之后的日期")
    if not answer.text.strip():
        raise Refused("没有写延期理由（extend: no reason given）", mend="写明为什么不能按期办结")
    due = day_end(answer.until)
    granted = Reason("extension", f"经批准延期至{written(answer.until)}，理由：{answer.text}")
    window = Window(
        start=o.start or civil(now).date(), end=answer.until, shape="date", due=due, due_day=answer.until,
        count_min=o.count_min, why=(*o.why, granted),
    )  # fmt: skip
    sent = tuple(step for step in o.steps if step.at <= now)
    stored = house.ledger.documents.by_uid([o.uid])[o.uid]
    steps = planned_steps(ladder_of(house, stored, o.owner_name, o.party), window, house.calendar, opened=now)
    # A second lead-1 is another notice than the one already sent for the old date, so its key must differ.
    ahead = tuple(
        replace(step, key=f"{step.key}+{answer.until}") for step in steps if step.at > now and not step.passed_over
    )
    return replace(state.extend(o, now, due, (*sent, *ahead)), why=window.why)
