"""``duban up``: everything in one group of processes on embedded defaults."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from monitor.domain.errors import Refused
from monitor.project import wiring
from monitor.project.commands.parts import opened, port_taken
from monitor.project.commands.report import print_report
from monitor.project.config import Config
from monitor.project.ledgers import choose_ledger
from monitor.project.lifetime import StopSignals, group_member
from monitor.project.processes import ProcessGroup, Program
from monitor.project.valkey import queue_server

LOOPBACK = "127.0.0.1"

PROGRAMS = (
    Program("scheduler", ("-m", "monitor.project.cli", "scheduler")),
    Program("worker urgent", ("-m", "worker", "--queue", "urgent")),
    Program("worker ordinary", ("-m", "worker", "--queue", "ordinary")),
    Program("web", ("-m", "monitor.project.cli", "web")),
)


def up(
    once: Annotated[bool, typer.Option("--once", help="完整走一轮后退出")] = False,
    now: Annotated[
        str | None, typer.Option(metavar="MOMENT", help="模拟台账的时刻，如 2022-10-19T09:00+08:00，或 @文件")
    ] = None,
    documents: Annotated[Path | None, typer.Option(metavar="PATH", help="导入哪些公文（文件或文件夹）")] = None,
) -> None:
    """导入公文，启动调度、发送和网页，显示当前应办事项。"""
    os.environ.update(choose_ledger(os.environ, documents=documents, now=now))
    config = Config.from_environment()
    if not once:
        _check_port(config.port)
    with queue_server(config) as server:
        os.environ["REDIS_URL"] = server.url
        config = Config.from_environment()
        app = _first_round(config)
        if once:
            _report(app, serving=False)
            return
        with StopSignals() as signals:
            group = ProcessGroup(PROGRAMS, tend=server.tend)
            try:
                group.start()
                _report(app, serving=True)
                code = group.run(signals)
            finally:
                group.stop()
    raise SystemExit(code)


def _first_round(config: Config) -> wiring.Application:
    """Import, plan, sweep, and deliver what is due now through the queue and a worker of its own."""
    with Console(stderr=True).status("读取公文 …") as status:
        app = opened(config)
        app.import_documents([config.documents])
        status.update("排期、检查 …")
        app.plan()
        app.sweep()
        app.digest()
        status.update("发送到时的消息 …")
        worked = subprocess.run(
            [sys.executable, "-m", "worker", "--burst"], stdin=subprocess.DEVNULL, preexec_fn=group_member()
        )
    if worked.returncode:
        raise Refused(f"the worker ended with code {worked.returncode}", mend="read what it said above")
    return app


def _report(app: wiring.Application, *, serving: bool) -> None:
    directory = app.house.directory

    def name_of(id: str) -> str:
        person = directory.person(id)
        return person.name if person else id

    print_report(app.overview(), app.config, name_of, serving=serving)


def _check_port(port: int) -> None:
    """Refused, before anything is started, where the page's port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise port_taken(LOOPBACK, port, error) from error
