"""The parts of Duban apart: one round from cron, the scheduler, the web page, the schema, their health."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from monitor.domain.errors import DubanError, Refused
from monitor.project import health as checks
from monitor.project import wiring
from monitor.project.config import Config
from monitor.project.jobs import fresh_connections
from monitor.project.ledgers import remember_moment
from monitor.project.lifetime import STOPPING, StopSignals
from monitor.project.valkey import queue_server
from monitor.services.inbox import STILL_S
from schedules.ticker import Rounds, Ticker


class Part(StrEnum):
    """What can be asked about its health."""

    scheduler = "scheduler"
    worker = "worker"
    web = "web"


def opened(config: Config) -> wiring.Application:
    """The ledger with its schema brought up to date."""
    wiring.setup_django()
    app = wiring.build(config)
    app.migrate()
    remember_moment(config)
    return app


def migrate() -> None:
    """建立或更新数据库结构。"""
    opened(Config.from_environment())


def tick() -> None:
    """走一轮：收件、排期、检查、把到时的消息交给队列。供 cron 使用，重复运行无妨。"""
    with queue_server(Config.from_environment()) as server:
        os.environ["REDIS_URL"] = server.url
        app = opened(Config.from_environment())
        if app.inbox().waiting:
            # A file is taken when two looks agree; a round from cron is alone, so it looks twice itself.
            time.sleep(STILL_S)
            app.inbox()
        done = app.tick()
    Console(stderr=True).print(f"排期 {done.planned} 项，变动 {done.moved} 项，交出消息 {done.enqueued} 条")


def scheduler() -> None:
    """按时唤醒各轮工作，直到收到停止信号。"""
    with StopSignals() as signals, queue_server(Config.from_environment()) as server:
        os.environ["REDIS_URL"] = server.url
        app = opened(Config.from_environment())
        ticker = Ticker(rounds_of(app))
        ticker.start()
        signals.wait_for_stop(server.tend)
        ticker.stop()


def rounds_of(app: wiring.Application) -> Rounds:
    """The application's rounds as the ticker wakes them: each with fresh connections, a sweep leaving a beat."""

    def sweep() -> None:
        app.sweep()
        checks.beat(app.config)

    rounds: list[Callable[[], object]] = [app.inbox, app.plan, sweep, app.digest, app.audit]
    inbox, plan, sweep_, digest, audit = (_fresh(one) for one in rounds)
    return Rounds(inbox=inbox, plan=plan, sweep=sweep_, digest=digest, audit=audit)


def _fresh(call: Callable[[], object]) -> Callable[[], object]:
    def run() -> None:
        with fresh_connections():
            call()

    return run


def web(
    host: Annotated[str, typer.Option(envvar="DUBAN_HOST", help="监听的地址；缺省只对本机开放")] = "127.0.0.1",
    threads: Annotated[int, typer.Option(help="处理请求的线程数", min=1)] = 4,
) -> None:
    """提供网页（只读）。"""
    from waitress import create_server

    config = Config.from_environment()
    wiring.setup_django()
    from monitor.project.wsgi import application

    try:
        server = create_server(application, host=host, port=config.port, threads=threads, ident="duban")
    except OSError as error:
        raise port_taken(host, config.port, error) from error
    for number in STOPPING:
        # Waitress ends its loop in order when SystemExit comes out of it.
        signal.signal(number, lambda signum, frame: sys.exit(0))
    server.run()
    server.close()


def port_taken(host: str, port: int, error: OSError) -> Refused:
    """The refusal where the page's port cannot be had."""
    return Refused(f"DUBAN_PORT: {host}:{port} cannot be used: {error.strerror}", mend="set DUBAN_PORT to a free port")


def health(part: Annotated[Part, typer.Argument(help="哪一部分", show_default=False)]) -> None:
    """检查某一部分是否正常；不正常时退出码为 1。"""
    config = Config.from_environment()
    check = {Part.scheduler: checks.check_scheduler, Part.worker: checks.check_worker, Part.web: checks.check_web}[part]
    try:
        check(config)
    except DubanError as error:
        raise SystemExit(str(error)) from error
