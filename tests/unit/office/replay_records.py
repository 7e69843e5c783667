"""Records of a replay, in the form of its files."""

from datetime import date
from typing import Any

FIRE_SEASON = ("2022-10-01", "2023-05-31")


def a_message(
    at: str, *, kind: str = "reminder", step: str = "lead-1", text: str = "请按期办理。", **to: str
) -> dict[str, Any]:
    notice = {
        "obligation": "aa", "doc": "石大党办综〔2022〕50号", "provision": "五/（一）", "party": "区统计局",
        "window": {"from": "2022-10-18", "to": "2022-10-20"}, "due": "2022-10-21T00:00:00+08:00", "kind": "fixed",
        "step": step,
    }  # fmt: skip
    recipient = {"person": "严波", "post": "副区长", "organ": "区政府"} | to
    return {
        "at": f"{at}T08:30:00+08:00", "to": recipient, "channel": "file", "kind": kind, "notices": [notice],
        "subject": "【督办】1项事项", "text": text,
    }  # fmt: skip


def an_occurrence(**changes: Any) -> dict[str, Any]:
    return {
        "obligation": "aa", "doc": "石大党办综〔2022〕50号", "provision": "五/（一）", "party": "区统计局",
        "window": {"from": "2022-10-18", "to": "2022-10-20"}, "due": "2022-10-21T00:00:00+08:00", "kind": "fixed",
        "state": "open", "missed": False, "days_late": 0, "reports": 0, **changes,
    }  # fmt: skip


def a_season(**changes: Any) -> dict[str, Any]:
    season = {
        "obligation": "bb", "doc": "石大政发〔2022〕45号", "kind": "period", "due": None,
        "window": {"from": FIRE_SEASON[0], "to": FIRE_SEASON[1]},
    }  # fmt: skip
    return an_occurrence(**{**season, **changes})


def weekdays_only(day: date) -> bool:
    return day.weekday() < 5
