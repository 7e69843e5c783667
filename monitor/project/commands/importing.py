"""``duban import``: documents into the ledger, with what that changes; ``--dry-run`` only shows it."""

from __future__ import annotations

import getpass
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.project import wiring
from monitor.project.commands.parts import opened
from monitor.project.config import Config

if TYPE_CHECKING:
    from monitor.services.ingest import Imported


def import_(
    files: Annotated[list[Path], typer.Argument(help="公文文件或文件夹", metavar="FILE...", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会有什么变化，不写入台账")] = False,
    met: Annotated[str, typer.Option("--met", help="导入时未到期的周期事项本期均已完成：写明依据，逐项记为办结")] = "",
    by: Annotated[str, typer.Option("--by", help="经办人；缺省为登录名")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
) -> None:
    """导入公文：与台账比较，列出新增、变更、消失的责任事项和被废止的文件；读不了的文件使全部不写入。"""
    # Before anything is opened: a refused file leaves no ledger behind either.
    read = wiring.read_paths(files)
    with _ledger(dry_run) as app:
        report = app.rehearse(read) if dry_run else app.store(read, app.clock.now())
        planned = 0 if dry_run else app.plan().added
        done = _already_met(app, report, met, by) if met.strip() and not dry_run else None
    if as_json:
        told = _as_json(report, planned, dry_run) | ({} if done is None else {"met": done})
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        from monitor.project.commands.importing_tables import print_import

        print_import(report, planned, dry_run=dry_run)
        if done is not None:
            print(f"记为导入前已完成：{done} 项任务")


def _already_met(app: wiring.Application, report: wiring.ImportReport, evidence: str, by: str) -> int:
    """Only of documents that the ledger did not have before: of the others the office knows already."""
    from monitor.services.met import meet_all

    new = [one.name for one in report.imported if not one.known]
    return meet_all(app.house, new, evidence, actor=by or getpass.getuser(), now=app.clock.now())


@contextmanager
def _ledger(dry_run: bool) -> Iterator[wiring.Application]:
    """The ledger; where there is none yet, a trial makes none but runs against an empty one that is thrown away."""
    config = Config.from_environment()
    kept = config.database_url.removeprefix("sqlite:///")
    if not dry_run or kept == config.database_url or Path(kept).exists():
        yield opened(config)
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DUBAN_VAR"] = folder
        os.environ.pop("DATABASE_URL", None)
        yield opened(Config.from_environment())


def _as_json(report: wiring.ImportReport, planned: int, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "documents": [_document(one) for one in report.imported],
        "not_issued_yet": list(report.later),
        "planned": planned,
    }


def _document(one: Imported) -> dict[str, Any]:
    found = one.difference
    return {
        "doc": one.name,
        "title": one.title,
        "known": one.known,
        "unchanged": one.unchanged,
        "new": [o.to_register() for o in found.new],
        "changed": [{"old": old.to_register(), "new": new.to_register()} for old, new in found.changed],
        "gone": [o.to_register() for o in found.gone],
        "amended": [{"old": old.to_register(), "new": new.to_register()} for old, new in found.amended],
        "moved": [{"id": o.id, "file": o.file, "lines": list(o.lines)} for o in found.moved],
        "returned": [o.to_register() for o in found.returned],
        "states": dict(one.states),
        "tasks_retired": one.tasks,
        "repealed": [
            {"doc": each.name, "title": each.title, "by": each.by, "duties": each.duties, "tasks_retired": each.tasks}
            for each in one.repealed
        ],
    }
