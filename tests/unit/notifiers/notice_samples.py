"""Duties, notices and one message of every kind, as the three documents of the first issue give rise to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from monitor.domain.notice import Duty, NoticeKind, NoticeView, Recipient
from notifiers.base import Form
from notifiers.rendering import Rendered, render
from schedules.civil import TZ

OFFICE = "大武口区人民政府办公室"
MAYOR = Recipient("liu-qiang", "刘强", "区人民政府区长", "大武口区人民政府")
DEPUTY = Recipient("chi-hongyu", "迟宏禹", "区委常委、区人民政府副区长", "大武口区人民政府")
CONTACT = Recipient("ecology-desk", "市生态环境局大武口分局联络员", "", "市生态环境局大武口分局")
FOREST = Recipient("forest-desk", "重点林场联络员", "", "重点林场")
WATER = Recipient("water-desk", "区农业农村和水务局联络员", "", "区农业农村和水务局")
WATER_HEAD = Recipient("water-head", "刘彦春", "区农业农村和水务局局长", "区农业农村和水务局")
OFFICE_CONTACT = Recipient("office-desk", "王生法", "区政府办公室主任", OFFICE)


def at(text: str) -> datetime:
    """A moment on the house's clock from ``2022-10-20 08:30``."""
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


MEETING = Duty(
    obligation="ob-meeting", doc="石大党办综〔2022〕50号",
    title="关于印发《大武口区国家重点生态功能区县域生态环境质量考核实施方案》的通知", provision="五/（一）",
    quote="2022年10月20日前，召开考核工作领导小组会议", action="召开考核工作领导小组会议", kind="fixed",
    party="考核工作领导小组", start=date(2022, 10, 18), end=date(2022, 10, 20), event=None, due=at("2022-10-21 00:00"),
)  # fmt: skip
REPORT = replace(
    MEETING, obligation="ob-report", provision="五/（四）", quote="2022年12月10日前，报送自查报告",
    action="报送自查报告", party="市生态环境局大武口分局", end=date(2022, 12, 10),
    due=at("2022-12-11 00:00"), report_to=("市生态环境局",), day_off=True,
)  # fmt: skip
QUARTER = Duty(
    obligation="ob-quarter", doc="石大政办发〔2022〕56号", title="区政府领导班子成员2022年度安全生产重点工作责任清单",
    provision="二/（十三）", quote="每季度至少开展3次督导", action="开展督导", kind="recurring", party="迟宏禹",
    start=date(2022, 10, 1), end=date(2022, 12, 31), event=None, due=at("2023-01-01 00:00"), count_min=3, reports=1,
)  # fmt: skip
SEASON = Duty(
    obligation="ob-season", doc="石大政发〔2022〕45号", title="大武口区人民政府关于发布森林草原防火戒严令的通知",
    provision="三/（六）", quote="必须严格执行24小时值班制度", action="执行24小时值班制度、领导带班制度",
    kind="continuous", party="重点林场", start=date(2022, 10, 1), end=date(2023, 5, 31), event=None, due=None,
    core=(date(2023, 1, 15), date(2023, 4, 15)), sanction="造成火灾事故的，由公安部门依法查处",
)  # fmt: skip
CLOCK = Duty(
    obligation="ob-clock", doc="大武口区防汛应急预案", title="大武口区防汛应急预案", provision="5.2/（一）",
    quote="险情发生后30分钟内电话报告", action="电话报告险情", kind="triggered", party="区农业农村和水务局",
    start=date(2022, 7, 30), end=date(2022, 7, 30), event="险情发生", due=at("2022-07-30 14:35"),
    report_to=("区防汛抗旱指挥部",),
)  # fmt: skip


def view(step: str, duty: Duty | None, kind: NoticeKind = "reminder", **more: Any) -> NoticeView:
    """A notice of one step."""
    return NoticeView(kind=kind, step=step, duty=duty, **more)


def message(now: str, *notices: NoticeView, to: Recipient = MAYOR, **more: Any) -> Rendered:
    """The message as it stands at ``now``."""
    return render(to, notices, at(now), office=OFFICE, **more)


LEAD = view("lead-1", replace(MEETING))
SLIP = view("late-slip", REPORT, "slip", slip_number="催〔2022〕3号")
SUPERVISED = view("supervise", REPORT, "slip", slip_number="督办〔2022〕1号")
BULLETIN = view("late-bulletin", REPORT, "bulletin")
SANCTIONED = view("late-bulletin", replace(REPORT, sanction="逾期不报的，予以通报批评"), "bulletin")
ALARM = view("calendar", None, "alarm", remark="2027年放假安排尚未导入，2027年的到期日均为暂定。")
UNREACHED = view("unreached", REPORT, "alarm", remark="本步提醒无人可送达，已转送上一级。")
CANARY = view("canary", None, "canary")
TESTER = Recipient("canary:mail", "通道自检联络员", "", "")
URL = "https://duban.example/ledger"

SLIPS = (("催〔2022〕3号", "区自然资源局"), ("催〔2022〕4号", "区财政局"), ("催〔2022〕5号", "区民政局"))
DIGEST = (
    view("lead-3", replace(REPORT, due=at("2022-10-23 00:00"), day_off=False)),
    view("late-head", MEETING, "escalation"),
    view("start", QUARTER),
    view("monthly@2022-11", SEASON),
    view("day", replace(MEETING, provision="七/（四）", party="区自然资源局", due=at("2022-10-22 00:00"))),
    view("lead-3", replace(REPORT, provision="五/（五）", due=at("2022-10-24 00:00"), action="报送佐证材料")),
    ALARM,
)

