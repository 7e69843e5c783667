"""督办单 and 催办单: one is issued by the office, the other by the ladder; both are looked up by number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.domain.errors import MissingFact, Refused
from monitor.domain.notice import NoticeView
from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import CLOSED, Occurrence, PlannedStep
from monitor.domain.slip import SUPERVISE, Slip, SlipNumber
from monitor.services.compose import duty_of
from monitor.services.house import House
from monitor.services.notify import post
from monitor.services.outgoing import NewNotice
from monitor.services.owing import UNCHASED
from monitor.services.ports import Entry
from monitor.services.reaching import reached
from schedules.civil import civil
from schedules.manners import release_moment


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """A slip with the task that it is about, as the ledger has it now."""

    slip: Slip
    task: Occurrence
    obligation: Obligation
    view: NoticeView


def supervise(house: House, task_id: int, *, actor: str, basis: str, now: datetime) -> Slip:
    """Put a task under supervision: a numbered 督办单 to its owner, with who issued it and on what basis.

    A task has one; asked for again, the same is given. Refused where the task is closed or nobody can be addressed.
    """
    with house.ledger.atomic():
        task = house.ledger.occurrences.lock(task_id)
        if task.state in CLOSED or task.owner_ref.partition(":")[0] in UNCHASED:
            raise Refused(
                f"task {task_id} is {task.state}, owed by {task.owner_name}", mend="issue it for an open task"
            )
        house.ledger.hold()
        year = civil(now).year
        number = house.ledger.slips.issue("督办单", [(task_id, SUPERVISE)], year=year, by=actor, now=now)
        slip = house.ledger.slips.find(number[task_id, SUPERVISE])
        assert slip is not None
        if post(house, _notices(house, task, slip, now), now):
            entry = Entry("slip", f"occurrence:{task_id}", {"number": str(slip.number), "text": _told(slip, basis)})
            house.ledger.journal.record([entry], actor=actor, now=now)
    return slip


def _told(slip: Slip, basis: str) -> str:
    return f"{slip.number}" + (f"，依据：{basis}" if basis else "")


def _notices(house: House, task: Occurrence, slip: Slip, now: datetime) -> list[NewNotice]:
    step = PlannedStep(key=SUPERVISE, name=SUPERVISE, at=now, role="owner", kind="slip")
    return [
        NewNotice(
            subject=f"occurrence:{task.id}", occurrence=task.id, step=SUPERVISE, name=SUPERVISE, kind="slip",
            recipient=person.id, urgent=False, born_at=now, deliver_at=release_moment(now, False, house.calendar),
            slip_number=str(slip.number),
        )
        for person in reached(house, task, step, now)[0]
    ]  # fmt: skip


def slip_sheet(house: House, number: SlipNumber) -> SlipSheet:
    """The slip of that number with its task. MissingFact where none was issued."""
    slip = house.ledger.slips.find(number)
    if slip is None:
        raise MissingFact(f"no slip {number}", mend="duban slip lists them")
    task = house.ledger.occurrences.get([slip.occurrence])[slip.occurrence]
    obligation = house.ledger.documents.by_uid([task.uid])[task.uid].value
    name = SUPERVISE if slip.step == SUPERVISE else "late-slip"
    duty = duty_of(task, obligation, house.calendar)
    view = NoticeView(kind="slip", step=name, duty=duty, slip_number=str(number))
    return SlipSheet(slip, task, obligation, view)
