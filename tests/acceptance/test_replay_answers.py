"""What people answer during a replay, and what comes of it: fewer reminders, new dates, or a word of warning."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.errors import BadText
from monitor.project.replaying import read_answers
from tests.acceptance.replayed import Duban, Replayed, run
from tests.conftest import ROOT, clean_env, command_line

ECO = "石大党办综〔2022〕50号"
PLAN = ROOT / "documents" / "2022-50-eco-assessment.txt"
SPAN = ("2022-10-17", "2022-11-08")
BUREAU = "市生态环境局大武口分局"
LIST_DUE = {"from": "2022-10-18", "to": "2022-10-20"}
DATA_DUE = {"from": "2022-10-18", "to": "2022-10-27"}


def answer(at: str, provision: str, party: str, action: str, **more: Any) -> dict[str, Any]:
    return {
        "at": f"2022-{at}+08:00", "doc": ECO, "provision": provision, "party": party, "action": action,
        "text": "见附件", **more,
    }  # fmt: skip


ANSWERS = [
    answer("10-01T09:00", "五/（二）", "区财政局", "ack"),
    answer("10-18T10:00", "五/（三）", BUREAU, "ack"),
    answer("10-19T10:00", "七/（四）", "区自然资源局", "extend", window=LIST_DUE, until="2022-10-25"),
    answer("10-20T10:00", "五/(二)", "星海镇", "dispute"),
    answer("10-21T09:00", "七/（四）", "区统计局", "extend", window=LIST_DUE, until="2022-10-25"),
    answer("10-21T10:00", "五/（二）", "第一污水处理厂", "waive"),
    answer("10-25T10:00", "五/（二）", "区财政局", "report"),
    answer("10-25T10:00", "五/（二）", "区统计局", "report"),
    answer("10-25T15:00", "五/（二）", "区财政局", "close"),
    answer("10-26T10:00", "七/（四）", "各机关", "report", window=DATA_DUE),
    answer("10-26T15:00", "七/（四）", "各机关", "close", window=DATA_DUE),
    answer("10-28T09:30", "五/（二）", "区统计局", "return"),
    answer("10-28T10:00", "九/（九）", "区统计局", "report"),
    answer("10-28T10:00", "五/（三）", BUREAU, "close"),
    answer("11-02T16:00", "五/（三）", BUREAU, "report"),
    answer("11-03T08:00", "五/（三）", BUREAU, "close"),
]


def write(path: Path, lines: Sequence[str]) -> Path:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers")


@pytest.fixture(scope="module")
def once(folder: Path) -> Duban:
    return command_line(clean_env(folder), folder)


@pytest.fixture(scope="module")
def answers(folder: Path) -> Path:
    return write(folder / "answers.jsonl", [json.dumps(one, ensure_ascii=False) for one in ANSWERS])


@pytest.fixture(scope="module")
def replayed(once: Duban, folder: Path, answers: Path) -> Replayed:
    replayed = run(once, folder / "out", PLAN, *SPAN, "--answers", str(answers))
    assert replayed.done.returncode == 0, replayed.done.stderr
    return replayed


def task(replayed: Replayed, provision: str, party: str, window: dict[str, str] | None = None) -> dict[str, Any]:
    found = [
        one
        for one in replayed.occurrences
        if (one["provision"], one["party"]) == (provision, party) and window in (None, one["window"])
    ]
    assert len(found) == 1
    return found[0]


def days(replayed: Replayed, provision: str, party: str, **duty: Any) -> list[tuple[str, str]]:
    return [(day[5:], step) for day, step, _ in replayed.steps(ECO, provision, party=party, **duty)]


def test_what_was_seen_and_then_left_silent_comes_back_after_three_working_days(replayed: Replayed) -> None:
    assert days(replayed, "五/（三）", BUREAU)[:2] == [("10-21", "silent"), ("10-24", "lead-7")]


def test_a_late_report_that_is_accepted_is_done_and_missed_and_stops_the_ladder(replayed: Replayed) -> None:
    late = task(replayed, "五/（三）", BUREAU)
    assert (late["state"], late["missed"], late["days_late"], late["reports"]) == ("done", True, 2, 1)
    assert days(replayed, "五/（三）", BUREAU)[-2:] == [("11-01", "late-head"), ("11-02", "late-leader")]


def test_what_was_reported_and_closed_in_time_is_done_and_hears_no_more(replayed: Replayed) -> None:
    done = task(replayed, "五/（二）", "区财政局")
    assert (done["state"], done["missed"], done["days_late"], done["reports"]) == ("done", False, 0, 1)
    assert days(replayed, "五/（二）", "区财政局") == [("10-20", "lead-7"), ("10-24", "lead-3")]


def test_a_report_under_review_is_not_chased_and_sent_back_too_late_it_is_missed_at_once(replayed: Replayed) -> None:
    back = task(replayed, "五/（二）", "区统计局")
    assert (back["state"], back["missed"], back["reports"]) == ("open", True, 0)
    assert days(replayed, "五/（二）", "区统计局") == [
        ("10-20", "lead-7"), ("10-24", "lead-3"), ("10-28", "late-head"), ("10-31", "late-leader"),
        ("11-01", "late-slip"), ("11-03", "late-bulletin"),
    ]  # fmt: skip
    returned = [m["at"] for m in replayed.messages for n in m["notices"]
                if (n["provision"], n["party"], n["step"]) == ("五/（二）", "区统计局", "late-head")]  # fmt: skip
    assert returned == ["2022-10-28T09:30:00+08:00"]


def test_an_extension_brings_a_new_due_date_with_reminders_of_its_own(replayed: Replayed) -> None:
    extended = task(replayed, "七/（四）", "区自然资源局", LIST_DUE)
    assert (extended["due"], extended["window"]) == ("2022-10-26T00:00:00+08:00", LIST_DUE)
    assert days(replayed, "七/（四）", "区自然资源局", window=LIST_DUE) == [
        ("10-18", "lead-3"), ("10-19", "lead-1"), ("10-21", "lead-3"), ("10-24", "lead-1"), ("10-25", "day"),
        ("10-26", "late-head"), ("10-27", "late-leader"), ("10-28", "late-slip"), ("11-01", "late-bulletin"),
    ]  # fmt: skip
    dues = {(m["at"][5:10], n["due"][:10]) for m in replayed.messages for n in m["notices"]
            if n["party"] == "区自然资源局" and n["window"] == LIST_DUE}  # fmt: skip
    assert {("10-18", "2022-10-21"), ("10-19", "2022-10-21"), ("10-21", "2022-10-26")} <= dues, "as it stood that day"


def test_an_extension_asked_for_after_the_deadline_changes_nothing(replayed: Replayed) -> None:
    late = task(replayed, "七/（四）", "区统计局", LIST_DUE)
    assert (late["due"], late["missed"], late["state"]) == ("2022-10-21T00:00:00+08:00", True, "open")
    (said,) = [line for line in replayed.done.stderr.splitlines() if line.startswith("answer 5: 区统计局: ")]
    assert "extend: only before the due moment" in said


def test_a_disputed_duty_stays_live(replayed: Replayed) -> None:
    disputed = task(replayed, "五/（二）", "星海镇")
    assert (disputed["state"], disputed["missed"]) == ("open", True)
    assert ("10-28", "late-head") in days(replayed, "五/（二）", "星海镇")


def test_a_waived_duty_is_over(replayed: Replayed) -> None:
    plant = "石嘴山市润泽供排水有限公司第一污水处理厂"
    assert task(replayed, "五/（二）", plant)["state"] == "waived"
    assert days(replayed, "五/（二）", plant) == [("10-20", "lead-7")]


def test_a_collective_name_answers_for_every_member_in_the_window_given(replayed: Replayed) -> None:
    duties = [one for one in replayed.occurrences if one["provision"] == "七/（四）"]
    assert {one["state"] for one in duties if one["window"] == DATA_DUE} == {"done"}
    assert len([one for one in duties if one["window"] == DATA_DUE]) == 17
    assert {one["state"] for one in duties if one["window"] == LIST_DUE} == {"open"}
    told = [m["at"] for m in replayed.messages for n in m["notices"]
            if n["provision"] == "七/（四）" and n["window"] == DATA_DUE]  # fmt: skip
    assert max(told) == "2022-10-26T08:30:00+08:00"


def test_answers_that_fit_nothing_are_named_by_their_line_and_stop_nothing(replayed: Replayed) -> None:
    warnings = [line for line in replayed.done.stderr.splitlines() if line.startswith("answer ")]
    assert [line.split(":")[0] for line in warnings] == ["answer 1", "answer 5", "answer 13", "answer 14"]
    assert "before the span" in warnings[0]
    assert "no open task" in warnings[2]
    assert "close: no accepted submission" in warnings[3]


def test_the_same_run_writes_the_same_files(replayed: Replayed, once: Duban, folder: Path, answers: Path) -> None:
    again = run(once, folder / "again", PLAN, *SPAN, "--answers", str(answers))
    for name in ("messages.jsonl", "occurrences.jsonl", "replay.html"):
        assert (again.folder / name).read_bytes() == (replayed.folder / name).read_bytes()


def test_a_bad_line_is_refused_with_its_number_and_nothing_is_written(once: Duban, folder: Path) -> None:
    bad = write(folder / "bad.jsonl", [json.dumps(ANSWERS[1]), "", '{"at": '])
    refused = run(once, folder / "never", PLAN, *SPAN, "--answers", str(bad))
    assert refused.done.returncode == 2
    assert refused.done.stderr.startswith(f"{bad}:3: ")
    assert refused.done.stderr.count("\n") == 1
    assert not refused.folder.exists()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"action": "sing"}, "sing"),
        ({"colour": "red"}, "colour"),
        ({"at": "2022-10-18T10:00"}, "offset"),
        ({"at": "yesterday"}, "yesterday"),
        ({"at": 5}, "answer"),
        ({"party": None}, "party"),
        ({"text": 7}, "text"),
        ({"until": "2022-02-30"}, "answer"),
        ({"window": {"from": "2022-10-01"}}, "to"),
        ({"window": "2022-10"}, "answer"),
        ({"window": ["2022-10-01", "2022-10-20"]}, "answer"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_one_line(tmp_path: Path, changes: dict[str, Any], word: str) -> None:
    good = json.dumps(ANSWERS[1])
    bad = write(tmp_path / "bad.jsonl", [good, json.dumps(ANSWERS[1] | changes)])
    with pytest.raises(BadText, match=word) as refused:
        read_answers(bad)
    assert (refused.value.file, refused.value.line, "\n" in str(refused.value)) == (str(bad), 2, False)


@pytest.mark.parametrize("key", ["at", "doc", "provision", "party", "action"])
def test_an_answer_without_what_it_needs_is_one_line(tmp_path: Path, key: str) -> None:
    bad = write(tmp_path / "bad.jsonl", [json.dumps({k: v for k, v in ANSWERS[1].items() if k != key})])
    with pytest.raises(BadText, match=key):
        read_answers(bad)


@pytest.mark.parametrize(
    ("window", "key"), [(LIST_DUE, "2022-10-18/2022-10-20"), ({"event": "7"}, "event:7"), (None, ""), ({}, "")]
)
def test_a_window_is_a_span_of_days_or_an_event_or_left_out(tmp_path: Path, window: Any, key: str) -> None:
    (given,) = read_answers(write(tmp_path / "answers.jsonl", [json.dumps(ANSWERS[1] | {"window": window})]))
    assert given.window == key


def test_a_list_is_no_answer_and_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadText, match="no JSON object"):
        read_answers(write(tmp_path / "bad.jsonl", ["[1]"]))
    with pytest.raises(BadText, match=r"none\.jsonl"):
        read_answers(tmp_path / "none.jsonl")
