"""The dead-man URL: pinged at the end of a clean audit, silent otherwise; and what counts as clean."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.ledger.standing_queries import count_overdue, read_standing
from monitor.project.deadman import Deadman
from monitor.services.alive import PATIENCE, troubles
from monitor.services.canaries import canary_round
from monitor.services.sending import CanaryPlan
from monitor.services.sweep import sweep
from notifiers.base import Outgoing, Rate, SendError
from tests.http_provider import Provider, Reply, Request, running
from tests.ledger_world import NOW, TENANT, World

PLANS = {"mail": CanaryPlan("probe@duban.example", timedelta(days=1), timedelta(minutes=30))}


def alive(provider: Provider, request: Request) -> Reply:
    return 200, {}, b"OK"


@pytest.fixture
def watcher() -> Iterator[Provider]:
    with running(Provider(alive)) as provider:
        yield provider


def said(world: World, *, ordinary: bool = True, plans: object = None) -> list[str]:
    now = world.clock.now()
    overdue = count_overdue(TENANT, now, now - PATIENCE, ordinary=ordinary, using=world.using)
    due = read_standing(TENANT, now, world.using).due
    return troubles(world.ledger, plans or {}, now, unattended=len(due), overdue=overdue)  # type: ignore[arg-type]


def swept(world: World) -> None:
    sweep(world.house, world.clock.now())


# --- the ping


def test_all_is_well_and_the_watcher_hears_of_it(watcher: Provider) -> None:
    assert Deadman(f"{watcher.base}/ping/abc?x=1").report([])
    [request] = watcher.requests
    assert (request.method, request.path, request.query) == ("GET", "/ping/abc", {"x": "1"})


def test_with_a_trouble_nothing_leaves(watcher: Provider, caplog: pytest.LogCaptureFixture) -> None:
    assert not Deadman(f"{watcher.base}/ping").report(["2 messages are overdue"])
    assert watcher.requests == []
    assert "2 messages are overdue" in caplog.text


@pytest.mark.parametrize("reply", [(500, {}, b""), (404, {}, b""), (302, {"Location": "/else"}, b"")])
def test_a_bad_answer_is_logged_and_not_followed(
    watcher: Provider, caplog: pytest.LogCaptureFixture, reply: Reply
) -> None:
    watcher.trouble = reply
    assert not Deadman(f"{watcher.base}/ping").report([])
    assert [request.path for request in watcher.requests] == ["/ping"]
    assert str(reply[0]) in caplog.text


def test_a_watcher_that_hangs_up_harms_nobody_and_its_address_is_not_logged(
    watcher: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    watcher.dropping = True
    assert not Deadman(f"{watcher.base}/s3cret").report([])
    assert "cannot be reached" in caplog.text
    assert "s3cret" not in caplog.text


@pytest.mark.parametrize("url", ["nonsense", "http://[", "ftp://a.example/x"])
def test_an_address_that_is_none_harms_nobody(url: str) -> None:
    assert not Deadman(url).report([])


def test_it_goes_through_the_proxy_where_there_is_one(watcher: Provider) -> None:
    assert Deadman("http://watch.duban.example/ping", watcher.base).report([])
    assert watcher.requests[0].headers["host"] == "watch.duban.example"


# --- what is clean


def test_a_quiet_ledger_that_was_just_swept_is_well(world: World) -> None:
    assert said(world) == ["the ledger was not swept lately"]
    swept(world)
    assert said(world) == []
    world.later(minutes=5)
    assert said(world) == []
    world.later(seconds=1)
    assert said(world) == ["the ledger was not swept lately"]


def test_messages_in_nobodys_hands_are_a_trouble_until_they_are_handed_over(world: World) -> None:
    world.messages_of(2)
    assert said(world) == ["2 messages are due and not in flight"]
    world.work()
    assert said(world) == []


def test_a_message_that_nobody_took_for_a_quarter_of_an_hour_is_overdue(world: World) -> None:
    world.messages_of(1)
    from monitor.services.dispatch import dispatch

    for minutes, overdue in ((14, False), (1, True)):
        world.later(minutes=minutes)
        swept(world)
        dispatch(world.house, world.clock.now())
        assert said(world) == (["1 messages are overdue"] if overdue else [])


def failing(message: Outgoing) -> None:
    raise SendError("busy")


def test_a_message_that_is_tried_again_and_again_is_overdue(world: World) -> None:
    world.messages_of(1, urgent=False)
    world.house = replace(world.house, channels={"mail": world.mail})
    world.mail.before = failing
    for _ in range(16):
        world.work()
        world.later(minutes=1)
    swept(world)
    world.work()
    assert said(world) == ["1 messages are overdue"]
    assert said(world, ordinary=False) == []


def test_a_channel_at_rest_and_one_with_a_pace_are_no_trouble(world: World) -> None:
    world.mail.rate = Rate(1, timedelta(hours=1))
    world.messages_of(3)
    world.work()
    world.later(minutes=20)
    swept(world)
    world.work()
    assert said(world) == []
    world.mail.rate = None
    world.ledger.pacing.rest("mail", world.clock.now() + timedelta(hours=1), "busy")
    world.messages_of(1)
    world.later(minutes=1)
    world.work()
    assert said(world) == []


def test_a_missing_canary_is_a_trouble(world: World) -> None:
    canary_round(world.house, PLANS, NOW, lambda: "token")
    world.work()
    swept(world)
    assert said(world, plans=PLANS) == []
    world.later(minutes=30)
    swept(world)
    assert said(world, plans=PLANS) == ["1 canaries are missing"]
