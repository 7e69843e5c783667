"""People and posts in the ledger: notices of appointment taken in, duties handed to whom the directory now names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.domain.appointment import Applied, PostChange, Succession, applied
from monitor.domain.directory import Directory, Owner
from monitor.domain.occurrence import Occurrence
from monitor.services.house import House
from monitor.services.notify import office_alarm, post
from monitor.services.owing import UNCHASED
from monitor.services.ports import Entry, StoredObligation
from monitor.services.rearm import steps_for
from monitor.services.windows import Seasons
from notifiers.wording import plain_day
from schedules.civil import civil

_SETTLED = "通讯录已补充"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a changed directory did: tasks that have another owner now, and questions that it answered."""

    tasks: int = 0
    answered: int = 0


def take_changes(house: House, document: int, changes: Sequence[PostChange], now: datetime, *, actor: str) -> None:
    """Keep what a document changes about posts, ask what it leaves open, tell the office who follows whom.

    In the caller's transaction. The directory in force follows when it is looked at next.
    """
    house.ledger.staff.keep(document, changes)
    if not changes:
        return
    found = applied(house.directory, changes)
    for key in house.ledger.journal.ask(found.questions, now=now):
        post(house, office_alarm(house, key, f"请核实：{found.questions[key]}", now), now)
    handed_over = [one for one in found.successions if _is_news(house.directory, one)]
    for one in handed_over:
        _tell_of_succession(house, found.directory, one, now, actor=actor)


def _is_news(directory: Directory, one: Succession) -> bool:
    known = directory.post(one.post_id)
    return known is not None and all(h.person_id != one.successor or not h.covers(one.day) for h in known.holders)


def _tell_of_succession(house: House, directory: Directory, one: Succession, now: datetime, *, actor: str) -> None:
    held, who = directory.post(one.post_id), directory.person(one.successor)
    if held is None or who is None:
        return
    before = directory.person(one.predecessor or "")
    tasks = house.ledger.staff.open_under(_refs(directory, one.post_id))
    detail = {
        "doc": one.doc, "successor": who.name, "predecessor": before.name if before else None,
        "from": one.day.isoformat(), "tasks": tasks,
    }  # fmt: skip
    house.ledger.journal.record([Entry("succession", f"post:{one.post_id}", detail)], actor=actor, now=now)
    follows = f"，接替{before.name}" if before else ""
    remark = f"{one.doc}：{who.name}自{plain_day(one.day)}起任{held.title}{follows}。"
    remark += f"该职务及其所负责单位名下的{tasks}项未办结事项随职务转由其负责。" if tasks else ""
    post(house, office_alarm(house, f"succession:{one.doc}:{one.post_id}:{one.successor}", remark, now), now)


def _refs(directory: Directory, post_id: str) -> Iterator[str]:
    yield f"post:{post_id}"
    yield from (f"organ:{organ.id}" for organ in directory.organs if organ.head == post_id)


def staffed(house: House, base: Directory) -> Applied:
    """The office's directory with every notice of appointment in the ledger laid over it."""
    return applied(base, house.ledger.staff.changes())


def digest_of(directory: Directory) -> str:
    """The fingerprint of a directory: it changes with anything that can change an owner or a recipient."""
    return hashlib.sha256(repr(directory).encode()).hexdigest()


def settle(house: House, found: Applied, now: datetime, *, actor: str = "plan") -> Settled:
    """Where the directory in force has changed, give tasks to the owners that it names now and close what it answers.

    A duty of somebody unknown, or of a person whose post was not known, goes to whom its party means today.
    """
    digest = digest_of(found.directory)
    with house.ledger.atomic():
        before = house.ledger.staff.directory()
        if before == digest:
            return Settled()
        tasks = _hand_over(house, now) if before else []
        answered = _answer(house, found, now) if before else 0
        if not house.ledger.staff.mark_directory(digest, was=before):
            # Another process did the same at the same moment, to the same tasks.
            return Settled()
        if before:
            detail = {"sha256": digest, "was": before, "tasks": len(tasks), "answered": answered}
            house.ledger.journal.record([Entry("directory", "ledger", detail), *tasks], actor=actor, now=now)
    return Settled(len(tasks), answered)


def _hand_over(house: House, now: datetime) -> list[Entry]:
    tasks = house.ledger.occurrences.get(house.ledger.staff.unsettled())
    if not tasks:
        return []
    duties = house.ledger.documents.by_uid({task.uid for task in tasks.values()})
    seasons = Seasons(house.ledger.documents.seasons())
    entries: list[Entry] = []
    for task in tasks.values():
        duty = duties.get(task.uid)
        owners = _owners(house, duty, task) if duty else ()
        if duty is None or not owners or owners[0].ref == task.owner_ref or owners[0].kind == "unknown":
            continue
        moved = replace(task, owner_ref=owners[0].ref, owner_name=owners[0].name)
        if task.owner_ref.partition(":")[0] in UNCHASED:
            # Nobody was told until now, so the latest step that has passed is still to be sent.
            moved = replace(moved, handled_until=None)
            moved = replace(moved, steps=steps_for(house, duty, moved, seasons, now))
        house.ledger.staff.transfer(moved)
        house.ledger.staff.replan([duty.id] if len(owners) > 1 else [])
        detail = {"from": task.owner_name, "to": "、".join(owner.name for owner in owners), "text": _SETTLED}
        entries.append(Entry("transfer", f"occurrence:{task.id}", detail))
    return entries


def _owners(house: House, duty: StoredObligation, task: Occurrence) -> tuple[Owner, ...]:
    on = duty.value.issued or civil(duty.known_at).date()
    return house.directory.owners(task.party, on, duty.value.doc)


def _answer(house: House, found: Applied, now: datetime) -> int:
    """Close the questions whose answer the directory now holds: open points of notices, names that it knows now."""
    staff = house.ledger.staff
    keys = [key for key in staff.open_questions("appointment:") if key not in found.questions]
    on = civil(now).date()
    for key in staff.open_questions("party:"):
        _, doc, name = key.split(":", 2)
        if house.directory.owners(name, on, doc)[0].kind != "unknown":
            keys.append(key)
    house.ledger.journal.answer(keys, _SETTLED, now=now)
    return len(keys)
