"""Which way a message takes: other channels for what is urgent, none that is dead."""

from __future__ import annotations

from dataclasses import replace

from monitor.domain.directory import Directory
from monitor.ledger import models
from monitor.services.routing import reachable, routes
from notifiers.base import Outgoing, SendError
from tests.ledger_world import DIRECTORY, NOW, Scripted, World, step


def urgent_first(directory: Directory, *channels: str) -> Directory:
    people = tuple(replace(p, urgent=channels) if p.id == "desk" else p for p in directory.people)
    return replace(directory, people=people)


def dead(message: Outgoing) -> None:
    raise SendError("no such mailbox", dead=True)


def look_again(world: World) -> None:
    """What a process does before each round."""
    directory = reachable(world.house, DIRECTORY, world.ledger.addresses.dead())
    world.house = replace(world.house, directory=directory)


def channels_of(world: World) -> list[str]:
    return list(world.rows(models.Message).order_by("pk").values_list("channel", flat=True))


def test_what_is_urgent_goes_by_the_urgent_channel(world: World) -> None:
    world.house = replace(world.house, directory=urgent_first(DIRECTORY, "sms"))
    world.messages_of(1)
    world.messages_of(1, urgent=False, key="lead-2")
    assert channels_of(world) == ["sms", "mail"]


def test_when_the_urgent_channel_fails_the_next_one_of_that_order_follows(world: World) -> None:
    world.house = replace(world.house, directory=urgent_first(DIRECTORY, "sms"))
    world.sms.before = dead
    world.messages_of(1)
    world.work()
    assert channels_of(world) == ["sms", "mail"]
    world.work()
    assert [one.address for one in world.mail.sent] == ["desk@duban.example"]


def test_a_dead_address_is_not_written_to_again(world: World) -> None:
    world.mail.before = dead
    world.deliver(world.messages_of(1))
    look_again(world)
    world.messages_of(1)
    assert channels_of(world) == ["mail", "sms", "sms"]


def test_who_has_only_dead_addresses_is_passed_over_and_the_office_told(world: World) -> None:
    world.house = replace(world.house, channels={"mail": world.mail})
    world.mail.before = lambda sent: dead(sent) if sent.address.startswith("desk") else None
    world.deliver(world.messages_of(1))
    world.ledger.addresses.bury(replace(world.ledger.addresses.dead()[0], channel="sms", address="1390000"))
    look_again(world)
    world.task(step(urgent=True))
    from monitor.services.sweep import sweep

    sweep(world.house, NOW)
    last = world.rows(models.Notice).exclude(kind="alarm").order_by("pk").last()
    assert last.recipient == "su"
    remarks = world.rows(models.Notice).filter(kind="alarm").values_list("remark", flat=True)
    assert any("财政局联络员无联系方式" in remark for remark in remarks)


def test_a_revived_address_is_used_again(world: World) -> None:
    world.mail.before = dead
    world.deliver(world.messages_of(1))
    look_again(world)
    desk = world.house.directory.person("desk")
    assert desk is not None
    assert routes(world.house, desk) == [("sms", "1390000")]
    world.ledger.addresses.revive("mail", "desk@duban.example")
    look_again(world)
    assert world.house.directory is DIRECTORY


def test_the_file_outbox_that_stands_in_for_all_buries_for_all(world: World) -> None:
    world.house = replace(world.house, channels={"file": Scripted("file", before=dead)})
    world.deliver(world.messages_of(1))
    assert [one.channel for one in world.ledger.addresses.dead()] == ["file"]
    look_again(world)
    desk = world.house.directory.person("desk")
    assert desk is not None
    assert routes(world.house, desk) == [("file", "1390000")]
