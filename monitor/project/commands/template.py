"""The words of messages on the command line: ``duban template list``, ``copy``, ``check`` and ``preview``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from monitor.domain.errors import BadText, MissingFact, Refused
from monitor.project.commands.follow_tables import console
from monitor.project.config import Config
from monitor.project.template_files import load_templates
from notifiers.base import Form
from notifiers.book import TemplateBook, shipped_names, shipped_source
from notifiers.rendering import Rendered
from notifiers.samples import FORMS, SAMPLES

if TYPE_CHECKING:
    from monitor.project.wiring import Application

template = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="消息模板：列出、复制一份来改、检查、预览。",
)  # fmt: skip

ABOUT = {
    "subject.txt.j2": "标题",
    "opening.txt.j2": "正文第一句",
    "notice.txt.j2": "单项提醒、催办（文本）",
    "notice.html.j2": "单项提醒、催办（邮件）",
    "digest.txt.j2": "每日汇总（文本）",
    "digest.html.j2": "每日汇总（邮件）",
    "outage.txt.j2": "停运后的汇总（文本）",
    "outage.html.j2": "停运后的汇总（邮件）",
    "slip.txt.j2": "催办单（文本）",
    "slip.html.j2": "催办单（邮件）",
    "bulletin.txt.j2": "通报草稿（文本）",
    "bulletin.html.j2": "通报草稿（邮件）",
    "alarm.txt.j2": "系统告警（文本）",
    "alarm.html.j2": "系统告警（邮件）",
    "chat.md.j2": "钉钉、企业微信、飞书",
    "sms.txt.j2": "短信",
}

_FORM = Annotated[Form, typer.Option("--form", help="mail、text、chat 或 sms")]


@template.command("list")
def list_() -> None:
    """列出全部模板，并标明哪些已由本单位改写。"""
    folder = Config.from_environment().templates
    own = {name for name, _ in load_templates(folder).own}
    table = Table(title=f"消息模板（改写的放在 {folder}）", title_justify="left")
    for heading in ("文件", "用于", "现用"):
        table.add_column(heading)
    for name in shipped_names():
        table.add_row(name, ABOUT.get(name, "各模板共用的部分"), "本单位改写" if name in own else "随软件")
    console().print(table)


@template.command()
def copy(name: Annotated[str, typer.Argument(help="模板文件名，见 duban template list", metavar="NAME")]) -> None:
    """把随软件的模板复制到本单位的模板文件夹，供改写。"""
    if name not in shipped_names():
        raise BadText(f"no template {name!r}", mend="see duban template list")
    folder = Config.from_environment().templates
    target = folder / name
    if target.exists():
        raise Refused(f"{target} is there already", mend="edit it, or remove it first")
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(shipped_source(name), encoding="utf-8")
    console().print(f"已复制：{target}", soft_wrap=True)


@template.command()
def check() -> None:
    """用各类消息试一遍本单位的模板；有误时指出文件、行和改法，退出码为 2。"""
    folder = Config.from_environment().templates
    book = load_templates(folder)
    tried = len(SAMPLES) * len(FORMS)
    console().print(f"{folder}：改写 {len(book.own)} 个模板，试写 {tried} 种消息，均可用。", soft_wrap=True)


@template.command()
def preview(
    what: Annotated[str, typer.Argument(help="样例名，或台账中的消息号", metavar="SAMPLE|MESSAGE")],
    form: _FORM = "mail",
    out: Annotated[Path | None, typer.Option("--out", help="把邮件的网页写入此文件", metavar="FILE.html")] = None,
) -> None:
    """按现用模板写出一个样例，或把台账中的一条消息重写一遍；不发送，不改台账。"""
    config = Config.from_environment()
    book = load_templates(config.templates)
    rendered = _of_message(config, int(what), form) if what.isdecimal() else _of_sample(what, book, form)
    if out:
        out.write_text(rendered.html, encoding="utf-8")
    console().print(f"{rendered.subject}\n\n{rendered.text}", markup=False, highlight=False, soft_wrap=True)


def _of_sample(name: str, book: TemplateBook, form: Form) -> Rendered:
    if name not in SAMPLES:
        raise BadText(f"no sample {name!r}", mend="choose " + "、".join(SAMPLES) + ", or a message's number")
    return SAMPLES[name].rendered(book, form, full=False)


def _of_message(config: Config, id: int, form: Form) -> Rendered:
    from monitor.project.commands.parts import opened
    from monitor.services.compose import facts_of, worded

    app: Application = opened(config)
    message = app.ledger.outbox.get(id)
    if message is None or not message.notices:
        raise MissingFact(f"no message {id} with notices", mend="see duban messages")
    facts = facts_of(app.house, [message])
    return worded(app.house, message, message.notices, facts, app.clock.now(), form=form)
