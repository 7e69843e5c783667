"""The command line ``duban``: one place where errors become one line and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from keyword import iskeyword
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from monitor.domain.errors import DubanError
from monitor.project.ledgers import reopen

REFUSED: Final = 2
INTERRUPTED: Final = 130

COMMANDS: Final = {
    "up": "run",
    "derive": "derive",
    "text": "text",
    "import": "importing",
    "replay": "replay",
    "status": "follow",
    "missed": "follow",
    "show": "follow",
    "why": "why",
    "done": "follow",
    "ack": "record",
    "report": "record",
    "return": "record",
    "close": "record",
    "extend": "record",
    "dispute": "record",
    "waive": "record",
    "reopen": "record",
    "met": "record",
    "event": "event",
    "assign": "assign",
    "conclude": "conclude",
    "review": "conclude",
    "ladder": "ladder",
    "slip": "slip",
    "messages": "messages",
    "outbox": "outbox",
    "canary": "canary",
    "doctor": "doctor",
    "template": "template",
    "calendar": "calendar",
    "directory": "directory",
    "roster": "roster",
    "tick": "parts",
    "scheduler": "parts",
    "web": "parts",
    "migrate": "parts",
    "health": "parts",
}
"""Each command's module below ``monitor.project.commands``; the function, or the Typer with commands of its
own, has the command's name (``import_``)."""


class Commands(TyperGroup):
    """Imports a command's module when it is asked for: ``duban derive`` loads neither Django nor Redis.

    Contexts and commands are Any: Typer brings a Click of its own whose types it does not publish.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """All commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"monitor.project.commands.{COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        if isinstance(command, typer.Typer):
            return typer.main.get_command(command)
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        alone.command(cmd_name)(command)
        return typer.main.get_command(alone)


app = typer.Typer(
    name="duban", cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    rich_markup_mode=None,
)  # fmt: skip


@app.callback()
def choose(
    ledger: Annotated[
        str | None, typer.Option(help="打开哪个台账（var 下的文件夹名）；模拟台账的时刻随之恢复。", metavar="NAME")
    ] = None,
) -> None:
    """督办：从公文中找出有期限的责任事项，提醒、催办、升级。"""
    if ledger:
        os.environ.update(reopen(ledger, os.environ))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 2 refused (one line on standard error says why), 130 interrupted."""
    try:
        app(args=arguments)
    except SystemExit as ended:
        return _code(ended)
    except DubanError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _code(ended: SystemExit) -> int:
    if ended.code is None or isinstance(ended.code, int):
        return ended.code or 0
    print(ended.code, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
