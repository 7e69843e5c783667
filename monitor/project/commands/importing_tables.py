"""What an import changes, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from rich.text import Text

from monitor.domain.obligation import Obligation
from monitor.office.display import joined
from monitor.office.labels import KINDS, OBLIGATION_STATES, chinese
from monitor.office.review_page import roles_text
from monitor.office.rule_words import rule_text
from monitor.project.commands.follow_tables import console
from notifiers.facts import provision_text

if TYPE_CHECKING:
    from monitor.project.wiring import ImportReport
    from monitor.services.ingest import Imported

_QUOTE_LENGTH: Final = 60
_ALWAYS: Final = ("新增", "变更", "消失")


def print_import(report: ImportReport, planned: int, *, dry_run: bool) -> None:
    """One paragraph a document, its duties below it by what happened to them."""
    out = console()
    for one in report.imported:
        for text in _lines(one):
            out.print(text)
    for name in report.later:
        out.print(Text(f"{name}：此时尚未印发，未导入"))
    out.print(Text(_summary(report, planned, dry_run), style="bold"))


def _lines(one: Imported) -> Iterator[Text]:
    yield Text(f"{one.name}　{joined(one.title) if one.title != one.name else ''}".rstrip("　"), style="bold")
    if one.unchanged:
        yield Text("  无变化", style="dim")
        return
    found = one.difference
    if not (one.known or found.new):
        yield Text("  没有读出有期限的责任事项", style="dim")
    yield from _duties("新增", "green", found.new)
    yield from _pairs("变更", found.changed)
    yield from _pairs("修订", found.amended)
    yield from _duties("恢复", "green", found.returned)
    yield from _duties("消失", "red", found.gone)
    if found.moved:
        yield Text(f"  移动　{len(found.moved)} 项只是行号或文件变了，编号不变", style="dim")
    for each in one.repealed:
        yield Text(f"  废止　{each.name}：{each.duties} 项责任事项、{each.tasks} 项任务失效", style="red")
    waiting = [(state, one.of_state(state)) for state in ("asked", "proposed", "retired")]
    for state, ids in waiting:
        if ids:
            yield Text(f"  其中 {len(ids)} 项{chinese(OBLIGATION_STATES, state)}", style="yellow")


def _duties(word: str, style: str, duties: Iterable[Obligation]) -> Iterator[Text]:
    for duty in duties:
        yield Text(f"  {word}　{_said(duty)}", style=style)
        yield Text(f"  　　　“{_quote(duty)}”", style="dim")


def _pairs(word: str, pairs: Iterable[tuple[Obligation, Obligation]]) -> Iterator[Text]:
    for old, new in pairs:
        yield Text(f"  {word}　{_said(old)}", style="yellow")
        yield Text(f"  　　→ {_said(new)}", style="yellow")
        yield Text(f"  　　　“{_quote(old)}”→“{_quote(new)}”", style="dim")


def _said(duty: Obligation) -> str:
    parties = roles_text(duty.parties) or "责任单位待定"
    return f"{provision_text(duty.provision)}　{chinese(KINDS, duty.kind)}：{rule_text(duty)}　{parties}"


def _quote(duty: Obligation) -> str:
    words = joined(duty.quote)
    return words if len(words) <= _QUOTE_LENGTH else words[: _QUOTE_LENGTH - 1] + "…"


def _summary(report: ImportReport, planned: int, dry_run: bool) -> str:
    differences = [one.difference for one in report.imported]
    counts = (
        ("新增", sum(len(one.new) for one in differences)),
        ("变更", sum(len(one.changed) for one in differences)),
        ("修订", sum(len(one.amended) for one in differences)),
        ("恢复", sum(len(one.returned) for one in differences)),
        ("消失", sum(len(one.gone) for one in differences)),
        ("移动", sum(len(one.moved) for one in differences)),
        ("废止", sum(each.duties for one in report.imported for each in one.repealed)),
    )
    ended = sum(one.tasks + sum(each.tasks for each in one.repealed) for one in report.imported)
    said = "，".join(f"{word} {number} 项" for word, number in counts if number or word in _ALWAYS)
    tail = "；试运行，台账未改" if dry_run else f"；排期 {planned} 项任务"
    return f"公文 {len(report.imported)} 件：{said}；任务失效 {ended} 项{tail}"
