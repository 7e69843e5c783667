"""Dead addresses leave the directory; what is urgent goes by other channels first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.domain.directory import Directory, Owner
from monitor.domain.people import Address, Person
from tests.ledger_world import DIRECTORY

DAY = date(2022, 10, 19)
FINANCE = Owner("organ:finance", "区财政局", "organ")
MAIL, SMS = ("mail", "desk@duban.example"), ("sms", "1390000")
PERSON = Person("a", "甲", (Address("mail", "m"), Address("ding", "d"), Address("sms", "s")), urgent=("sms", "ding"))


def reached(directory: Directory, role: str = "owner") -> tuple[str, ...]:
    return tuple(person.name for person in directory.recipients(FINANCE, role, DAY).people)  # type: ignore[arg-type]


def test_a_directory_without_any_of_the_dead_is_the_same_object():
    assert DIRECTORY.without(()) is DIRECTORY
    assert DIRECTORY.without({("mail", "nobody@duban.example")}) is DIRECTORY


def test_who_has_another_address_is_still_reached_by_it():
    directory = DIRECTORY.without({MAIL})
    assert reached(directory) == ("财政局联络员",)
    desk = directory.person("desk")
    assert desk is not None
    assert [one.channel for one in desk.channels] == ["sms"]


def test_an_address_is_dead_on_its_own_channel_only():
    assert DIRECTORY.without({("sms", MAIL[1])}) is DIRECTORY


def test_who_has_none_left_is_passed_over_as_an_empty_seat():
    directory = DIRECTORY.without({MAIL, SMS})
    found = directory.recipients(FINANCE, "owner", DAY)
    assert [person.name for person in found.people] == ["苏四"]
    assert found.skipped == ("区财政局联络员（财政局联络员无联系方式）",)


def test_the_directory_that_it_was_taken_from_is_not_changed():
    before = DIRECTORY.person("desk")
    DIRECTORY.without({MAIL, SMS})
    assert DIRECTORY.person("desk") is before
    assert reached(DIRECTORY) == ("财政局联络员",)


def test_urgent_channels_go_first_in_their_order_and_the_others_after_them():
    assert [one.channel for one in PERSON.ways(urgent=True)] == ["sms", "ding", "mail"]
    assert [one.channel for one in PERSON.ways(urgent=False)] == ["mail", "ding", "sms"]


def test_without_a_word_on_it_urgent_goes_the_ordinary_way():
    assert replace(PERSON, urgent=()).ways(urgent=True) == PERSON.channels


def test_an_urgent_channel_whose_address_is_dead_is_left_out():
    assert [one.channel for one in replace(PERSON, channels=PERSON.channels[:2]).ways(urgent=True)] == ["ding", "mail"]
