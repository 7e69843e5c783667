"""One thing looked at: sound, wrong with a mend, or not to be judged here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from monitor.domain.errors import DubanError

State = Literal["ok", "failed", "skipped"]
Look = Callable[[], str]
"""Says what is well in a few words. Raises Wrong or a DubanError where it is not, Passed where it cannot be judged."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, what was found, and what to do where that is wrong."""

    name: str
    state: State
    said: str
    mend: str = ""


class Wrong(Exception):
    """What is wrong, and its mend."""

    def __init__(self, said: str, mend: str) -> None:
        super().__init__(said)
        self.said, self.mend = said, mend


class Passed(Exception):
    """Why it is not judged."""


def examined(name: str, look: Look) -> Finding:
    """The finding of one look; a look that breaks is a finding too and keeps none of the others from being made."""
    try:
        return Finding(name, "ok", look())
    except Passed as passed:
        return Finding(name, "skipped", str(passed))
    except Wrong as wrong:
        return Finding(name, "failed", wrong.said, wrong.mend)
    except DubanError as error:
        return Finding(name, "failed", _placed(error), error.mend)
    except Exception as error:  # the border of the examination: whatever broke, the office reads which part it was
        return Finding(name, "failed", f"{type(error).__name__}: {' '.join(str(error).split())}", "查看上述错误")


def _placed(error: DubanError) -> str:
    place = f"{error.file}:{error.line}: " if error.file and error.line else f"{error.file}: " if error.file else ""
    return place + error.message
