"""What ``duban up`` prints: where the ledger stands, in a screenful."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.office.labels import ACCEPTANCE, KINDS, MESSAGE_STATES, STATES
from monitor.project.config import Config
from monitor.services.overview import DutyLine, InForce, Overview
from notifiers.wording import day_text, last_day, plain_day, remaining_text
from schedules.civil import ONE_DAY, TZ, at_time, civil

_WIDTH_WITHOUT_TERMINAL: Final = 120
_ACTION_LENGTH: Final = 40
_IN_FORCE_LINES: Final = 8
_MESSAGE_LINES: Final = 5
_MORNING: Final = time(9)

SHOWN_MOMENT: Final = datetime(2022, 10, 19, 9, tzinfo=TZ)
"""A morning in the life of the documents that come with Duban: a day before two deadlines, weeks into a season."""


def print_report(overview: Overview, config: Config, name_of: Callable[[str], str], *, serving: bool) -> None:
    """Print a ledger's state to standard output.

    ``name_of`` gives a recipient's name; ``serving`` says that the page and the rounds go on.
    """
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL, highlight=False)
    console.print(_headline(overview))
    _print_facts(console, overview)
    _print_in_force(console, overview)
    _print_next(console, overview)
    _print_messages(console, overview, name_of)
    _print_places(console, overview, config, serving=serving)


def _headline(overview: Overview) -> Text:
    now = civil(overview.as_of)
    mode = "模拟台账，时刻为" if overview.simulated else "实时台账，现在是"
    return Text.assemble(
        "\n", ("督办", "bold"), f"　台账 {overview.ledger}　{mode}{day_text(now.date())}{now:%H:%M}", "\n"
    )


def _print_facts(console: Console, overview: Overview) -> None:
    kinds = "、".join(
        f"{labels[0]} {overview.obligations_by_kind[kind]}"
        for kind, labels in KINDS.items()
        if overview.obligations_by_kind.get(kind)
    )
    states = "、".join(
        f"{labels[0]} {overview.occurrences_by_state[state]}"
        for state, labels in STATES.items()
        if overview.occurrences_by_state.get(state)
    )
    accepted = ACCEPTANCE.get(overview.acceptance, (overview.acceptance,))[0]
    grid = _grid()
    grid.add_row("公文", f"{len(overview.documents)} 件")
    grid.add_row("责任事项", f"{overview.obligation_count} 项（{kinds}），{accepted}")
    grid.add_row("任务", f"{overview.occurrence_count} 项（{states}）" if states else "尚无")
    if overview.history_reason:
        grid.add_row("历史", Text(overview.history_reason))
    if overview.open_question_count:
        grid.add_row("待答复", f"{overview.open_question_count} 个问题，见网页")
    console.print(grid)


def _print_in_force(console: Console, overview: Overview) -> None:
    table = _table(f"今日有效（{overview.in_force_count} 项任务）", "起止", "公文", "事项", "数量")
    for window in overview.in_force_today[:_IN_FORCE_LINES]:
        table.add_row(
            _span(window), _documents(window), _cut(window.duties[0].first.action), f"{len(window.duties)} 项"
        )
    more = len(overview.in_force_today) - _IN_FORCE_LINES
    if more > 0:
        table.add_row("", "", f"另有 {more} 组，见网页", "")
    console.print(table if overview.in_force_today else Text("今日有效：无\n"))


def _documents(window: InForce) -> str:
    names = list(dict.fromkeys(duty.first.doc for duty in window.duties))
    return "、".join(names) if len(names) <= 2 else f"{names[0]}等{len(names)}件"


def _span(window: InForce) -> str:
    lines = [f"{window.start} 至 {window.end}"]
    if window.core:
        lines.append(f"核心 {window.core[0]} 至 {window.core[1]}")
    return "\n".join(lines)


def _print_next(console: Console, overview: Overview) -> None:
    table = _table("最近到期", "期限", "还有", "责任单位", "事项", "依据")
    for duty in overview.next_due:
        table.add_row(*_next_cells(duty, overview.as_of))
    console.print(table if overview.next_due else Text("最近到期：无\n"))


def _next_cells(duty: DutyLine, now: datetime) -> tuple[str, ...]:
    task = duty.first
    if task.due is None:
        return "", "", duty.owner, _cut(task.action), task.doc
    return (
        _until(task.due),
        remaining_text(task.due, now),
        duty.owner,
        _cut(task.action),
        f"{task.doc} {task.provision}",
    )


def _until(due: datetime) -> str:
    """The day, and the hour where it is not the day's end."""
    hour = "" if civil(due).time() == time() else f" {civil(due):%H:%M}"
    return f"{_numeric(last_day(due))}{hour}"


def _numeric(day: date) -> str:
    return f"{day:%Y-%m-%d} 周{'一二三四五六日'[day.weekday()]}"


def _print_messages(console: Console, overview: Overview, name_of: Callable[[str], str]) -> None:
    counts = "、".join(
        f"{labels[0]} {overview.messages_by_state[state]}"
        for state, labels in MESSAGE_STATES.items()
        if overview.messages_by_state.get(state)
    )
    grid = _grid()
    grid.add_row("消息", counts or "此刻没有要发的")
    for message in overview.messages_today[:_MESSAGE_LINES]:
        grid.add_row("", Text(f"{name_of(message.recipient)}　{message.subject}"))
    console.print(grid)


def _print_places(console: Console, overview: Overview, config: Config, *, serving: bool) -> None:
    grid = _grid()
    if serving:
        grid.add_row("网页", Text(f"{config.public_url}/"))
    grid.add_row(
        "发往", Text("邮件服务器" if config.smtp_url else f"{config.home / 'outbox'}（一条消息一个 .eml 文件）")
    )
    grid.add_row("收件夹", Text(f"{config.home / 'inbox'}（放入公文即导入）"))
    then = _lively_moment(overview, config)
    if then:
        grid.add_row("看当年", Text(f"{_again(config, then)}（同样的公文，时刻为{plain_day(then.date())}）"))
    console.print(grid)
    if serving:
        console.print(Text("\n正在运行，按 Ctrl-C 结束。", style="bold"))


def _lively_moment(overview: Overview, config: Config) -> datetime | None:
    """Where most is history: a morning on which its duties were still ahead; for documents of one's own the one after
    the latest of them was issued."""
    if overview.simulated or not overview.mostly_history:
        return None
    if _own_documents(config):
        return SHOWN_MOMENT
    issued = [document.issued for document in overview.documents if document.issued]
    return at_time(max(issued) + ONE_DAY, _MORNING) if issued else None


def _own_documents(config: Config) -> bool:
    return config.documents == Config.from_environment({}).documents


def _again(config: Config, then: datetime) -> str:
    options = [] if _own_documents(config) else ["--documents", shlex.quote(str(config.documents))]
    return f'make run ARGS="{" ".join([*options, "--now", then.isoformat(timespec="minutes")])}"'


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _table(title: str, first: str, *headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    table.add_column(first, no_wrap=True)
    for heading in headings:
        table.add_column(heading, overflow="fold", vertical="top", no_wrap=heading in ("还有", "数量"))
    return table


def _cut(text: str) -> str:
    return text if len(text) <= _ACTION_LENGTH else text[: _ACTION_LENGTH - 1] + "…"
