"""Events told to the ledger: raised once, ended, judged by the office; a completion that is the next duty's event."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.domain.chain import followers
from monitor.domain.errors import BadText, MissingFact, Refused
from monitor.domain.event import Event, plain
from monitor.domain.occurrence import CLOSED, Occurrence
from monitor.services.arming import Armed, arm, arm_for, question_key, question_of, sort_out, waiting
from monitor.services.cover import watch
from monitor.services.house import House
from monitor.services.notify import tell_of_questions
from monitor.services.ports import Entry, StoredObligation
from monitor.services.reaching import owner_of
from schedules.civil import civil, written_moment
from schedules.reasons import Reason

LONGEST_KEY = 60
LONGEST_NAME = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What somebody tells: the event's name, when it happens, whom it concerns (empty for everybody), on what basis.

    ``key`` makes it repeatable; without one it follows from name, moment and organ. ``ended_at`` where it is over.
    """

    name: str
    at: datetime
    key: str = ""
    organ: str = ""
    basis: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What an event did: tasks added, duties it started, duties the office must say about; nothing when repeated."""

    event: Event
    tasks: int = 0
    starts: tuple[StoredObligation, ...] = ()
    asks: tuple[StoredObligation, ...] = ()
    repeated: bool = False


def raise_event(house: House, telling: Telling, *, actor: str, now: datetime) -> Raised:
    """Record an event and start the clocks that wait for it; telling it again changes nothing.

    What is the same by name starts at once, what only resembles it becomes a question. Refused where the key already
    stands for something else, BadText for an empty name, MissingFact for an organ that the directory does not know.
    """
    event = _event(house, telling, actor, now)
    with house.ledger.atomic():
        house.ledger.hold()
        known = house.ledger.events.find(event.key)
        if known:
            return _repeated(known, event)
        house.ledger.events.add(event)
        found = sort_out(house, event, waiting(house))
        armed = Armed()
        arm(house, event, found.starts, now, armed)
        armed.questions.update(question_of(event, found.asks))
        detail = {"name": event.name, "at": civil(event.at).isoformat(), "for": event.organ, "basis": event.basis}
        tasks = _write(house, "event", event, armed, detail, actor=actor, now=now)
        _settle_seasons(house, found.starts, event, now)
        # A response may begin at night: whether anybody is on duty is not left to the next round.
        watch(house, now)
    return Raised(event=event, tasks=tasks, starts=found.starts, asks=found.asks)


def end_event(house: House, key: str, at: datetime, *, actor: str, now: datetime, reason: str = "") -> Event:
    """The event was over at that moment: cover that it began ends then. Refused where it ended at another moment."""
    with house.ledger.atomic():
        event = house.ledger.events.get(key)
        if event.ended_at == at:
            return event
        if event.ended_at:
            raise Refused(f"事件“{event.name}”已于{written_moment(event.ended_at)}终止", mend="台账未作改动")
        if at < event.at:
            raise BadText(f"终止时刻早于事件发生的{written_moment(event.at)}", mend="核对 --at")
        house.ledger.events.end(key, at)
        ids = [duty.id for duty in house.ledger.documents.awaiting()]
        lasting = [o for o in house.ledger.occurrences.of_window(f"event:{key}", ids) if _lasts(o)]
        house.ledger.occurrences.save([_ending(o, at) for o in lasting])
        detail = {"name": event.name, "at": civil(at).isoformat(), "tasks": len(lasting), "text": reason}
        house.ledger.journal.record([Entry("event-end", f"event:{key}", detail)], actor=actor, now=now)
    return replace(event, ended_at=at)


def withdraw_event(house: House, key: str, *, actor: str, now: datetime, reason: str) -> int:
    """The event was told by mistake: what is open of it is retired; the tasks. Refused for a completion and twice."""
    if not reason.strip():
        raise BadText("没有写撤销理由", mend="用 --reason 写明")
    with house.ledger.atomic():
        event = house.ledger.events.get(key)
        if event.task or event.withdrawn_at:
            raise Refused(f"事件“{event.name}”不能撤销", mend="报送启动的计时随任务退回；已撤销的不再撤销")
        house.ledger.events.withdraw(key, now)
        ids = [duty.id for duty in house.ledger.documents.awaiting()]
        live = [o for o in house.ledger.occurrences.of_window(f"event:{key}", ids) if o.state not in CLOSED]
        house.ledger.occurrences.save([replace(o, state="retired", silent_at=None) for o in live])
        entries = [Entry("retired", f"occurrence:{o.id}", {"text": f"事件撤销：{reason}"}) for o in live]
        entry = Entry("event-withdraw", f"event:{key}", {"name": event.name, "text": reason, "tasks": len(live)})
        house.ledger.journal.record([entry, *entries], actor=actor, now=now)
        house.ledger.journal.answer(_questions_of(house, event), "事件已撤销", now=now)
    return len(live)


def _questions_of(house: House, event: Event) -> list[str]:
    return sorted({question_key(event, duty.value.doc) for duty in house.ledger.documents.awaiting()})


def judge_event(house: House, key: str, duties: Sequence[str], *, holds: bool, actor: str, now: datetime) -> Raised:
    """The office's word on duties named by the beginning of their ids; it holds for later events of that name too."""
    with house.ledger.atomic():
        house.ledger.hold()
        event, duties_waiting = house.ledger.events.get(key), waiting(house)
        if event.withdrawn_at:
            raise Refused(f"事件“{event.name}”已撤销", mend="台账未作改动")
        meant = tuple(_duty_named(duties_waiting, duty) for duty in duties)
        name = plain(event.name)
        house.ledger.events.judge(name, [duty.id for duty in meant], holds=holds, by=actor, now=now)
        armed = Armed()
        if holds:
            arm(house, event, meant, now, armed)
        detail = {"name": event.name, "duties": [duty.value.id for duty in meant]}
        tasks = _write(house, "event-confirm" if holds else "event-reject", event, armed, detail, actor=actor, now=now)
        left = {duty.value.doc for duty in sort_out(house, event, duties_waiting).asks}
        settled = {question_key(event, duty.value.doc) for duty in meant if duty.value.doc not in left}
        house.ledger.journal.answer(sorted(settled), "已确认" if holds else "已排除", now=now)
    return Raised(event=event, tasks=tasks, starts=meant if holds else ())


