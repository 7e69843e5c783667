"""Cover round the clock (24小时值班带班): hours that a roster leaves open are told to the office days ahead, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from monitor.domain.obligation import Obligation
from monitor.domain.occurrence import Occurrence
from monitor.domain.roster import Gap, gaps
from monitor.services.house import House
from monitor.services.notify import office_alarm, post
from monitor.services.outgoing import NewNotice
from monitor.services.ports import Entry
from monitor.services.reaching import owner_of
from notifiers.wording import clock_text, day_text, last_day
from schedules.civil import ONE_DAY, civil, day_start
from schedules.manners import release_moment
from schedules.rules import Continuous

AHEAD = timedelta(days=3)
"""A gap is told this long before it begins, counted from the next working day: nobody fills one on a day off."""
ROUND_THE_CLOCK = "24h"
_DUTY_NAMES = {"officer": "值班人员", "leader": "带班领导"}


@dataclass(slots=True)
class Hole:
    """Hours that the rosters of some organs leave open under one duty; ``unkept``: they have no roster at all."""

    duty: Obligation
    gap: Gap
    unkept: bool
    lasting: bool
    organs: dict[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """Its identity: the same hours of the same organs are told of once."""
        organs = hashlib.sha256("\n".join(sorted(self.organs)).encode()).hexdigest()[:12]
        return f"cover:{self.duty.id}:{civil(self.gap.start):%Y%m%dT%H%M}:{'+'.join(self.gap.lacking)}:{organs}"

    @property
    def remark(self) -> str:
        """What the office reads."""
        organs, lacking = "、".join(self.organs.values()), "和".join(_DUTY_NAMES[duty] for duty in self.gap.lacking)
        place = f"{self.duty.doc}{self.duty.provision.replace('/', '')}"
        basis = f"{place}要求{_during(self.duty)}内24小时值班带班"
        if self.unkept:
            return f"{basis}，{organs}尚无值班表（{self._hours()}），请督促报送并导入。"
        return f"{organs}的值班表有空档：{self._hours()}缺{lacking}，请补排。{basis}。"

    def _hours(self) -> str:
        start = civil(self.gap.start)
        # A beginning at midnight is that of its day, not the end of the one before.
        begin = f"{day_text(start.date())}{'0时' if start.time() == time() else clock_text(start)}"
        if self.lasting:
            return f"{begin}起"
        last = last_day(self.gap.end)
        day = "" if last == start.date() else day_text(last)
        return f"{begin}至{day}{clock_text(self.gap.end)}，共{self.gap.hours:g}小时"


def watch(house: House, now: datetime) -> int:
    """Tell the office of the gaps that begin soon or have begun; again and again tells nothing twice. The new ones."""
    with house.ledger.atomic():
        holes = list(holes_ahead(house, now))
        if not holes:
            return 0
        # Two processes may look at once: the second one finds what the first has told.
        house.ledger.hold()
        known = {subject for subject, _, _ in house.ledger.outbox.known_steps(hole.subject for hole in holes)}
        new = [hole for hole in holes if hole.subject not in known]
        notices = [notice for hole in new for notice in _alarms(house, hole, now)]
        if not notices:
            return 0
        post(house, notices, now)
        house.ledger.journal.record([_entry(hole) for hole in new], actor="plan", now=now)
    return len(new)


def holes_ahead(house: House, now: datetime) -> Iterator[Hole]:
    """The gaps not over yet that begin before three days after the next working day."""
    horizon = day_start(house.calendar.next_workday(civil(now).date() + ONE_DAY)) + AHEAD
    return holes_between(house, now, horizon)


def holes_between(house: House, start: datetime, until: datetime) -> Iterator[Hole]:
    """The gaps of all rosters under which cover is owed that touch [start, until), organs with the same together."""
    owed = house.ledger.occurrences.covering(until)
    duties = {uid: one.value for uid, one in house.ledger.documents.by_uid({o.uid for o in owed}).items()}
    found: dict[tuple[str, Gap, bool], Hole] = {}
    for occurrence in owed:
        duty = duties.get(occurrence.uid)
        if duty is None or not _round_the_clock(duty):
            continue
        for hole in _holes(house, occurrence, duty, until):
            if hole.gap.end > start and hole.gap.start < until:
                same = found.setdefault((duty.id, hole.gap, hole.unkept), hole)
                same.organs |= hole.organs
    order = {organ.id: at for at, organ in enumerate(house.directory.organs)}
    for hole in sorted(found.values(), key=lambda hole: (hole.gap.start, hole.gap.end, hole.duty.id)):
        hole.organs = dict(sorted(hole.organs.items(), key=lambda organ: order.get(organ[0], len(order))))
        yield hole


def _round_the_clock(duty: Obligation) -> bool:
    """Unbroken patrols (不间断巡护) are no desk: only a watch kept by the clock has a roster."""
    return isinstance(duty.rule, Continuous) and duty.rule.coverage == ROUND_THE_CLOCK


def _holes(house: House, o: Occurrence, duty: Obligation, horizon: datetime) -> Iterator[Hole]:
    organ_id = _organ_of(house, o)
    if organ_id is None:
        return
    start = day_start(o.start) if o.start and not o.window.startswith("event:") else o.opens_at
    until = o.ends_at or max(horizon, start)
    shifts = [shift for shift in house.directory.roster(organ_id) if shift.start < until and start < shift.end]
    for gap in gaps(shifts, start, until):
        lasting = o.ends_at is None and gap.end == until
        yield Hole(duty, gap, not shifts, lasting, {organ_id: _name(house, organ_id)})


def _organ_of(house: House, o: Occurrence) -> str | None:
    """Whose roster covers: the owner's own, or that of the organ that the owner's post belongs to."""
    owner = owner_of(o)
    kind, _, key = owner.ref.partition(":")
    held = house.directory.post(key) if kind == "post" else None
    return key if kind == "organ" else held.organ_id if held else None


def _name(house: House, organ_id: str) -> str:
    organ = house.directory.organ(organ_id)
    return organ.name if organ else organ_id


def _during(duty: Obligation) -> str:
    return duty.rule.during if isinstance(duty.rule, Continuous) else ""


def _alarms(house: House, hole: Hole, now: datetime) -> list[NewNotice]:
    """Ordinary where the next working morning is early enough; else at once, at whatever hour."""
    late = release_moment(now, False, house.calendar) >= hole.gap.start
    urgent = late and (not hole.unkept or hole.lasting)
    return office_alarm(house, hole.subject, hole.remark, now, urgent=urgent)


def _entry(hole: Hole) -> Entry:
    gap = hole.gap
    detail = {
        "from": civil(gap.start).isoformat(), "to": None if hole.lasting else civil(gap.end).isoformat(),
        "lacking": list(gap.lacking), "organs": list(hole.organs.values()),
    }  # fmt: skip
    return Entry("cover-gap", f"obligation:{hole.duty.id}", detail)
