"""``duban messages``: what was sent, what waits, what failed, with receipts; sending again; dead addresses."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from monitor.domain.errors import BadText, MissingFact
from monitor.project.commands.follow import print_json
from monitor.project.commands.follow_tables import console
from monitor.project.commands.parts import opened
from monitor.project.config import Config

if TYPE_CHECKING:
    from monitor.project.wiring import Application
    from monitor.services.overview import MessageLine

messages = typer.Typer(
    invoke_without_command=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="消息：列出、查看回执、重新发送；无效地址。",
)  # fmt: skip

Json = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]
_LATEST: Final = 50
_SUBJECT: Final = 40


@messages.callback()
def list_(
    context: typer.Context,
    state: Annotated[str, typer.Option(help="只看此状态：queued、sending、sent、failed、superseded")] = "",
    person: Annotated[str, typer.Option(help="只看发给此人的（通讯录中的标识）", metavar="ID")] = "",
    page: Annotated[int, typer.Option(help="第几页，每页 50 条", min=1)] = 1,
    as_json: Json = False,
) -> None:
    """列出消息，新近的在前；不带子命令时使用。"""
    if context.invoked_subcommand:
        return
    app = opened(Config.from_environment())
    from monitor.ledger.page_queries import read_messages
    from monitor.office.labels import MESSAGE_STATES

    if state and state not in MESSAGE_STATES:
        raise BadText(f"no state {state!r}", mend="choose " + ", ".join(MESSAGE_STATES))
    found = read_messages(app.config.ledger, recipient=person, state=state, page=page)
    if as_json:
        return print_json([_record(line) for line in found.messages])
    title = f"消息（共 {found.total} 条，第 {found.page}/{max(found.pages, 1)} 页）"
    return _print_lines(app, found.messages, title)


@messages.command()
def show(id: Annotated[int, typer.Argument(help="消息号", metavar="ID")], as_json: Json = False) -> None:
    """查看一条消息：收件人、各次时刻、回执、全文。"""
    app = opened(Config.from_environment())
    line = _line(app, id)
    if as_json:
        return print_json(_record(line))
    return _print_whole(app, line)


@messages.command()
def resend(id: Annotated[int, typer.Argument(help="发送失败的消息号", metavar="ID")]) -> None:
    """把发送失败的消息按收件人的第一个通道重新发送。"""
    app = opened(Config.from_environment())
    from monitor.services.resending import resend as again

    app.refresh()
    new = again(app.house, id, actor=getpass.getuser(), now=app.clock.now())
    console().print(f"第 {id} 号消息改由第 {new} 号发送，下一轮发出。")


@messages.command()
def dead(as_json: Json = False) -> None:
    """列出通道报告为不存在的地址；这些地址不再使用，直到恢复。"""
    app = opened(Config.from_environment())
    found = app.ledger.addresses.dead()
    if as_json:
        return print_json([
            {"channel": one.channel, "address": one.address, "person": one.recipient, "reason": one.reason,
             "since": _iso(one.since)} for one in found
        ])  # fmt: skip
    from monitor.office.display import moment
    from monitor.office.masking import masked

    table = _table(f"无效地址（{len(found)} 个）", "自", "收件人", "通道", "地址", "原因")
    for one in found:
        name = _name(app, one.recipient)
        table.add_row(moment(one.since), name, one.channel, masked(one.address), Text(one.reason))
    return console().print(table if found else Text("没有无效地址。"))


@messages.command()
def revive(
    channel: Annotated[str, typer.Argument(help="通道", metavar="CHANNEL")],
    address: Annotated[str, typer.Argument(help="地址，写全", metavar="ADDRESS")],
) -> None:
    """地址已核实有效：恢复使用。"""
    app = opened(Config.from_environment())
    from monitor.services.ports import Entry

    with app.ledger.atomic():
        app.ledger.hold()
        if not app.ledger.addresses.revive(channel, address):
            raise MissingFact(f"{channel} {address} is not marked as dead", mend="see duban messages dead")
        entry = Entry("revived", f"address:{channel}", {"address": address})
        app.ledger.journal.record([entry], actor=getpass.getuser(), now=app.clock.now())
    console().print("已恢复使用。")


def _line(app: Application, id: int) -> MessageLine:
    from monitor.ledger import models
    from monitor.ledger.lines import message_line

    row = models.Message.objects.filter(tenant=app.config.ledger, pk=id).first()
    if row is None:
        raise MissingFact(f"no message {id}", mend="see duban messages")
    return message_line(row)


def _print_lines(app: Application, lines: tuple[MessageLine, ...], title: str) -> None:
    from monitor.office.display import moment
    from monitor.office.labels import CHANNELS, MESSAGE_STATES, chinese

    table = _table(title, "号", "时刻", "收件人", "通道", "状态", "标题")
    for line in lines:
        state = chinese(MESSAGE_STATES, line.state) + (f"，第{line.attempts}次" if line.attempts > 1 else "")
        subject = line.subject or line.reason or "（到时生成）"
        table.add_row(
            str(line.id), moment(line.sent_at or line.send_at), _name(app, line.recipient),
            chinese(CHANNELS, line.channel), state, Text(subject[:_SUBJECT]),
        )  # fmt: skip
    console().print(table if lines else Text(f"{title}：无"))


def _print_whole(app: Application, line: MessageLine) -> None:
    from monitor.office.display import moment
    from monitor.office.labels import CHANNELS, MESSAGE_STATES, chinese
    from monitor.office.masking import masked

    facts = Table.grid(padding=(0, 2))
    rows = (
        ("收件人", f"{_name(app, line.recipient)}，{chinese(CHANNELS, line.channel)} {masked(line.address)}"),
        ("状态", chinese(MESSAGE_STATES, line.state) + (f"：{line.reason}" if line.reason else "")),
        ("尝试", f"{line.attempts} 次"),
        ("生成", moment(line.created_at)),
        ("应发", moment(line.send_at)),
        ("发出", moment(line.sent_at) if line.sent_at else ""),
        ("送达", moment(line.delivered_at) if line.delivered_at else ""),
        ("下次处理", moment(line.next_attempt_at) if line.next_attempt_at else ""),
        ("回执", f"{line.answer} {line.provider_id}".strip()),
    )
    for name, value in rows:
        if value:
            facts.add_row(Text(name, style="dim"), Text(value))
    console().print(facts)
    console().print(Text(f"\n{line.subject}\n\n{line.text}" if line.text else "\n正文在发出时按当时的进度写成。"))


def _table(title: str, *headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _name(app: Application, id: str) -> str:
    person = app.house.directory.person(id)
    return person.name if person else id


def _record(line: MessageLine) -> Mapping[str, Any]:
    return {
        "id": line.id, "person": line.recipient, "channel": line.channel, "address": line.address, "kind": line.kind,
        "urgent": line.urgent, "state": line.state, "reason": line.reason, "attempts": line.attempts,
        "created_at": _iso(line.created_at), "send_at": _iso(line.send_at), "sent_at": _iso(line.sent_at),
        "delivered_at": _iso(line.delivered_at), "next_attempt_at": _iso(line.next_attempt_at),
        "provider_id": line.provider_id, "answer": line.answer, "subject": line.subject, "text": line.text,
    }  # fmt: skip


def _iso(at: datetime | None) -> str | None:
    from schedules.civil import civil

    return civil(at).isoformat() if at else None