def completed(house: House, done: Occurrence, *, actor: str, now: datetime) -> int:
    """Where the text makes this completion the event of other duties, their clocks start now; the tasks added."""
    ledger, armed = house.ledger, Armed()
    stored = ledger.documents.by_uid([done.uid]).get(done.uid)
    document = stored and ledger.documents.find(stored.value.doc)
    if stored is None or document is None:
        return 0
    duties = {one.value.id: one for one in ledger.documents.obligations(document.id) if one.state == "accepted"}
    following = followers(stored.value, (one.value for one in duties.values()))
    key = f"task-{done.id}"
    if not following or ledger.events.find(key):
        return 0
    event = Event(
        key=key, name=stored.value.action[:LONGEST_NAME], at=now, told_at=now, organ=done.owner_name,
        basis=f"任务{done.id}已报送", told_by=actor, task=done.id,
    )  # fmt: skip
    ledger.events.add(event)
    parties = {party.name for party in stored.value.parties}
    for duty in following:
        same = parties & {party.name for party in duty.parties}
        arm_for(house, event, duties[duty.id], (owner_of(done),) if same else (), now, armed)
    return _write(house, "event", event, armed, {"name": event.name, "task": done.id}, actor=actor, now=now)


def _event(house: House, telling: Telling, actor: str, now: datetime) -> Event:
    name, organ, key = telling.name.strip(), telling.organ.strip(), telling.key.strip()
    if not plain(name) or len(name) > LONGEST_NAME:
        raise BadText(f"事件名称为空或超过{LONGEST_NAME}字", mend="写明发生了什么，如“启动防汛Ⅲ级应急响应”")
    if len(key) > LONGEST_KEY or any(sign.isspace() for sign in key):
        raise BadText(f"标识超过{LONGEST_KEY}字或含空白", mend="换一个短的 --key")
    if organ and house.directory.owners(organ, civil(telling.at).date())[0].kind == "unknown":
        raise MissingFact(f"通讯录中没有“{organ}”", mend="核对名称，或先补全通讯录")
    if telling.ended_at and telling.ended_at < telling.at:
        raise BadText("事件的终止时刻早于发生时刻", mend="核对两个时刻")
    return Event(
        key=key or _made_key(name, telling.at, organ), name=name, at=telling.at, told_at=now,
        ended_at=telling.ended_at, organ=organ, basis=telling.basis.strip(), told_by=actor,
    )  # fmt: skip


def _made_key(name: str, at: datetime, organ: str) -> str:
    body = "\n".join((plain(name), civil(at).isoformat(), organ))
    return f"{civil(at):%Y%m%dT%H%M}-{hashlib.sha256(body.encode()).hexdigest()[:8]}"


def _repeated(known: Event, event: Event) -> Raised:
    if known.withdrawn_at:
        raise Refused(f"标识“{event.key}”的事件已撤销", mend="换一个 --key 重新登记")
    if not known.same_facts(event):
        raise Refused(
            f"标识“{event.key}”已用于事件“{known.name}”（{written_moment(known.at)}）",
            mend="换一个 --key；台账未作改动",
        )
    return Raised(event=known, repeated=True)


def _write(
    house: House, action: str, event: Event, armed: Armed, detail: Mapping[str, object], *, actor: str, now: datetime
) -> int:
    """Occurrences, questions and the one entry of the history; the number of tasks that are new."""
    tasks = house.ledger.occurrences.add(armed.occurrences)
    asked = house.ledger.journal.ask(armed.questions, now=now)
    entry = Entry(action, f"event:{event.key}", {**detail, "tasks": tasks, "questions": len(armed.questions)})
    house.ledger.journal.record([entry], actor=actor, now=now)
    tell_of_questions(house, asked, now)
    return tasks


def _settle_seasons(house: House, starts: Sequence[StoredObligation], event: Event, now: datetime) -> None:
    """Planning had asked for the date of such a season: now somebody told it."""
    keys = [f"fact:{duty.value.id}" for duty in starts if duty.value.kind != "triggered"]
    if keys:
        house.ledger.journal.answer(keys, f"事件“{event.name}”：{written_moment(event.at)}", now=now)


def _lasts(o: Occurrence) -> bool:
    return o.kind == "continuous" and o.state not in CLOSED


def _ending(o: Occurrence, at: datetime) -> Occurrence:
    return replace(o, ends_at=at, end=civil(at).date(), why=(*o.why, Reason("event", f"{written_moment(at)}终止")))


def _duty_named(duties: Sequence[StoredObligation], uid: str) -> StoredObligation:
    found = [duty for duty in duties if uid and duty.value.id.startswith(uid)]
    if len(found) != 1:
        problem = "没有" if not found else "不止一项"
        raise MissingFact(f"等待事件的责任事项中{problem}编号以“{uid}”开头的", mend="duban event show 列出编号")
    return found[0]
