"""Clocks: the only place where the time of day enters. All moments are aware, in Asia/Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.domain.errors import BadText
from monitor.project.config import Config
from monitor.services.ports import Clock
from schedules.civil import TZ


class SystemClock:
    """The machine's clock: for live ledgers."""

    def now(self) -> datetime:
        """This moment."""
        return datetime.now(TZ)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: a simulated ledger as of one moment."""

    moment: datetime

    def now(self) -> datetime:
        """Always the same moment."""
        return self.moment


@dataclass(frozen=True, slots=True)
class FileClock:
    """A clock whose moment is the text of a file, read at each question: simulated time that can be moved."""

    path: Path

    def now(self) -> datetime:
        """The moment in the file. BadText where there is no file or no moment in it."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadText(
                f"no moment can be read: {error.__class__.__name__}",
                file=str(self.path),
                mend="write a moment such as 2022-10-19T09:00+08:00 into the file",
            ) from error
        return parse_moment(text.strip(), source=str(self.path))


def parse_moment(text: str, source: str = "DUBAN_NOW") -> datetime:
    """An ISO 8601 moment as Asia/Shanghai time; one without an offset is meant so. BadText where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadText(f"no moment: {text!r}", file=source, mend="write it like 2022-10-19T09:00+08:00") from error
    return moment.replace(tzinfo=TZ) if moment.tzinfo is None else moment.astimezone(TZ)


def clock_from(config: Config) -> Clock:
    """The clock that the configuration asks for: the machine's, a fixed one, or ``@FILE``."""
    if config.now is None:
        return SystemClock()
    if config.now.startswith("@"):
        return FileClock(Path(config.now[1:]))
    return FixedClock(parse_moment(config.now))
