"""A small ledger for the pages, written row by row: the eco plan and the fire ban on the morning of 2022-10-19."""

from datetime import date, datetime, timedelta
from typing import Any

from monitor.ledger import models
from monitor.project.settings import CONFIG
from schedules.civil import TZ, day_end, day_start

NOW = datetime(2022, 10, 19, 9, 0, tzinfo=TZ)
TENANT = CONFIG.ledger
ECO, FIRE = "石大党办综〔2022〕50号", "石大政发〔2022〕45号"
QUOTE = "10月20日前召开考核工作领导小组会议"
WHY = [
    {"part": "rule", "text": "2022年10月20日（周四），含当日", "article": "本系统约定，参《民法典》第一千二百五十九条"},
    {"part": "result", "text": "2022年10月20日（周四）24:00"},
]


def a_ledger(tenant: str = TENANT, *, simulated: bool = False, using: str = "default") -> models.Ledger:
    row = models.Ledger(tenant=tenant, simulated=simulated, acceptance="all", created_at=NOW, swept_at=NOW)
    row.save(using=using, force_insert=True)
    return row


def a_document(name: str = ECO, *, issued: date | None = date(2022, 10, 18), **changes: Any) -> models.Document:
    values = {
        "tenant": TENANT, "name": name, "title": f"关于{name}的通知", "issuer": "区政府办公室", "issued": issued,
        "file": "documents/a.txt", "sha256": "0" * 64, "known_at": NOW, **changes,
    }  # fmt: skip
    return models.Document.objects.create(**values)


def an_obligation(document: models.Document, uid: str = "aa", kind: str = "fixed", **record: Any) -> models.Obligation:
    rules = {
        "fixed": {"due": "2022-10-20"},
        "period": {"from": "10-01", "to": "05-31", "yearly": True},
        "recurring": {"every": "P3M", "min": 1},
    }
    whole = {
        "id": uid, "file": document.file, "page": None, "doc": document.name, "title": document.title,
        "issued": str(document.issued), "provision": "五/（一）", "lines": [41, 42], "quote": QUOTE,
        "time_text": ["10月20日前"], "parties": [{"name": "各部门", "role": "responsible"}], "action": "召开会议",
        "report_to": ["区政府"], "kind": kind, "rule": rules[kind], "aligned": None, "valid": None, "sanction": None,
        "core_of": None, "confidence": 0.95, "derived_by": "test", **record,
    }  # fmt: skip
    return models.Obligation.objects.create(
        tenant=document.tenant, uid=uid, document=document, position=0, kind=kind, record=whole, state="accepted",
        accepted_at=NOW,
    )  # fmt: skip


def a_task(obligation: models.Obligation, owner: str = "区统计局", **changes: Any) -> models.Occurrence:
    values = {
        "tenant": obligation.tenant, "obligation": obligation, "owner_ref": f"organ:{owner}", "owner_name": owner,
        "party": "各部门", "role": "responsible", "window": "2022-10-18/2022-10-20", "start": date(2022, 10, 18),
        "end": date(2022, 10, 20), "due": day_end(date(2022, 10, 20)), "opens_at": day_start(date(2022, 10, 18)),
        "state": "open", "why": WHY, **changes,
    }  # fmt: skip
    return models.Occurrence.objects.create(**values)


def a_season(obligation: models.Obligation, owner: str = "星海镇", **changes: Any) -> models.Occurrence:
    ends = day_end(date(2023, 5, 31))
    window = {
        "window": "2022-10-01/2023-05-31", "start": date(2022, 10, 1), "end": date(2023, 5, 31), "due": None,
        "ends_at": ends, "core_from": date(2023, 1, 15), "core_to": date(2023, 4, 15),
    }  # fmt: skip
    return a_task(obligation, owner, **{**window, **changes})


def a_message(task: models.Occurrence, step: str = "lead-1", **changes: Any) -> models.Message:
    notice = models.Notice.objects.create(
        tenant=task.tenant, subject=f"occurrence:{task.pk}", occurrence=task, step=step, name=step, kind="reminder",
        recipient="yan-bo", born_at=NOW, deliver_at=NOW, state="sent",
    )  # fmt: skip
    values = {
        "tenant": task.tenant, "key": f"{task.pk}-{step}", "slot": f"{task.pk}-{step}", "recipient": "yan-bo",
        "channel": "file", "address": "yan-bo@duban.example", "kind": "reminder", "state": "sent", "created_at": NOW,
        "send_at": NOW - timedelta(minutes=30), "sent_at": NOW - timedelta(minutes=30),
        "subject": "【督办】10月20日到期", "text": "请于10月20日前召开会议。", **changes,
    }  # fmt: skip
    message = models.Message.objects.create(**values)
    message.notices.add(notice)
    return message


def a_question(text: str = "通讯录中没有“副组长”，请指定。", **changes: Any) -> models.Question:
    return models.Question.objects.create(**{"tenant": TENANT, "key": text, "text": text, "asked_at": NOW, **changes})


def a_step(name: str, at: datetime, **changes: Any) -> dict[str, Any]:
    return {
        "key": name, "name": name, "at": at.isoformat(), "role": "owner", "kind": "reminder", "urgent": False,
        "passed_over": "", **changes,
    }  # fmt: skip


def an_entry(seq: int, task: models.Occurrence, action: str = "report", **detail: Any) -> models.History:
    return models.History.objects.create(
        tenant=task.tenant, seq=seq, at=NOW, actor="区政府办公室", action=action, subject=f"occurrence:{task.pk}",
        detail=detail, previous="", digest=str(seq),
    )  # fmt: skip
