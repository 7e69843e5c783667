"""What every notice says about a duty, as labelled lines that the text and the HTML mail both print. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from monitor.domain.notice import Duty, NoticeView
from monitor.domain.slip import SUPERVISE
from notifiers.standing import Group, base_step, core_name, is_clock, is_season, standing
from notifiers.wording import day_text, deadline_text, range_text, window_name

Line = tuple[str, str]

PARTY: Final = "责任主体"
HEADING: Final = "系统告警"
DAY_OFF: Final = "该日为休息日，期限不顺延"
PROVISIONAL: Final = "该年度放假安排尚未公布，期限为暂定"
CANARY: Final = "消息通道自检"
DRAFT: Final = "草稿，须经政府或其主要负责人批准后方可发布"
_LADDER: Final = "逾期未办结的，将依次提醒负责人、报告分管领导、发出催办单。"
_AFTER: Final = {
    "late-head": "仍未办结的，将报告分管领导、发出催办单。",
    "late-leader": "仍未办结的，将发出催办单。",
    "late-slip": "仍未办结的，将拟写通报，报请批准后发布。",
    "late-bulletin": "通报经批准后发布。",
    "breach": "仍未办结的，将报告分管领导、发出催办单。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One notice in words: ``matter`` (事项), ``phrase`` and ``group`` (standing), ``lines`` without the matter.

    ``head`` is what a slip or a draft says of itself. ``consequence`` (逾期后果) stands apart, since a digest says it
    once for items that share it; ``deadline``, ``source`` and ``sanction`` are for lists and drafts that need them by
    themselves. ``count`` is how many notices the words stand for. ``""`` or ``()`` where there is none.
    """

    matter: str
    doc: str
    party: str
    phrase: str
    left: str
    group: Group
    head: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    consequence: str = ""
    deadline: str = ""
    source: str = ""
    sanction: str = ""
    due: datetime | None = None
    count: int = 1


def facts(view: NoticeView, now: datetime, *, brief: bool = False) -> Facts:
    """The words for one notice at ``now``; ``brief`` names the document by its number alone."""
    stands, duty = standing(view, now), view.duty
    remark = _one_line(view.remark or "")
    if duty is None:
        matter = CANARY if view.kind == "canary" else remark or HEADING
        return Facts(matter=matter, doc="", party="", phrase=stands.phrase, left="", group=stands.group)
    return Facts(
        matter=(remark or HEADING) if view.kind == "alarm" else _one_line(duty.action),
        doc=duty.doc,
        party=duty.party,
        phrase=stands.phrase,
        left=stands.left,
        group=stands.group,
        head=_head(view),
        lines=tuple((label, text) for label, text in _lines(view, duty, stands.left, brief) if text),
        consequence=_consequence(view, duty),
        deadline=deadline_of(duty),
        source=source_of(duty, brief=True),
        sanction=_one_line(duty.sanction or ""),
        due=duty.due,
    )


def _head(view: NoticeView) -> tuple[Line, ...]:
    if view.kind == "slip":
        return (("督办单" if view.step == SUPERVISE else "催办单", view.slip_number or "待编号"),)
    return (("通报", DRAFT),) if view.kind == "bulletin" else ()


def _lines(view: NoticeView, duty: Duty, left: str, brief: bool) -> tuple[Line, ...]:
    return (
        ("涉及事项", _one_line(duty.action) if view.kind == "alarm" else ""),
        (PARTY, duty.party),
        ("起算事件", _one_line(duty.event or "")),
        ("期限", deadline_of(duty)),
        (core_name(duty), range_text(*duty.core) if duty.core else ""),
        ("剩余" if left.startswith("还有") else "状态", left),
        ("进度", progress_of(duty)),
        ("依据", f"{source_of(duty, brief=brief)}：“{_one_line(duty.quote)}”"),
        ("报送", "、".join(duty.report_to)),
        ("说明", _one_line(view.remark or "") if view.kind != "alarm" else ""),
    )


def deadline_of(duty: Duty) -> str:
    """By when: the due moment with its weekday, a season by its first and last day, with what must be known of it."""
    return "，".join([_deadline(duty), *_cautions(duty)])


def _deadline(duty: Duty) -> str:
    if is_season(duty):
        if duty.start and duty.end:
            return range_text(duty.start, duty.end)
        return f"自{day_text(duty.start)}起" if duty.start else "持续落实"
    if duty.due is None:
        return "待定"
    named = duty.kind == "recurring" and duty.start and duty.end and duty.start != duty.end
    window = f"（{window_name(duty.start, duty.end)}）" if named and duty.start and duty.end else ""
    return deadline_text(duty.due) + window


def _cautions(duty: Duty) -> list[str]:
    return [text for text, holds in ((DAY_OFF, duty.day_off), (PROVISIONAL, duty.provisional)) if holds]


def progress_of(duty: Duty) -> str:
    """k of n, where more than one report is owed or one is in: ``已报1次，应不少于3次（1/3），尚缺2次``."""
    if duty.count_min <= 1 and not duty.reports:
        return ""
    missing = duty.count_min - duty.reports
    rest = f"尚缺{missing}次" if missing > 0 else "次数已满"
    return f"已报{duty.reports}次，应不少于{duty.count_min}次（{duty.reports}/{duty.count_min}），{rest}"


def source_of(duty: Duty, *, brief: bool = False) -> str:
    """Number, title and provision: ``石大政发〔2022〕45号《…》三（六）``; ``brief`` leaves the title to its number."""
    if duty.doc == duty.title:
        return titled(duty.title) + provision_text(duty.provision)
    return duty.doc + ("" if brief else titled(duty.title)) + provision_text(duty.provision)


def titled(title: str) -> str:
    """A title in 《》, with those inside it turned to 〈〉 (GB/T 15834-2011, 4.15.3)."""
    inner = _one_line(title).replace("《", "〈").replace("》", "〉")
    return f"《{inner}》" if inner else ""


def provision_text(path: str) -> str:
    """A register path as one cites it: ``三/（六）`` is 三（六）, ``附件/42`` is 附件第42项."""
    return "".join(f"第{part}项" if part.isascii() and part.isdigit() else part for part in path.split("/"))


def _consequence(view: NoticeView, duty: Duty) -> str:
    if view.kind == "alarm":
        return ""
    if duty.sanction:
        return f"文件规定：“{_one_line(duty.sanction)}”。"
    if is_season(duty):
        return "期间届满即告结束，不按逾期催办。"
    return _AFTER.get(base_step(view)) or ("超过时限的，将立即报告负责人。" if is_clock(view) else _LADDER)


# A quote stands in every message about its duty.
@lru_cache(maxsize=4096)
def _one_line(text: str) -> str:
    """Line breaks in a quote are the source file's wrapping: nothing is put in their place."""
    return "".join(part.strip() for part in text.splitlines())
