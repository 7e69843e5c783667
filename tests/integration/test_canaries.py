"""A canary for each channel: sent in its time, confirmed by a link, missed once and told once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from monitor.ledger import models
from monitor.ledger.standing_queries import read_standing
from monitor.services.canaries import canary_round, confirm, missing
from monitor.services.sending import CanaryPlan
from notifiers.base import Outgoing, SendError
from tests.ledger_world import NOW, TENANT, World, together

PLANS = {"mail": CanaryPlan("probe@duban.example", timedelta(days=1), timedelta(minutes=30))}
NIGHT = NOW.replace(hour=3)


class Tokens:
    """Tokens that a test can foresee."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = count(1)

    def __call__(self) -> str:
        return f"token-{next(self._numbers)}"


@pytest.fixture
def tokens() -> Tokens:
    return Tokens()


def round_of(world: World, tokens: Tokens) -> None:
    canary_round(world.house, PLANS, world.clock.now(), tokens)
    world.work()


def alarms(world: World) -> list[str]:
    """The remarks of alarms, each as often as there are people in the office."""
    return list(world.rows(models.Notice).filter(kind="alarm").values_list("remark", flat=True))


def refusing(message: Outgoing) -> None:
    if message.address.startswith("probe"):
        raise SendError("refused", permanent=True)


def test_a_canary_leaves_at_any_hour_with_its_link(world: World, tokens: Tokens) -> None:
    world.clock.moment = NIGHT
    round_of(world, tokens)
    [sent] = world.mail.sent
    assert sent.address == "probe@duban.example"
    assert sent.link == "http://127.0.0.1:8765/canary/token-1"
    assert sent.link in sent.text
    assert sent.link in sent.html
    assert "通道自检" in sent.subject
    stored = world.rows(models.Message).get()
    assert (stored.kind, stored.state, stored.recipient) == ("canary", "sent", "canary:mail")


def test_the_next_one_follows_after_its_time_and_not_before(world: World, tokens: Tokens) -> None:
    for hours in (0, 23, 1, 0):
        world.later(hours=hours)
        round_of(world, tokens)
    assert [one.number for one in world.ledger.canaries.all()] == [2, 1]
    keys = [one.key for one in world.mail.sent if one.address == "probe@duban.example"]
    assert len(set(keys)) == len(keys) == 2


def test_two_schedulers_at_once_send_one(world: World) -> None:
    first, second = (lambda name=name: canary_round(world.house, PLANS, NOW, lambda: name) for name in ("a", "b"))
    together(first, second)
    assert world.rows(models.Canary).count() == 1
    assert world.rows(models.Message).count() == 1


def test_a_channel_that_is_not_configured_has_none(world: World, tokens: Tokens) -> None:
    world.house = replace(world.house, channels={"sms": world.sms})
    round_of(world, tokens)
    assert world.ledger.canaries.all() == []


def test_confirmed_in_time_nobody_hears_of_it(world: World, tokens: Tokens) -> None:
    round_of(world, tokens)
    world.later(minutes=5)
    found = confirm(world.ledger, "token-1", by="link", now=world.clock.now())
    assert found is not None
    assert (found.back_at, found.back_by) == (world.clock.now(), "link")
    world.later(minutes=60)
    round_of(world, tokens)
    assert missing(world.ledger, PLANS, world.clock.now()) == []
    assert alarms(world) == []


def test_confirming_again_changes_nothing(world: World, tokens: Tokens) -> None:
    round_of(world, tokens)
    for minutes in (5, 10, 15):
        confirm(world.ledger, "token-1", by="link", now=NOW + timedelta(minutes=minutes))
    [one] = world.ledger.canaries.all()
    assert one.back_at == NOW + timedelta(minutes=5)
    assert world.history("canary:mail:1") == ["canary-sent", "canary-back"]


def test_an_unknown_token_is_nobodys(world: World) -> None:
    assert confirm(world.ledger, "nix", by="link", now=NOW) is None


def test_one_that_stays_away_is_told_once(world: World, tokens: Tokens) -> None:
    round_of(world, tokens)
    world.later(minutes=29)
    round_of(world, tokens)
    assert alarms(world) == []
    for _ in range(3):
        world.later(minutes=1)
        round_of(world, tokens)
    [first, second] = alarms(world)
    assert first == second
    assert "通道 mail 的自检消息" in first
    assert world.history("canary:mail:1") == ["canary-sent", "canary-missing"]


def test_an_outage_of_days_is_told_once_and_ends_with_the_next_that_comes_back(world: World, tokens: Tokens) -> None:
    for _ in range(4):
        round_of(world, tokens)
        world.later(hours=12)
    assert len(alarms(world)) == 2
    [first] = missing(world.ledger, PLANS, world.clock.now())
    assert first.number == 1
    confirm(world.ledger, "token-2", by="link", now=world.clock.now())
    assert missing(world.ledger, PLANS, world.clock.now()) == []


def test_after_it_came_back_the_next_outage_is_told_again(world: World, tokens: Tokens) -> None:
    round_of(world, tokens)
    world.later(minutes=31)
    round_of(world, tokens)
    confirm(world.ledger, "token-1", by="link", now=world.clock.now())
    world.later(hours=24)
    round_of(world, tokens)
    world.later(minutes=31)
    round_of(world, tokens)
    assert len(alarms(world)) == 4
    assert len(set(alarms(world))) == 2


def test_a_refused_canary_is_missing_too(world: World, tokens: Tokens) -> None:
    world.mail.before = refusing
    round_of(world, tokens)
    assert world.rows(models.Message).filter(recipient="canary:mail").get().state == "failed"
    assert read_standing(TENANT, world.clock.now(), world.using).failed == 0
    world.later(minutes=31)
    assert [one.channel for one in missing(world.ledger, PLANS, world.clock.now())] == ["mail"]


def test_a_plan_that_is_taken_out_is_no_longer_waited_for(world: World, tokens: Tokens) -> None:
    round_of(world, tokens)
    world.later(minutes=31)
    assert missing(world.ledger, {}, world.clock.now()) == []
