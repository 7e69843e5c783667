"""One message of every layout and step, about invented duties: what a template is tried on before it is used. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from monitor.domain.notice import Duty, NoticeView, Recipient
from notifiers.base import Form
from notifiers.book import TemplateBook
from notifiers.rendering import Rendered, render
from schedules.civil import at_time, day_end

FORMS: Final[tuple[Form, ...]] = ("mail", "chat", "sms")
_LEADER: Final = Recipient("sample", "李明", "副区长", "区人民政府")
_DUTY: Final = Duty(
    obligation="sample", doc="示政发〔2022〕1号", title="关于做好某项工作的通知", provision="二/（一）",
    quote="各单位于2022年10月20日前报送自查报告", action="报送自查报告", kind="fixed", party="区示例局", start=None,
    end=None, event=None, due=day_end(date(2022, 10, 20)), report_to=("区政府办公室",), sanction="逾期不报的，予以通报",
)  # fmt: skip
_QUARTER: Final = replace(
    _DUTY, quote="每季度至少召开1次会议", action="召开会议", kind="recurring", start=date(2022, 10, 1),
    end=date(2022, 12, 31), due=day_end(date(2022, 12, 31)), count_min=2, reports=1, provisional=True, sanction=None,
)  # fmt: skip
_SEASON: Final = replace(
    _DUTY, quote="防火期内执行值班制度", action="执行值班制度", kind="period", start=date(2022, 10, 1),
    end=date(2023, 5, 31), due=None, core=(date(2023, 1, 15), date(2023, 4, 15)), sanction=None,
)  # fmt: skip
_CLOCK: Final = replace(
    _DUTY, quote="接报后30分钟内报告", action="报告情况", kind="triggered", event="接报",
    due=at_time(date(2022, 10, 18), time(15)), day_off=True,
)  # fmt: skip
_ALARM: Final = NoticeView(kind="alarm", step="alarm", duty=None, remark="下一年度放假安排尚未导入。")


_CANARY: Final = NoticeView(kind="canary", step="canary", duty=None)


@dataclass(frozen=True, slots=True)
class Sample:
    """The notices of one message and when it is read."""

    notices: tuple[NoticeView, ...]
    at: datetime
    outage: bool = False

    def rendered(self, templates: TemplateBook, form: Form = "mail", *, full: bool = True) -> Rendered:
        """The message by those templates; ``full``: in a simulated ledger, with a link."""
        return render(
            _LEADER, self.notices, self.at, office="区政府办公室", outage=self.outage, form=form, templates=templates,
            ledger_url="https://duban.example" if full else "", simulated=full,
        )  # fmt: skip


def _at(day: date, clock: time = time(8, 30)) -> datetime:
    return at_time(day, clock)


def _one(step: str, duty: Duty, day: date, kind: str = "reminder", clock: time = time(8, 30)) -> Sample:
    number = "催〔2022〕1号" if kind == "slip" else None
    return Sample((NoticeView(kind=kind, step=step, duty=duty, slip_number=number),), _at(day, clock))  # type: ignore[arg-type]


_LATE: Final = NoticeView(kind="escalation", step="late-head", duty=_DUTY)
_SEVERAL: Final = (
    _LATE, NoticeView(kind="reminder", step="start", duty=_QUARTER),
    NoticeView(kind="reminder", step="start", duty=_SEASON),
    replace(_LATE, duty=replace(_DUTY, party="区另一局")), _ALARM,
)  # fmt: skip

SAMPLES: Final[Mapping[str, Sample]] = {
    "reminder": _one("lead-1", _DUTY, date(2022, 10, 19)),
    "due-today": _one("day", _DUTY, date(2022, 10, 20)),
    "window-opening": _one("start", _QUARTER, date(2022, 9, 30)),
    "window-half": _one("middle", _QUARTER, date(2022, 11, 15)),
    "silent": _one("silent", _DUTY, date(2022, 10, 17)),
    "season-opening": _one("start", _SEASON, date(2022, 9, 30)),
    "season-core": _one("core-start", _SEASON, date(2023, 1, 13)),
    "season-month": _one("monthly@2022-11", _SEASON, date(2022, 11, 1)),
    "season-end": _one("end", _SEASON, date(2023, 5, 31)),
    "urgent": _one("minute-half", _CLOCK, date(2022, 10, 18), clock=time(14, 45)),
    "urgent-breach": _one("breach", _CLOCK, date(2022, 10, 18), "escalation", time(15, 1)),
    "escalation-head": Sample((_LATE,), _at(date(2022, 10, 21))),
    "escalation-leader": _one("late-leader", _DUTY, date(2022, 10, 24), "escalation"),
    "slip": _one("late-slip", _DUTY, date(2022, 10, 25), "slip"),
    "bulletin": _one("late-bulletin", _DUTY, date(2022, 10, 27), "bulletin"),
    "bulletin-plain": _one("late-bulletin", replace(_DUTY, sanction=None), date(2022, 10, 27), "bulletin"),
    "alarm": Sample((_ALARM,), _at(date(2022, 11, 1))),
    "alarm-duty": _one("unreached", _DUTY, date(2022, 10, 21), "alarm"),
    "canary": Sample((_CANARY,), _at(date(2022, 10, 18))),
    "digest": Sample(_SEVERAL, _at(date(2022, 10, 24))),
    "outage": Sample(_SEVERAL, _at(date(2022, 10, 24)), outage=True),
}


def tried(templates: TemplateBook) -> Iterator[tuple[str, Rendered]]:
    """Every sample in every form by those templates, with its name; Jinja2's error at the first that fails."""
    for name, sample in SAMPLES.items():
        for form in FORMS:
            for full in (True, False):
                yield name, sample.rendered(templates, form, full=full)
