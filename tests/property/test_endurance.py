"""Texts made to hold a reader up end all the same: each in a process that the system stops past its share.

The bounds are no measure of speed (``make bench`` is): a quadratic step would need a hundred times as much.
"""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from tests.property.texts import ROOT

CPU_SECONDS, MEMORY = 60, 1_000_000_000
READ = """
import sys
from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_bytes
text = {text}
documents = split(read_bytes(text.encode(), "in.txt"))
print(len(text), len(derive_all(documents).obligations))
"""
TEXTS = {
    "one long line of prose": "'各单位要在每月5日前向区政府报告工作情况。' * 12_000",
    "no full stop": "'每季度至少召开1次会议，' * 8_000",
    "no punctuation": "'在10日内每月' * 10_000",
    "commas": "'，' * 1_000_000",
    "commas and blanks": "'水 ，　' * 200_000",
    "digits": "'1' * 200_000",
    "Chinese digits": "'十' * 200_000",
    "dates": "'2022年10月20日' * 20_000",
    "dates on lines": "'2022年10月20日\\n' * 20_000",
    "open brackets": "'（《“〔' * 100_000",
    "nested brackets": "'（' * 100_000 + '水' + '）' * 100_000",
    "nested numbers": "'一、（一）1.（1）①' * 50_000",
    "numbered lines": "''.join(f'{i}.水务局每月报告\\n' for i in range(20_000))",
    "names": "'区林业局、' * 50_000 + '应当在10日内报告。'",
    "names and blanks": "'林业局 ' * 100_000",
    "organs above a date": "'水务局\\n' * 50_000 + '2022年1月1日\\n'",
    "titles": "'关于水的通知\\n' * 30_000",
    "document numbers": "'某政发〔2022〕45号\\n' * 20_000",
    "annexes": "'附件1：水\\n' * 30_000",
    "cells": "'序号\\t项目\\n1\\t' + '水\\t' * 200_000",
    "rows": "'序号\\t项目\\t责任单位\\n' + '1\\t水每月报告\\t林业局\\n' * 10_000",
    "headings of tables": "'序号\\t项目\\n\\n' * 30_000",
    "unfinished asides": "'（责任单位：' * 50_000",
    "seasons": "'10月1日至次年5月31日为防火期，' * 5_000",
    "articles": "''.join(f'第{i}条 应当在10日内报告。逾期未报的，\\n' for i in range(1, 8_000))",
}


def bounded() -> None:
    """The system ends the process that takes more than its share."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.parametrize("text", TEXTS.values(), ids=[name.replace(" ", "-") for name in TEXTS])
def test_it_ends_within_its_share_of_time_and_memory(text):
    command = [sys.executable, "-c", READ.format(text=text)]
    ended = subprocess.run(command, cwd=ROOT, preexec_fn=bounded, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-400:]
    characters, found = map(int, ended.stdout.split())
    assert found <= characters / 3


def test_a_file_of_fifty_megabytes_is_refused_with_a_mend(tmp_path):
    huge = tmp_path / "in.txt"
    with huge.open("wb") as opened:
        opened.truncate(50_000_000)
    command = [sys.executable, "-m", "monitor.project.cli", "derive", str(huge)]
    ended = subprocess.run(command, cwd=ROOT, preexec_fn=bounded, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "in.txt" in ended.stderr
    assert not ended.stdout
