"""The server that a house stands on: database, queue, clock, files, folders, calendar."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import redis

from monitor.domain.errors import DubanError
from monitor.project import wiring
from monitor.project.assignment_files import load_terms
from monitor.project.calendars import load_calendar
from monitor.project.clock import clock_from
from monitor.project.config import Config
from monitor.project.directory_files import load_directory
from monitor.project.doctor.finding import Finding, Passed, Wrong, examined
from monitor.project.event_files import load_event_names
from monitor.project.ladder_files import load_ladders
from monitor.project.template_files import load_templates
from monitor.project.valkey import answers, binary_path, queue_folder

_ANSWER_S: Final = 5.0
_ASTRAY: Final = timedelta(minutes=1)
_BUILT: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock before this day was never set."""
_NOTICE_BY: Final = 12
"""From this month on next year's holiday notice should be there: the last ones came out in early November."""


def house_findings(config: Config) -> Iterator[Finding]:
    """Everything but the network, the database first."""
    yield examined("数据库", lambda: _database(config))
    yield examined("数据库结构", _schema)
    yield examined("队列", lambda: _queue(config))
    yield examined("时钟", lambda: _clock(config))
    for name, read in _files(config).items():
        yield examined(name, read)
    yield examined("放假安排", lambda: _calendar(config))
    yield examined("文件夹权限", lambda: _folders(config))
    yield examined("密钥文件权限", lambda: _secrets(config))


def _connection() -> Any:
    from django.db import connections

    return connections["default"]


def _database(config: Config) -> str:
    from django.db import DatabaseError

    connection = _connection()
    if _unmade(connection):
        raise Wrong(f"台账尚未建立：没有 {connection.settings_dict['NAME']}", "运行 duban migrate 或 duban up")
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        # Its message may hold the address, never the password.
        raise Wrong(f"连接不上：{' '.join(str(error).split())}", "检查 DATABASE_URL 和数据库服务") from error
    return f"{connection.vendor}，可以连接"


def _unmade(connection: Any) -> bool:
    """Looking would make the file."""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and not name.startswith("file:") and not Path(name).is_file()


def _schema() -> str:
    from django.db.migrations.executor import MigrationExecutor

    _need_database()
    executor = MigrationExecutor(_connection())
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise Wrong(f"缺 {len(missing)} 步升级", "运行 duban migrate")
    return "与程序一致"


def _need_database() -> None:
    from django.db import DatabaseError

    connection = _connection()
    try:
        if _unmade(connection):
            raise Passed("数据库未建立，无从检查")
        connection.ensure_connection()
    except DatabaseError:
        raise Passed("数据库连接不上，无从检查") from None


def _queue(config: Config) -> str:
    if config.redis_url:
        try:
            _server_time(config.redis_url)
        except redis.exceptions.RedisError as error:
            raise Wrong(f"连接不上：{error}", "检查 REDIS_URL 和队列服务") from error
        return "可以连接"
    if answers(queue_folder(config)):
        return "自带的队列服务在运行"
    binary_path()
    raise Passed("未设 REDIS_URL；自带的队列服务随 duban up 启动，现未运行")


def _server_time(url: str) -> datetime:
    with redis.Redis.from_url(url, socket_timeout=_ANSWER_S, socket_connect_timeout=_ANSWER_S) as server:
        seconds, micros = server.time()
    return datetime.fromtimestamp(int(seconds) + int(micros) / 1e6, UTC)


def _clock(config: Config) -> str:
    if config.simulated:
        raise Passed(f"模拟台账，时刻为 {clock_from(config).now():%Y-%m-%d %H:%M}")
    mend = "校准服务器时间（chrony 或 ntpd，内网用内网时间源）"
    now = datetime.now(UTC)
    if now < _BUILT:
        raise Wrong(f"时间是 {now:%Y-%m-%d}，显然未校准", mend)
    for name, other in _other_clocks(config):
        if name == "上次检查" and other - now > _ASTRAY:
            raise Wrong(f"时间早于台账上次检查（{other:%Y-%m-%d %H:%M} UTC），时钟被调回", mend)
        if name != "上次检查" and abs(other - now) > _ASTRAY:
            raise Wrong(f"与{name}相差 {abs((other - now).total_seconds()):.0f} 秒", mend)
    return f"{clock_from(config).now():%Y-%m-%d %H:%M}（北京时间）"


