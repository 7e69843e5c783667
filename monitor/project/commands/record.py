"""``duban ack``, ``report``, ``return``, ``extend`` and the rest: what people do about a task."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import Annotated

import typer

from monitor.domain.errors import BadText
from monitor.project.commands.follow import Id, Json, show
from monitor.project.commands.parts import opened
from monitor.project.config import Config
from monitor.services import met as earlier
from monitor.services import record as following
from monitor.services.record import Answer
from schedules.civil import day_end

By = Annotated[str, typer.Option("--by", help="经办人；缺省为登录名")]
For = Annotated[str, typer.Option("--for", help="代哪位领导或哪个单位办理，两个名字都记入经过")]
Text = Annotated[str, typer.Option("--text", help="说明")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]
Evidence = Annotated[str, typer.Option("--evidence", help="依据：做了什么，凭证在哪里")]
Approver = Annotated[str, typer.Option("--approver", help="批准人")]
Day = Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], help="新期限（含当日）")]


def ack(id: Id, text: Text = "", by: By = "", on_behalf: For = "", as_json: Json = False) -> None:
    """签收：已知悉。签收不是办结，三个工作日没有反馈即恢复催办。"""
    _apply(id, Answer(action="ack", text=text, on_behalf=on_behalf), by, as_json)


def report(id: Id, evidence: Evidence, by: By = "", on_behalf: For = "", as_json: Json = False) -> None:
    """报送一次办理情况；次数报满即待审核，是否按期以最终通过的这次报送为准。"""
    _apply(id, Answer(action="report", text=_said(evidence, "--evidence"), on_behalf=on_behalf), by, as_json)


def return_(id: Id, reason: Reason, by: By = "", as_json: Json = False) -> None:
    """退回报送：不符合要求，重新办理；期限不重新计算。"""
    _apply(id, Answer(action="return", text=_said(reason, "--reason")), by, as_json)


def close(id: Id, text: Text = "", by: By = "", as_json: Json = False) -> None:
    """销号：审核通过带依据的报送。"""
    _apply(id, Answer(action="close", text=text), by, as_json)


def extend(
    id: Id, until: Day, reason: Reason, approver: Approver, by: By = "", on_behalf: For = "", as_json: Json = False
) -> None:
    """延期：期限之前经批准改期；原期限、理由、批准人和次数都保留。"""
    answer = Answer(
        action="extend", text=_said(reason, "--reason"), until=until.date(),
        approver=_said(approver, "--approver"), on_behalf=on_behalf,
    )  # fmt: skip
    _apply(id, answer, by, as_json)


def dispute(id: Id, reason: Reason, by: By = "", on_behalf: For = "", as_json: Json = False) -> None:
    """提出异议（如不属本单位职责）：记录在案，认定之前任务照常催办。"""
    _apply(id, Answer(action="dispute", text=_said(reason, "--reason"), on_behalf=on_behalf), by, as_json)


def waive(id: Id, reason: Reason, approver: Approver, by: By = "", as_json: Json = False) -> None:
    """免予办理：经批准不再要求；已经逾期的仍记为逾期。"""
    answer = Answer(action="waive", text=_said(reason, "--reason"), approver=_said(approver, "--approver"))
    _apply(id, answer, by, as_json)


def reopen(id: Id, reason: Reason, by: By = "", as_json: Json = False) -> None:
    """重新办理：误办结或误免办的任务恢复在办，期限不重新计算。"""
    app = opened(Config.from_environment())
    text = _said(reason, "--reason")
    following.reopen(app.house, id, text, actor=by or getpass.getuser(), now=app.clock.now())
    show(id, as_json)


def met(
    id: Id,
    evidence: Evidence,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="何日完成；缺省为导入之时")] = None,
    by: By = "",
    as_json: Json = False,
) -> None:
    """导入时本周期已经完成：凭依据记为办结，不再催办。"""
    app = opened(Config.from_environment())
    text, moment = _said(evidence, "--evidence"), day_end(on.date()) if on else None
    earlier.met(app.house, id, text, on=moment, actor=by or getpass.getuser(), now=app.clock.now())
    show(id, as_json)


def _apply(id: int, answer: Answer, by: str, as_json: bool) -> None:
    app = opened(Config.from_environment())
    following.record(app.house, id, answer, actor=by or getpass.getuser(), now=app.clock.now())
    show(id, as_json)


def _said(text: str, option: str) -> str:
    if not text.strip():
        raise BadText(f"{option} 是空的（empty）", mend="写明内容")
    return text.strip()
