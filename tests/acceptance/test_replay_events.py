"""Events in a replay: clocks, chains and responses through the same machine, from files that a person writes."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.errors import BadText
from monitor.ledger import models
from monitor.project import wiring
from monitor.project.replaying import read_answers
from monitor.services.events import Telling, end_event, raise_event
from monitor.services.record import Answer, record
from schedules.civil import ONE_DAY, civil, day_end, day_start
from tests.acceptance.conftest import Office, open_office
from tests.acceptance.replayed import Duban, Replayed, run
from tests.conftest import ROOT, clean_env, command_line
from tests.integration.test_events import CHAIN, FLOOD, TEXT

PLAN = ROOT / "documents" / "2022-61-flood-plan.txt"
SPAN = ("2022-11-04", "2022-11-08")


def told(at: str, event: str, **more: str) -> dict[str, Any]:
    return {"at": f"2022-{at}+08:00", "event": event, **{key.rstrip("_"): value for key, value in more.items()}}


EVENTS = [
    told("11-05T07:55", "突发事件发生", for_="区财政局", key="fire"),
    told("11-05T23:40", "获知重要汛情旱情", for_="区应急管理局", key="water", basis="气象台电话"),
    told("11-06T02:00", "启动防汛Ⅲ级应急响应", key="r3", basis=FLOOD),
    told("11-06T03:00", "启动地震Ⅲ级应急响应", key="quake"),
    {"at": "2022-11-07T02:00+08:00", "end": "防汛三级应急响应"},
    {"at": "2022-11-07T03:00+08:00", "end": "没有这一事件"},
]
ANSWERS = [
    {"at": "2022-11-05T08:05+08:00", "doc": CHAIN, "provision": "一", "party": "区财政局", "action": "report",
     "text": "已电话报告", "window": {"event": "fire"}},
    {"at": "2022-11-05T08:20+08:00", "doc": CHAIN, "provision": "二", "party": "区财政局", "action": "report",
     "text": "已书面报告"},
    told("11-06T09:00", "获知重要汛情旱情", for_="区财政局", key="water-2", told="2022-11-06T10:00+08:00"),
]  # fmt: skip


def write(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    folder = tmp_path_factory.mktemp("events")
    duban: Duban = command_line(clean_env(folder), folder)
    (folder / "chain.txt").write_text(TEXT, encoding="utf-8")
    files = ("--events", str(write(folder / "events.jsonl", EVENTS)))
    files += ("--answers", str(write(folder / "answers.jsonl", ANSWERS)))
    documents = ("--documents", str(folder / "chain.txt"))
    done = run(duban, folder / "out", PLAN, *SPAN, *documents, *files)
    assert done.done.returncode == 0, done.done.stderr
    return done


def steps(replayed: Replayed, doc: str, provision: str, party: str) -> list[tuple[str, str]]:
    """(moment, step) of the notices about a provision, from the event on."""
    return [
        (message["at"][5:16], notice["step"])
        for message in replayed.messages
        for notice in message["notices"]
        if (notice["doc"], notice["provision"], notice["party"]) == (doc, provision, party)
        and "event" in notice["window"]
    ]


def task(replayed: Replayed, provision: str, event: str) -> list[dict[str, Any]]:
    return [
        one
        for one in replayed.occurrences
        if one["provision"] == provision and one["window"].get("event", "").startswith(event)
    ]


def test_a_clock_of_minutes_runs_through_the_night_until_it_is_breached(replayed: Replayed) -> None:
    assert steps(replayed, FLOOD, "二/（四）", "区应急管理局")[:6] == [
        ("11-05T23:40", "minute-0"),
        ("11-05T23:55", "minute-half"),
        ("11-06T00:04", "minute-4/5"),
        ("11-06T00:10", "breach"),
        ("11-07T08:30", "late-head"),
        ("11-08T08:30", "late-leader"),
    ]
    (missed,) = task(replayed, "二/（四）", "water")[:1]
    assert (missed["state"], missed["missed"], missed["due"]) == ("open", True, "2022-11-06T00:10:00+08:00")


def test_one_report_starts_the_clock_of_the_next(replayed: Replayed) -> None:
    assert steps(replayed, CHAIN, "一", "区财政局") == [("11-05T07:55", "minute-0"), ("11-05T08:02", "minute-half")]
    assert steps(replayed, CHAIN, "二", "区财政局") == [("11-05T08:05", "minute-0")], "reported before half of it"
    assert steps(replayed, CHAIN, "三", "区财政局")[0] == ("11-05T08:20", "minute-0")
    assert [one["due"] for one in task(replayed, "五", "task-")] == ["2022-11-05T09:20:00+08:00"]


def test_what_was_reported_in_time_stays_in_time(replayed: Replayed) -> None:
    (first,) = task(replayed, "一", "fire")
    assert (first["state"], first["missed"], first["reports"]) == ("submitted", False, 1)


def test_a_response_holds_from_its_start_to_its_end(replayed: Replayed) -> None:
    cover = task(replayed, "一/（三）", "r3")
    assert len(cover) > 3
    assert {(one["state"], one["due"]) for one in cover} == {("ended", None)}
    assert {
        at for one in cover for at, step in steps(replayed, FLOOD, "一/（三）", one["party"]) if step == "start"
    } == {"11-06T02:00"}


def test_another_plans_response_starts_nothing_before_somebody_says_so(replayed: Replayed) -> None:
    assert task(replayed, "一/（三）", "quake") == task(replayed, "六", "quake") == []


def test_an_event_may_be_heard_of_later_than_it_happened(replayed: Replayed) -> None:
    (late,) = task(replayed, "二/（四）", "water-2")
    assert (late["due"], late["missed"]) == ("2022-11-06T09:30:00+08:00", True)
    assert steps(replayed, FLOOD, "二/（四）", "区财政局")[0] == ("11-06T10:00", "breach")


def test_an_end_that_fits_nothing_is_named_on_standard_error(replayed: Replayed) -> None:
    assert "event 6: no event “没有这一事件” that lasts" in replayed.done.stderr


def test_events_are_written_and_shown(replayed: Replayed) -> None:
    events = replayed.lines("events.jsonl")
    assert [one["key"] for one in events if not one["key"].startswith("task-")] == [
        "fire", "water", "r3", "quake", "water-2",
    ]  # fmt: skip
    assert next(one["ended"] for one in events if one["key"] == "r3") == "2022-11-07T02:00:00+08:00"
    page = (replayed.folder / "replay.html").read_text(encoding="utf-8")
    assert "启动防汛Ⅲ级应急响应" in page
    assert "气象台电话" in page


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ({"event": "收到申请"}, "event without 'at'"),
        ({"at": "2022-11-05T08:00", "event": "收到申请"}, "no offset"),
        ({"at": "2022-11-05T08:00+08:00", "event": "收到申请", "party": "区财政局"}, "unknown key 'party'"),
        ({"at": "2022-11-05T08:00+08:00", "event": "收到申请", "key": 7}, "key: expected text"),
        ({"at": "2022-11-05T08:00+08:00", "event": "收到申请", "end": "收到申请"}, "two lines"),
        ({"at": "yesterday", "end": "收到申请"}, "Invalid isoformat"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(tmp_path: Path, line: dict[str, Any], word: str) -> None:
    with pytest.raises(BadText, match=word) as error:
        read_answers(write(tmp_path / "events.jsonl", [told("11-05T08:00", "收到申请"), line]))
    assert (error.value.file, error.value.line) == (str(tmp_path / "events.jsonl"), 2)


def live_through(office: Office, documents: list[Path]) -> None:
    """The same span on a live ledger: documents at its first moment, then each line when it is due, and every round."""
    lines = sorted((*EVENTS[:5], *ANSWERS), key=lambda line: (line.get("told", line["at"]), "doc" in line))
    now, end = day_start(date(2022, 11, 4)), day_end(date(2022, 11, 8))
    with office.at(f"{now:%Y-%m-%dT%H:%M}"):
        office.app.store(wiring.read_paths(documents), now)
    while now < end:
        stamp = f"{civil(now):%Y-%m-%dT%H:%M:%S.%f}"
        with office.at(stamp):
            office.app.plan()
            while lines and datetime.fromisoformat(lines[0].get("told", lines[0]["at"])) <= now:
                tell(office, lines.pop(0), now)
        office.round(stamp)
        ledger = office.app.ledger
        moments = [
            day_start(civil(now).date() + ONE_DAY),
            ledger.occurrences.next_change(),
            ledger.outbox.next_moment(),
        ]
        moments += [datetime.fromisoformat(line.get("told", line["at"])) for line in lines[:1]]
        now = max(now + timedelta(microseconds=1), min(moment for moment in moments if moment))


def tell(office: Office, line: dict[str, Any], now: datetime) -> None:
    """What the command line does with it: the use cases themselves, none of the replay's own."""
    at = datetime.fromisoformat(line["at"])
    if "end" in line:
        end_event(office.app.house, "r3", at, actor="值班员", now=now)
    elif "event" in line:
        telling = Telling(
            name=line["event"], at=at, key=line["key"], organ=line.get("for", ""), basis=line.get("basis", "")
        )
        raise_event(office.app.house, telling, actor="值班员", now=now)
    else:
        (row,) = models.Occurrence.objects.filter(
            state__in=("open", "acknowledged"), owner_name=line["party"], window__startswith="event:",
            obligation__record__doc=line["doc"], obligation__record__provision=line["provision"],
        )  # fmt: skip
        record(office.app.house, row.pk, Answer(action=line["action"], text=line["text"]), actor="联络员", now=now)


def notices(messages: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (
            message["at"],
            message["kind"],
            notice["doc"],
            notice["provision"],
            notice["party"],
            notice["step"],
            notice["due"],
        )
        for message in messages
        for notice in message["notices"]
    ]


def test_a_live_ledger_that_is_told_the_same_sends_the_same(db: None, replayed: Replayed, tmp_path: Path) -> None:
    office = open_office(tmp_path)
    (tmp_path / "chain.txt").write_text(TEXT, encoding="utf-8")
    live_through(office, [PLAN, tmp_path / "chain.txt"])
    assert sorted(notices(office.sent()), key=str) == sorted(notices(replayed.messages), key=str)
    states = [(row.window, row.owner_name, row.state, row.missed) for row in models.Occurrence.objects.all()]
    began = [state for state in states if state[0].startswith("event:") and not state[0].startswith("event:task-")]
    assert sorted(began) == sorted(
        (f"event:{one['window']['event']}", one["party"], one["state"], one["missed"])
        for one in replayed.occurrences
        if "event" in one["window"] and not one["window"]["event"].startswith("task-")
    )
