"""Why a date is that date: the derivation as a value, one step after the other, each with the article behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Part = Literal[
    "event", "anchor", "window", "rule", "counting", "move", "calendar", "limit", "result", "extension", "note"
]
"""What a step says: what happened, where counting starts, the stretch of the calendar, the span or date of the text,
the clause by which days are counted, a move off a day off, the holiday notices that were used, when the last day ends,
the outcome, a later date that was granted, anything else."""

LABELS: Final[Mapping[Part, str]] = {
    "event": "事件",
    "anchor": "起算",
    "window": "周期",
    "rule": "期限",
    "counting": "计算方法",
    "move": "遇休息日",
    "calendar": "日历",
    "limit": "截止时刻",
    "result": "结果",
    "extension": "延期",
    "note": "说明",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a derivation, in Chinese; ``article`` is the provision of law it rests on, empty where none."""

    part: Part
    text: str
    article: str = ""

    @property
    def label(self) -> str:
        """The part's name in Chinese."""
        return LABELS[self.part]

    def __str__(self) -> str:
        return f"{self.label}：{self.text}" + (f"（{self.article}）" if self.article else "")

    def to_json(self) -> dict[str, str]:
        """The step as stored and as printed for programs."""
        return {"part": self.part, "text": self.text} | ({"article": self.article} if self.article else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | str) -> Reason:
        """The step behind stored data. A bare string is a step stored before steps had parts."""
        if isinstance(data, str):
            return cls("note", data)
        return cls(data["part"], data["text"], data.get("article", ""))
