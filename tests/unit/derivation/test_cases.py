"""Forms of provision, one a file, in our own words: exactly the records written beside each text."""

import json
from pathlib import Path

import pytest

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_file
from schedules.rules import rule_to_json

CASES = sorted((Path(__file__).resolve().parents[2] / "cases").glob("*.txt"))


def written(case):
    with case.with_suffix(".jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def derived(case):
    return [
        {
            "provision": o.provision,
            "kind": o.kind,
            "rule": rule_to_json(o.rule),
            "parties": {p.name: p.role for p in o.parties},
            "report_to": list(o.report_to),
            "quote": o.quote,
        }
        for o in derive_all(split(read_file(case))).obligations
    ]


def test_there_are_cases():
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case):
    assert derived(case) == written(case)
