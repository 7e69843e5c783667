"""Events and the windows that follow a completion, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from monitor.domain.errors import MissingFact
from monitor.domain.event import Event
from monitor.domain.occurrence import Occurrence
from monitor.ledger import models
from schedules.civil import day_end, day_start
from tests.ledger_world import NOW, World


def event(key: str = "k", **changes: object) -> Event:
    values = {"key": key, "name": "收到申请", "at": NOW, "told_at": NOW, "told_by": "值班员", **changes}
    return Event(**values)  # type: ignore[arg-type]


def of(world: World, id: int) -> Occurrence:
    return world.ledger.occurrences.get([id])[id]


def test_an_event_comes_back_as_it_was_told(world: World) -> None:
    told = event(organ="区财政局", basis="电话", ended_at=NOW + timedelta(hours=1))
    world.ledger.events.add(told)
    assert world.ledger.events.get("k") == told
    assert world.ledger.events.find("other") is None
    with pytest.raises(MissingFact, match="other"):
        world.ledger.events.get("other")


def test_a_key_stands_for_one_event(world: World) -> None:
    world.ledger.events.add(event())
    with pytest.raises(IntegrityError), world.ledger.atomic():
        world.ledger.events.add(event(name="收到举报"))
    assert [one.name for one in world.ledger.events.all()] == ["收到申请"]


def test_told_gives_what_happened_since_and_what_lasts_but_no_completions(world: World) -> None:
    store = world.ledger.events
    store.add(event("old", at=NOW - timedelta(days=9), ended_at=NOW))
    store.add(event("lasting", at=NOW - timedelta(days=9)))
    store.add(event("new"))
    store.add(event("chain", task=world.task()))
    assert [one.key for one in store.told(NOW - timedelta(days=1))] == ["lasting", "new"]
    store.end("lasting", NOW)
    assert [one.key for one in store.told(NOW - timedelta(days=1))] == ["new"]


def test_the_last_word_about_a_name_holds(world: World) -> None:
    duty, store = world.obligation(), world.ledger.events
    store.judge("收到申请", [duty], holds=True, by="甲", now=NOW)
    store.judge("收到申请", [duty], holds=False, by="乙", now=NOW)
    assert (store.verdicts("收到申请"), store.verdicts("收到举报")) == ({duty: False}, {})


def test_tasks_of_an_event_are_found_by_its_duties(world: World) -> None:
    first = world.task(window="event:k")
    world.task(window="event:other")
    with world.ledger.atomic():
        found = world.ledger.occurrences.of_window("event:k", [world.obligation()])
    assert [one.id for one in found] == [first]


def test_ending_writes_the_last_day_and_the_moment(world: World) -> None:
    id = world.task(window="event:k", kind="continuous", end=None, due=None)
    world.ledger.occurrences.save([replace(of(world, id), ends_at=NOW, end=NOW.date(), extensions=2)])
    after = of(world, id)
    assert (after.ends_at, after.end, after.extensions, after.next_change_at) == (NOW, NOW.date(), 2, NOW)


def test_windows_may_take_each_others_places(world: World) -> None:
    one, two = (world.task(window=name) for name in ("2022-10-18/2022-10-20", "2022-10-21/2022-10-23"))
    first, second = of(world, one), of(world, two)
    start, due = date(2022, 10, 24), day_end(date(2022, 10, 26))
    world.ledger.occurrences.rewindow(
        [
            replace(first, window=second.window, start=date(2022, 10, 21), due=day_end(date(2022, 10, 23))),
            replace(second, window="2022-10-24/2022-10-26", start=start, due=due, opens_at=day_start(start)),
        ]
    )
    assert [of(world, id).window for id in (one, two)] == ["2022-10-21/2022-10-23", "2022-10-24/2022-10-26"]
    assert (of(world, two).start, of(world, two).due) == (start, due)
    assert world.rows(models.Occurrence).count() == 2


def test_the_last_completion_is_known_by_owner(world: World) -> None:
    for at, owner in ((NOW, "organ:finance"), (NOW + timedelta(days=2), "organ:finance"), (NOW, "organ:office")):
        id = world.task(owner_ref=owner)
        world.ledger.occurrences.save([replace(of(world, id), state="done", accepted_at=at)])
    world.task(owner_ref="organ:government")
    duty = world.obligation()
    assert world.ledger.occurrences.last_accepted([duty]) == {
        (duty, "organ:finance"): NOW + timedelta(days=2), (duty, "organ:office"): NOW,
    }  # fmt: skip


def test_an_owners_tasks_by_window_live_ones_and_recent_ones(world: World) -> None:
    later = world.task(start=date(2022, 10, 20), opens_at=NOW)
    sooner = world.task(start=date(2022, 10, 1), state="done", opens_at=NOW - timedelta(days=40))
    world.task(owner_ref="organ:office", opens_at=NOW)
    store, duty = world.ledger.occurrences, world.obligation()
    with world.ledger.atomic():
        assert [one.id for one in store.of_owner(duty, "organ:finance")] == [sooner, later]
    assert later in [one.id for one in store.live_of([duty])]
    assert sooner not in [one.id for one in store.live_of([duty])]
    assert [one.id for one in store.opened_since("organ:finance", NOW - timedelta(days=30))] == [later]


def test_a_question_is_answered_once(world: World) -> None:
    journal = world.ledger.journal
    journal.ask({"a": "甲？", "b": "乙？"}, now=NOW)
    journal.answer(["a"], "是", now=NOW)
    journal.answer(["a"], "否", now=NOW + timedelta(days=1))
    rows = world.rows(models.Question).order_by("key").values_list("key", "answer", "answered_at")
    assert list(rows) == [("a", "是", NOW), ("b", "", None)]
