"""An occurrence (任务): one obligation, one party, one window or event; its state and what can change it next.

All functions are pure: they take an occurrence and a moment and give the next occurrence. Moments are aware.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, Literal

from monitor.domain.errors import Refused
from monitor.domain.notice import NoticeKind
from schedules.civil import civil
from schedules.reasons import Reason

State = Literal[
    "upcoming", "open", "acknowledged", "submitted", "done", "ended", "waived", "retired", "history"
]  # fmt: skip
Role = Literal["owner", "head", "leader", "principal", "office"]

CLOSED: frozenset[State] = frozenset({"done", "ended", "waived", "retired", "history"})
LIVE: frozenset[State] = frozenset({"upcoming", "open", "acknowledged"})
ENDS_BY_TIME = frozenset({"period", "continuous"})
SILENT = "silent"
_BY_MOMENT = attrgetter("at")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step of the ladder as it stood when the occurrence was planned: its moment, its recipient, its kind.

    ``key`` is unique in the occurrence (``monthly@2022-11``), ``name`` is the ladder's (``monthly``). ``passed_over``
    names the step of the same morning that is sent instead.
    """

    key: str
    name: str
    at: datetime
    role: Role
    kind: NoticeKind
    urgent: bool = False
    passed_over: str = ""

    def to_json(self) -> dict[str, Any]:
        """The snapshot as stored in the ledger."""
        return {
            "key": self.key,
            "name": self.name,
            "at": self.at.isoformat(),
            "role": self.role,
            "kind": self.kind,
            "urgent": self.urgent,
            "passed_over": self.passed_over,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> PlannedStep:
        """The step behind a stored snapshot."""
        return cls(**{**data, "at": datetime.fromisoformat(data["at"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A tracked duty of one owner in one window.

    ``window`` is its identity (``2022-07-01/2022-09-30`` or ``event:7``), ``start`` and ``end`` are inclusive days,
    ``due`` is the last moment (exclusive; 24:00 is the next midnight) and None for continuous cover. Steps up to
    ``handled_until`` are behind us. ``missed`` stays true after a late completion; ``accepted_at`` is the moment of
    the submission that was finally accepted. ``due_original`` is set once an extension moved ``due``,
    ``extensions`` counts them. ``copies`` are the references of the cooperating (配合), who are reminded with the owner
    but owe nothing.
    """

    id: int = 0
    obligation: int
    uid: str
    kind: str
    owner_ref: str
    owner_name: str
    party: str
    role: str
    window: str
    start: date | None
    end: date | None
    due: datetime | None
    opens_at: datetime
    ends_at: datetime | None = None
    count_min: int = 1
    reports: int = 0
    core: tuple[date, date] | None = None
    steps: tuple[PlannedStep, ...] = ()
    why: tuple[Reason, ...] = ()
    provisional: bool = False
    state: State = "upcoming"
    missed: bool = False
    handled_until: datetime | None = None
    acknowledged_at: datetime | None = None
    silent_at: datetime | None = None
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    returned: int = 0
    copies: tuple[str, ...] = ()
    due_original: datetime | None = None
    extensions: int = 0
    disputed_at: datetime | None = None
    evidence: str = ""

    @property
    def kept(self) -> bool:
        """True for a state that is kept and ends by time: reports on it do not complete it, and it is never late."""
        return self.ends_at is not None or self.kind in ENDS_BY_TIME

    @property
    def next_change_at(self) -> datetime | None:
        """The next moment at which time alone changes anything here; None when only a person can."""
        if self.state in CLOSED:
            return None
        moments = [self.ends_at]
        if self.state == "upcoming":
            moments.append(self.opens_at)
        if self.state in LIVE:
            moments += [step.at for step in self._ahead()[:1]]
            moments += [self.silent_at, None if self.missed or self.ends_at else self.due]
        return min((moment for moment in moments if moment), default=None)

    def _ahead(self) -> list[PlannedStep]:
        since = self.handled_until
        return sorted([step for step in self.steps if since is None or step.at > since], key=_BY_MOMENT)

    def days_late(self, now: datetime) -> int:
        """Whole civil days from the due day to the accepted completion, or to ``now`` while open; 0 if not missed."""
        if not (self.missed and self.due):
            return 0
        done = self.accepted_at or self.submitted_at or now
        last_day = (self.due - timedelta(microseconds=1)).astimezone(now.tzinfo).date()
        return max(0, (done.astimezone(now.tzinfo).date() - last_day).days)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the passing of time did: the occurrence after it, the step to send, steps passed over, facts to record."""

    occurrence: Occurrence
    send: PlannedStep | None
    superseded: tuple[PlannedStep, ...]
    facts: tuple[str, ...]


def advance(occurrence: Occurrence, now: datetime) -> Progress:
    """Bring an occurrence to ``now``: open it, miss it, end it, and pick the step that is owed.

    Of the steps whose moment has passed only the latest is owed; the others are superseded. Steps that pass while a
    submission waits for review are superseded too: waiting for review makes nobody late.
    """
    after, facts = _by_time(occurrence, now)
    passed = tuple(step for step in occurrence._ahead() if step.at <= now)
    if passed:
        after = replace(after, handled_until=passed[-1].at)
    owed = [step for step in passed if not step.passed_over] if after.state in LIVE else []
    owed = _of_this_side(after, owed)
    send = owed[-1] if owed else None
    if after.silent_at and after.silent_at <= now and after.state == "acknowledged":
        send = send or _silent_step(after, now)
        after = replace(after, state="open", silent_at=None)
        facts.append("silent")
    return Progress(after, send, tuple(step for step in passed if step is not send), tuple(facts))


def _by_time(o: Occurrence, now: datetime) -> tuple[Occurrence, list[str]]:
    facts: list[str] = []
    if o.state == "upcoming" and o.opens_at <= now:
        o = replace(o, state="open")
        facts.append("opened")
    if o.ends_at and o.ends_at <= now and o.state not in CLOSED:
        return replace(o, state="ended"), [*facts, "ended"]
    if o.due and not o.ends_at and o.due <= now and not o.missed and o.state in LIVE:
        o = replace(o, missed=True)
        facts.append("missed")
    return o, facts


def _of_this_side(o: Occurrence, owed: list[PlannedStep]) -> list[PlannedStep]:
    """Past the due moment a lead reminder would be nonsense: only later steps are still worth sending."""
    return [step for step in owed if step.at >= o.due] if o.missed and o.due else owed


def _silent_step(o: Occurrence, now: datetime) -> PlannedStep:
    return PlannedStep(key=f"{SILENT}@{now:%Y-%m-%d}", name=SILENT, at=now, role="owner", kind="reminder")


def _live(o: Occurrence, action: str) -> None:
    if o.state in CLOSED:
        raise Refused(f"任务已了结，不能再{action}（this duty is already {o.state}）", mend="台账未作改动")


def acknowledge(o: Occurrence, now: datetime, silent_at: datetime) -> Occurrence:
    """签收: seen, not done. The duty stays live; ``silent_at`` is when it comes back if nothing follows."""
    _live(o, "签收")
    if o.state == "submitted":
        return o
    return replace(o, state="acknowledged", acknowledged_at=now, silent_at=silent_at)


def report(o: Occurrence, now: datetime, evidence: str) -> Occurrence:
    """反馈: one report with evidence. With all ``count_min`` reports in, the duty is submitted for review."""
    _live(o, "报送")
    if not evidence.strip():
        raise Refused("没有办结依据（report: no evidence given）", mend="写明做了什么、凭证在哪里")
    reports = o.reports + 1
    if reports < o.count_min or o.kept:
        return replace(o, reports=reports, evidence=evidence, silent_at=None)
    missed = o.missed or bool(o.due and now >= o.due)
    return replace(
        o, reports=reports, evidence=evidence, state="submitted", submitted_at=now, missed=missed, silent_at=None
    )


def close(o: Occurrence, now: datetime) -> Occurrence:
    """销号 by the office: only what was submitted with evidence; timeliness is that of the accepted submission."""
    _live(o, "销号")
    if o.state != "submitted":
        raise Refused("没有带依据的报送（close: no accepted submission with evidence）", mend="先报送，写明依据")
    return replace(o, state="done", accepted_at=o.submitted_at, silent_at=None)


def send_back(o: Occurrence, now: datetime) -> Occurrence:
    """退回: the submission does not do; the clock was never reset, so what is past due is missed at once."""
    if o.state != "submitted":
        raise Refused("没有报送可退回（return: nothing was submitted）", mend="台账未作改动")
    missed = o.missed or bool(o.due and now >= o.due)
    return replace(
        o, state="open", returned=o.returned + 1, submitted_at=None, reports=max(0, o.reports - 1), missed=missed
    )


def extend(o: Occurrence, now: datetime, due: datetime, steps: tuple[PlannedStep, ...]) -> Occurrence:
    """延期, asked for and granted before the due moment; the original due moment is kept."""
    _live(o, "延期")
    if o.due is None or now >= o.due:
        raise Refused("延期只能在期限之前批准（extend: only before the due moment）", mend="期限不变，请尽快办结")
    if due <= o.due:
        last = civil(o.due - timedelta(microseconds=1))
        said = f"新期限不晚于原期限{last:%Y-%m-%d}（extend: the new date is not later）"
        raise Refused(said, mend=f"给出{last:%Y-%m-%d}之后的日期")
    return replace(o, due=due, due_original=o.due_original or o.due, extensions=o.extensions + 1, steps=steps)


def dispute(o: Occurrence, now: datetime) -> Occurrence:
    """异议 (不属本单位): recorded with its moment; the duty stays live."""
    _live(o, "提出异议")
    return replace(o, disputed_at=now)


def waive(o: Occurrence) -> Occurrence:
    """免予办理 by the office: nothing more is owed, what was missed stays missed."""
    _live(o, "免办")
    return replace(o, state="waived", silent_at=None)


def reopen(o: Occurrence, now: datetime) -> Occurrence:
    """重新办理 by the office, of what was closed or waived by mistake; the clock was never reset."""
    if o.state not in ("done", "waived"):
        raise Refused(f"只有已办结或免办的任务可以重新办理（this duty is {o.state}）", mend="台账未作改动")
    counted = o.reports - 1 if o.state == "done" else o.reports
    missed = o.missed or bool(o.due and now >= o.due and not o.kept)
    return replace(
        o, state="open", reports=max(0, counted), returned=o.returned + 1, submitted_at=None, accepted_at=None,
        missed=missed,
    )  # fmt: skip


def met_before(o: Occurrence, on: datetime, evidence: str) -> Occurrence:
    """A window that was open when the ledger came to know its duty, and had been met by then, at ``on``."""
    _live(o, "记为已完成")
    if not evidence.strip():
        raise Refused("没有办结依据（report: no evidence given）", mend="写明做了什么、凭证在哪里")
    if o.kept:
        raise Refused("持续事项到期自行结束，不记为已完成（kept until its end）", mend="台账未作改动")
    return replace(
        o, state="done", reports=max(o.reports, o.count_min), submitted_at=on, accepted_at=on, evidence=evidence,
        missed=bool(o.due and on >= o.due), silent_at=None,
    )  # fmt: skip
