"""Dates, spans and texts as the pages print them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from monitor.domain.pace import expected
from monitor.office import labels
from monitor.office.masking import masked
from monitor.services.overview import TaskLine
from monitor.services.reading import HistoryLine
from notifiers.facts import provision_text, titled
from notifiers.wording import clock_text, last_day, remaining_text, window_name
from schedules.civil import civil

_WEEKDAYS: Final = "一二三四五六日"
_UNKNOWN: Final = "—"


def day(value: date | None) -> str:
    """``2022-10-20 周四``: sorts and lines up in a table; a dash where there is none."""
    return f"{value:%Y-%m-%d} 周{_WEEKDAYS[value.weekday()]}" if value else _UNKNOWN


def short(value: date | None) -> str:
    """``2022-10-20``; a dash where there is none."""
    return f"{value:%Y-%m-%d}" if value else _UNKNOWN


def moment(value: datetime | None) -> str:
    """``2022-10-18 08:30`` on the office's clock; a dash where there is none."""
    return f"{civil(value):%Y-%m-%d %H:%M}" if value else _UNKNOWN


def due_day(value: datetime | None) -> str:
    """The day on which a due moment falls (24:00 belongs to the day that it ends)."""
    return day(last_day(value)) if value else _UNKNOWN


def due_clock(value: datetime) -> str:
    """``24时前``, ``18时前``."""
    return clock_text(value) + "前"


def left(task: TaskLine, now: datetime) -> str:
    """What is left of a task that still asks for something; empty where nothing runs out."""
    return remaining_text(task.due, now) if task.due and task.light != "grey" and task.state != "submitted" else ""


def window(task: TaskLine) -> str:
    """A task's window by its calendar name or its days; its event where an event began it."""
    if task.window.startswith("event:"):
        return "由事件起算"
    return window_name(task.start, task.end) if task.start and task.end else _UNKNOWN


def progress(task: TaskLine, now: datetime) -> str:
    """``已报 1 次，应不少于 3 次；按时间进度应已 2 次`` of a counted window; empty where one report is owed."""
    if task.count_min <= 1:
        return ""
    said = f"已报 {task.reports} 次，应不少于 {task.count_min} 次"
    if task.light == "grey" or not (task.start and task.end):
        return said
    wanted = expected(task.count_min, task.start, task.end, civil(now).date())
    return said + (f"；按时间进度应已 {wanted} 次" if wanted > task.reports else "")


def joined(text: str) -> str:
    """A passage without the source file's line breaks."""
    return "".join(part.strip() for part in text.splitlines())


def clipped(text: str, length: int = 60) -> str:
    """At most ``length`` characters of a passage; the page of the task has it whole."""
    whole = joined(text)
    return whole if len(whole) <= length else whole[: length - 1] + "…"


def happened(entry: HistoryLine) -> str:
    """What an entry of the history adds to its action: the words given, the steps meant, the state changed."""
    detail = entry.detail
    steps = [detail["step"]] if detail.get("step") else detail.get("steps", [])
    changed = (detail.get("from"), detail.get("to"))
    parts = (
        "、".join(step_name(step) for step in steps),
        str(detail.get("text", "")),
        "→".join(labels.chinese(labels.STATES, state) for state in changed if state) if all(changed) else "",
        f"新期限 {detail['until']}" if detail.get("until") else "",
        f"第{detail['extensions']}次延期" if detail.get("extensions") else "",
        f"批准人 {detail['approver']}" if detail.get("approver") else "",
        f"代 {detail['for']}" if detail.get("for") else "",
        f"完成于 {detail['on']}" if detail.get("on") else "",
        _reckoned(detail) if entry.action == "recalculated" else "",
    )
    return "；".join(part for part in parts if part)


def _reckoned(detail: Mapping[str, Any]) -> str:
    was, due = (datetime.fromisoformat(detail[key]) if detail.get(key) else None for key in ("was_due", "due"))
    moved = f"期限由{due_day(was)}改为{due_day(due)}" if was != due else "期限不变"
    parts = (detail.get("cause", ""), moved, "仍为暂定" if detail["provisional"] else "")
    return "，".join(part for part in parts if part)


def step_name(key: str) -> str:
    """The office's word for a step by its key in a task (``monthly@2022-11``)."""
    key, _, moved = key.partition("+")
    name, _, turn = key.partition("@")
    told = "，".join(part for part in (turn, f"改期至{moved}" if moved else "") if part)
    return labels.chinese(labels.STEPS, name) + (f"（{told}）" if told else "")


_TABLES: Final[Mapping[str, labels.Labels]] = {
    "kind": labels.KINDS,
    "state": labels.STATES,
    "obligation_state": labels.OBLIGATION_STATES,
    "light": labels.LIGHTS,
    "role": labels.ROLES,
    "message_kind": labels.MESSAGE_KINDS,
    "message_state": labels.MESSAGE_STATES,
    "notice_state": labels.NOTICE_STATES,
    "channel": labels.CHANNELS,
    "acceptance": labels.ACCEPTANCE,
    "action_name": labels.ACTIONS,
    "actor": labels.ACTORS,
}

FILTERS: Final[dict[str, Callable[..., Any]]] = {
    **{name: partial(labels.chinese, table) for name, table in _TABLES.items()},
    **{f"{name}_en": partial(labels.english, table) for name, table in _TABLES.items()},
    "day": day,
    "short": short,
    "moment": moment,
    "due_day": due_day,
    "due_clock": due_clock,
    "left": left,
    "window": window,
    "progress": progress,
    "happened": happened,
    "step": step_name,
    "joined": joined,
    "clipped": clipped,
    "provision": provision_text,
    "titled": titled,
    "masked": masked,
}
