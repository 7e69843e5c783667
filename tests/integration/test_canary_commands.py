"""``duban canary`` as whoever keeps the server meets it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

Duban = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_round_sends_one_which_is_listed_and_confirmed_by_hand(duban: Duban, redis_url: str, tmp_path: Path) -> None:
    home = tmp_path / "var" / "office"
    home.mkdir(parents=True)
    text = f"channels:\n  box: {{kind: file, folder: {home / 'box'}, canary: probe@duban.example}}\n"
    (home / "channels.yaml").write_text(text, encoding="utf-8")
    assert duban("tick", REDIS_URL=redis_url).returncode == 0
    [listed] = json.loads(duban("canary", "list", "--json").stdout)
    assert (listed["channel"], listed["number"], listed["back_at"], listed["missing"]) == ("box", 1, None, False)
    with sqlite3.connect(home / "ledger.sqlite3") as ledger:
        [[token]] = ledger.execute("SELECT token FROM ledger_canary")
    assert token not in duban("canary", "list").stdout
    done = duban("canary", "back", f"http://127.0.0.1:8765/canary/{token}")
    assert (done.returncode, "box 第 1 次自检已确认" in done.stdout) == (0, True)
    [listed] = json.loads(duban("canary", "list", "--json").stdout)
    assert listed["back_at"]
    assert listed["back_by"]


def test_an_unknown_token_is_refused_in_one_line(duban: Duban) -> None:
    done = duban("canary", "back", "nix")
    assert done.returncode == 2
    assert done.stderr.startswith("没有这条自检消息")
    assert done.stderr.count("\n") == 1


def test_without_any_it_says_how_to_have_one(duban: Duban) -> None:
    assert "channels.yaml" in duban("canary", "list").stdout