BY_PARTY = (
    *(view("late-slip", replace(REPORT, party=party), "slip", slip_number=number) for number, party in SLIPS),
    view("late-head", QUARTER, "escalation"),
    view("lead-14", replace(QUARTER, party="严波")),
)

MESSAGES = {
    "reminder-lead": lambda **f: message("2022-10-18 10:12", LEAD, ledger_url=URL, **f),
    "reminder-day": lambda **f: message("2022-10-20 08:30", view("day", MEETING), **f),
    "reminder-day-off": lambda **f: message("2022-12-09 08:30", view("day", REPORT), to=CONTACT, **f),
    "reminder-window-start": lambda **f: message("2022-09-30 08:30", view("start", QUARTER), to=DEPUTY, **f),
    "reminder-window-middle": lambda **f: message("2022-11-15 08:30", view("middle", QUARTER), to=DEPUTY, **f),
    "reminder-silent": lambda **f: message("2022-12-07 08:30", view("silent", REPORT), to=CONTACT, **f),
    "season-lead": lambda **f: message("2022-09-23 08:30", view("lead-7", SEASON), to=FOREST, **f),
    "season-start": lambda **f: message("2022-09-30 08:30", view("start", SEASON), to=FOREST, **f),
    "season-core-start": lambda **f: message("2023-01-13 08:30", view("core-start", SEASON), to=FOREST, **f),
    "season-core-end": lambda **f: message("2023-04-14 08:30", view("core-end", SEASON), to=FOREST, **f),
    "season-monthly": lambda **f: message("2022-11-01 08:30", view("monthly@2022-11", SEASON), to=FOREST, **f),
    "season-end": lambda **f: message("2023-05-31 08:30", view("end", SEASON), to=FOREST, **f),
    "escalation-head": lambda **f: message("2022-12-12 08:30", view("late-head", REPORT, "escalation"), **f),
    "escalation-leader": lambda **f: message("2022-12-13 08:30", view("late-leader", REPORT, "escalation"), **f),
    "slip": lambda **f: message("2022-12-14 08:30", SLIP, to=OFFICE_CONTACT, **f),
    "slip-supervise": lambda **f: message("2022-11-18 09:00", SUPERVISED, to=CONTACT, **f),
    "bulletin": lambda **f: message("2022-12-16 08:30", BULLETIN, to=OFFICE_CONTACT, **f),
    "bulletin-sanction": lambda **f: message("2022-12-16 08:30", SANCTIONED, to=OFFICE_CONTACT, **f),
    "alarm": lambda **f: message("2026-11-02 08:30", ALARM, to=OFFICE_CONTACT, **f),
    "alarm-duty": lambda **f: message("2022-12-12 08:30", UNREACHED, to=OFFICE_CONTACT, **f),
    "canary": lambda **f: message("2022-10-18 08:30", CANARY, to=TESTER, ledger_url=f"{URL}/canary/t0ken", **f),
    "clock-start": lambda **f: message("2022-07-30 14:05", view("minute-0", CLOCK), to=WATER, **f),
    "clock-half": lambda **f: message("2022-07-30 14:20", view("minute-half", CLOCK), to=WATER, **f),
    "clock-four-fifths": lambda **f: message("2022-07-30 14:29", view("minute-4/5", CLOCK), to=WATER, **f),
    "clock-breach": lambda **f: message("2022-07-30 14:40", view("breach", CLOCK, "escalation"), to=WATER_HEAD, **f),
    "digest": lambda **f: message("2022-10-21 08:30", *DIGEST, ledger_url=URL, **f),
    "digest-office": lambda **f: message("2022-12-16 08:30", SLIP, BULLETIN, UNREACHED, to=OFFICE_CONTACT, **f),
    "digest-parties": lambda **f: message("2022-12-14 08:30", *BY_PARTY, to=OFFICE_CONTACT, **f),
    "digest-simulated": lambda **f: message("2022-10-21 08:30", *DIGEST[:2], simulated=True, **f),
    "outage": lambda **f: message("2022-10-21 09:00", *DIGEST, outage=True, ledger_url=URL, **f),
}


APPROVED = Path(__file__).parent / "approved"


FORMS: tuple[Form, ...] = ("mail", "chat", "sms")


def written_out(name: str) -> str:
    """A message as a reviewer reads it: the subject, an empty line, the text."""
    rendered = MESSAGES[name]()
    return f"{rendered.subject}\n\n{rendered.text}"


def chat(name: str) -> str:
    """The same message in Markdown, under the subject that the messenger shows."""
    rendered = MESSAGES[name](form="chat")
    return f"{rendered.subject}\n\n{rendered.text}"


def short_texts() -> str:
    """All of them as short texts, each with its number of characters."""
    lines = {name: MESSAGES[name](form="sms").text for name in MESSAGES}
    return "".join(f"{name} {len(text)}\n{text}\n\n" for name, text in lines.items())


if __name__ == "__main__":
    for name in MESSAGES:
        (APPROVED / f"{name}.txt").write_text(written_out(name), encoding="utf-8")
        (APPROVED / "chat" / f"{name}.md").write_text(chat(name), encoding="utf-8")
    (APPROVED / "sms.txt").write_text(short_texts(), encoding="utf-8")
