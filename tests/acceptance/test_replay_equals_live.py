"""Replay and the live path are one machine: over the same span they send the same messages, to the letter."""

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.services.deliver import recipient_of
from schedules.civil import ONE_DAY, civil, day_end, day_start
from tests.acceptance.conftest import ROOT, digests
from tests.acceptance.live import Live, live_ledger

FIRST, LAST = date(2022, 10, 17), date(2022, 10, 28)


@pytest.fixture
def live(
    unblocked: None, tmp_path: Path, empty_schema: Path, redis_url: str, ledger_env: dict[str, str]
) -> Iterator[Live]:
    with live_ledger(tmp_path, empty_schema, redis_url, ledger_env) as live:
        yield live


def live_through(live: Live, first: date, last: date) -> int:
    """Stop at each moment at which something can happen; how many those were. Documents come on their day of issue."""
    now, next_day, stops = day_start(first), day_start(first), 0
    while now < day_end(last):
        live.move(now)
        if now >= next_day:
            live.app.store(digests(), now)
            next_day = day_start(civil(now).date() + ONE_DAY)
        live.round(now)
        ledger = live.app.ledger
        moments = [next_day, ledger.occurrences.next_change(), ledger.outbox.next_moment()]
        now = max(now + timedelta(microseconds=1), min(moment for moment in moments if moment))
        stops += 1
    return stops


def addressed(live: Live, message: dict[str, Any]) -> dict[str, Any]:
    """A message of the ledger with its addressee as replay writes him."""
    to = recipient_of(live.app.house, message.pop("person"), datetime.fromisoformat(message["at"]))
    return {"at": message["at"], "to": {"person": to.name, "post": to.post, "organ": to.organ}, **message}


def test_replay_and_live_send_the_same_messages(
    live: Live, duban: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path
) -> None:
    span = ("--from", f"{FIRST}", "--to", f"{LAST}")
    replayed = duban("replay", "--documents", str(ROOT / "documents"), *span, "--out", "replay")
    assert replayed.returncode == 0, replayed.stderr
    lines = (tmp_path / "replay" / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    with live.workers():
        stops = live_through(live, FIRST, LAST)
    assert [addressed(live, message) for message in live.messages()] == [json.loads(line) for line in lines]
    assert len(lines) > 100
    assert stops > 20, "midnights and mornings"
    files = {path.name for path in (live.app.config.home / "outbox").glob("*.eml")}
    assert len(files) == len(lines)
