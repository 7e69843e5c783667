"""A year of the working calendar, and what a notice moved, as tables on a terminal."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from monitor.office.display import due_day, moment
from monitor.project.commands.follow_tables import console
from monitor.services.calendars import Adopted
from monitor.services.reckoning import Moved, shifted
from schedules.calendar_year import CalendarYear, Stretch
from schedules.civil import plain, written
from schedules.holiday_notices import HolidayNotice


def print_year(found: CalendarYear) -> None:
    """The year's days off and make-up days with the notice behind each, and the working days of each month."""
    out = console()
    out.print(Text(f"{found.year}年工作日历：工作日 {sum(found.months)} 天", style="bold"))
    out.print(Text(found.source, style="yellow" if found.provisional else ""))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("", "名称", "日期", "天数", "依据"):
        table.add_column(heading, overflow="fold")
    for name, off in (("放假", True), ("调休上班", False)):
        for stretch in found.stretches(off=off):
            notice = stretch.mark.notice
            table.add_row(
                name, stretch.mark.holiday, _days(stretch), str((stretch.end - stretch.start).days + 1),
                notice.name if notice else "《全国年节及纪念日放假办法》第二条",
            )  # fmt: skip
    out.print(table)
    months = Table(box=box.SIMPLE_HEAD, title="各月工作日", title_justify="left", pad_edge=False)
    for month in range(1, 13):
        months.add_column(f"{month}月", justify="right")
    months.add_row(*map(str, found.months))
    out.print(months)
    for notice in found.notices:
        out.print(Text(f"{notice.name}　{notice.title}（{notice.issuer}，{plain(notice.issued)}）"))


def _days(stretch: Stretch) -> str:
    first = written(stretch.start)
    return first if stretch.start == stretch.end else f"{first}至{written(stretch.end)}"


def print_adopted(done: Adopted, *, dry_run: bool) -> None:
    """What was taken in, and every task of which a moment moved."""
    out = console()
    for words, notices in (("新录入", done.new), ("已更正", done.corrected), ("已有，未变", done.known)):
        for notice in notices:
            out.print(Text(f"{words}：{_notice(notice)}"))
    moved = shifted(done.moved)
    if moved:
        out.print(_table(moved))
    settled = sum(one.before.provisional and not one.after.provisional for one in done.moved)
    out.print(Text(f"重新推算 {len(done.moved)} 项，其中变动 {len(moved)} 项，由暂定转为确定 {settled} 项。"))
    if dry_run:
        out.print(Text("仅为预演，未写入台账。", style="yellow"))


def _notice(notice: HolidayNotice) -> str:
    return f"{notice.name}，{notice.title}，放假{len(notice.days_off)}天，调休上班{len(notice.make_up)}天"


def _table(moved: tuple[Moved, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title="变动", title_justify="left", pad_edge=False)
    for heading in ("号", "责任单位", "原期限", "现期限", "原下一步", "现下一步"):
        table.add_column(heading, overflow="fold")
    for one in moved:
        before, after = one.before, one.after
        table.add_row(
            str(after.id), after.owner_name, due_day(before.due), due_day(after.due),
            moment(before.next_change_at), moment(after.next_change_at),
        )  # fmt: skip
    return table