def _other_clocks(config: Config) -> Iterator[tuple[str, datetime]]:
    """The moments that ours can be held against, as far as they can be had."""
    if config.redis_url:
        with suppress(redis.exceptions.RedisError):  # said where the queue is looked at
            yield "队列服务器", _server_time(config.redis_url)
    yield from _clocks_of_database(config)


def _clocks_of_database(config: Config) -> Iterator[tuple[str, datetime]]:
    from django.db import DatabaseError

    from monitor.ledger import models

    try:
        _need_database()
        row = models.Ledger.objects.filter(tenant=config.ledger).first()
        if row and row.swept_at:
            yield "上次检查", row.swept_at
        if _connection().vendor == "postgresql":
            with _connection().cursor() as cursor:
                cursor.execute("SELECT now()")
                yield "数据库服务器", cursor.fetchone()[0]
    except (Passed, DatabaseError):
        return


def _files(config: Config) -> dict[str, Callable[[], str]]:
    home = config.home

    def read(load: Callable[[], object], said: str) -> Callable[[], str]:
        def look() -> str:
            load()
            return said

        return look

    own = {name: home / name for name in ("event-names.yaml", "assignments.yaml")}
    return {
        "通讯录": read(lambda: load_directory(config.directory_file, config.roster_file), str(config.directory_file)),
        "催办梯次": read(lambda: load_ladders(config.ladders), str(config.ladders)),
        "消息模板": read(lambda: load_templates(config.templates), "自带模板及本单位的改写可用"),
        "事件名称": read(lambda: load_event_names(own["event-names.yaml"]), "可用"),
        "交办时限": read(lambda: load_terms(own["assignments.yaml"]), "可用"),
        "通道文件": lambda: _channels(config),
    }


def _channels(config: Config) -> str:
    book = wiring.channels_from(config)
    return "、".join(book.channels) + ("" if config.channels else "（没有 channels.yaml，用缺省通道）")


def _calendar(config: Config) -> str:
    from monitor.ledger.calendars import Calendars

    today = clock_from(config).now().date()
    mend = "国务院办公厅的通知公布后，运行 duban calendar import FILE"
    try:
        _schema()
        imported = Calendars(config.ledger, "default").notices()
    except (Passed, Wrong):
        imported = ()
    calendar = load_calendar(imported)
    if calendar.provisional(today.year):
        raise Wrong(f"没有{today.year}年的放假安排，当年的工作日是暂定的", mend)
    if not calendar.provisional(today.year + 1):
        return f"{today.year}年、{today.year + 1}年都有"
    if today.month < _NOTICE_BY:
        raise Passed(f"{today.year}年有；{today.year + 1}年的尚未导入，公布后请导入")
    raise Wrong(f"没有{today.year + 1}年的放假安排，明年的期限是暂定的", mend)


def _folders(config: Config) -> str:
    for folder in (config.home, *(config.home / name for name in ("inbox", "outbox", "templates"))):
        if folder.is_dir() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise Wrong(f"{folder} 不可读写", f"运行 chown -R duban {folder}（改为运行督办的用户）")
    if not config.home.is_dir():
        raise Wrong(f"没有 {config.home}", "运行 duban migrate 或 duban up")
    return f"{config.home} 可读写"


def _secrets(config: Config) -> str:
    files = [path for path in (config.home / "secret-key", config.secrets) if path and path.is_file()]
    for path in files:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise Wrong(f"别人可以读 {path}", f"运行 chmod 600 {path}")
    if not files:
        raise Passed("还没有密钥文件")
    return "只有运行的用户可读"


def channels_or_none(config: Config) -> Any:
    """The channels, None where they cannot be had: that was said already."""
    try:
        return wiring.channels_from(config)
    except (DubanError, OSError, ValueError):
        return None
