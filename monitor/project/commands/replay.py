"""``duban replay``: any span of time with any documents, in seconds."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from monitor.domain.errors import BadText
from monitor.project import wiring
from monitor.project.config import Config
from monitor.project.replaying import Outcome, read_answers, throwaway, write_lines
from monitor.project.replaying import replay as run


def replay(
    documents: Annotated[list[Path], typer.Option("--documents", help="文件或文件夹，可重复 / files or folders")],
    start: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="首日（含）/ first day, inclusive")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="末日（含）/ last day, inclusive")],
    out: Annotated[Path, typer.Option("--out", help="写入的文件夹 / folder to write to")],
    directory: Annotated[Path | None, typer.Option("--directory", help="通讯录，YAML 或 xlsx")] = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="答复 JSON Lines，可含事件")] = None,
    events: Annotated[Path | None, typer.Option("--events", help="事件 JSON Lines：at, event, for, key …")] = None,
) -> None:
    """回放一段时间，写出每一条会发出的消息 / replay a span and write every message that would have gone out."""
    first, last = start.date(), until.date()
    if last < first:
        raise BadText("--to lies before --from", mend="give the earlier day first")
    if out.exists() and not out.is_dir():
        raise BadText("--out is not a folder", file=str(out), mend="name a folder, new or old")
    read = wiring.read_paths(documents)
    mine = Config.from_environment()
    given = [one for path in (events, answers) if path for one in read_answers(path)]
    with throwaway():
        config = _with_people(Config.from_environment(), mine, directory)
        wiring.setup_django()
        errors = Console(stderr=True)
        # Where nobody watches, a bar leaves empty lines among the warnings.
        with Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
            task = bar.add_task("回放 replay", total=(last - first).days + 1)
            outcome = run(config, read, given, start=first, until=last, progress=lambda day: bar.advance(task))
        _write(outcome, out, first, last, [one.document.name for one in read])
    for warning in outcome.warnings:
        errors.print(warning, markup=False, highlight=False, soft_wrap=True)
    errors.print(f"{len(outcome.messages)} 条消息，{len(outcome.occurrences)} 项任务 → {out}", soft_wrap=True)


def _with_people(config: Config, mine: Config, directory: Path | None) -> Config:
    """The throwaway ledger with the people named, else with those of the ledger at hand and their roster."""
    if directory:
        return dataclasses.replace(config, directory=directory, roster=None)
    return dataclasses.replace(config, directory=mine.directory_file, roster=mine.roster_file)


def _write(outcome: Outcome, out: Path, first: date, last: date, names: Sequence[str]) -> None:
    from monitor.office.replay_page import render_replay
    from monitor.project.calendars import load_calendar

    out.mkdir(parents=True, exist_ok=True)
    write_lines(out / "messages.jsonl", outcome.messages)
    write_lines(out / "occurrences.jsonl", outcome.occurrences)
    if outcome.events:
        write_lines(out / "events.jsonl", outcome.events)
    page = render_replay(
        outcome.messages, outcome.occurrences, events=outcome.events, start=first, until=last, documents=names,
        workdays=load_calendar().is_workday,
    )  # fmt: skip
    (out / "replay.html").write_text(page, encoding="utf-8")
