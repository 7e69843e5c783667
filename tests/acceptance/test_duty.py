"""What is urgent goes to whoever is on duty, and a response that begins at night asks at once who is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from monitor.domain.directory import Shift, StandIn
from monitor.ledger import models
from monitor.services.events import Telling, raise_event
from schedules.civil import TZ
from tests.acceptance.conftest import Office

FLOOD = "石大政办发〔2022〕61号"
ORGAN, DESK = "weather", "weather-desk"


def moment(hour: int, day: int = 1) -> datetime:
    return datetime(2022, 11, day, hour, tzinfo=TZ)


@pytest.fixture
def office_on_duty(office: Office) -> Office:
    """The flood plan imported; the weather station keeps a roster by day, the office by night."""
    office.import_numbers(FLOOD, moment="2022-10-27T09:00")
    staff(office, Shift(ORGAN, moment(8), moment(20), ("yang-yang",), ("lu-chaoxi",)),
          Shift(ORGAN, moment(8, 2), moment(20, 2), ("zhao-hongyan",), ("lu-chaoxi",)),
          Shift("gov-office", moment(20), moment(8, 2), ("ma-juan",)))  # fmt: skip
    return office


def staff(office: Office, *shifts: Shift) -> None:
    office.app.refresh()
    office.app.house = replace(office.app.house, directory=replace(office.app.house.directory, shifts=shifts))


def happens(office: Office, at: str, name: str, **more: Any) -> None:
    with office.at(at) as now:
        raise_event(office.app.house, Telling(name=name, at=now, **more), actor="test", now=now)
    office.round(at)


def urgent(office: Office, since: str) -> set[tuple[str, str]]:
    """(person, step) of what was sent at once since a moment."""
    rows = models.Notice.objects.filter(urgent=True, born_at__gte=datetime.fromisoformat(f"{since}+08:00"))
    return set(rows.values_list("recipient", "name"))


@pytest.mark.parametrize(("at", "person"), [("2022-11-01T10:00", "yang-yang"), ("2022-11-02T10:00", "zhao-hongyan")])
def test_a_clock_of_minutes_runs_with_the_officer_on_duty(office_on_duty, at, person):
    happens(office_on_duty, at, "获知重要汛情旱情", organ="大武口区气象局")
    assert (person, "minute-0") in urgent(office_on_duty, at)
    assert (DESK, "minute-0") not in urgent(office_on_duty, at)


def test_with_nobody_on_duty_it_goes_to_the_contact_and_the_office_hears_of_it(office_on_duty):
    happens(office_on_duty, "2022-11-01T22:00", "获知重要汛情旱情", organ="大武口区气象局")
    assert (DESK, "minute-0") in urgent(office_on_duty, "2022-11-01T22:00")
    told = models.Notice.objects.filter(kind="alarm", remark__contains="无人值班")
    assert told.exists()


def cover_alarms() -> Sequence[models.Notice]:
    return list(models.Notice.objects.filter(subject__startswith="cover:").order_by("pk"))


def test_a_response_without_a_roster_is_an_alarm_at_once_to_the_offices_duty_officer(office_on_duty):
    happens(office_on_duty, "2022-11-01T22:00", "启动防汛Ⅲ级应急响应", basis=f"依{FLOOD}启动")
    *now, later = cover_alarms()
    assert {(n.recipient, n.urgent, n.deliver_at.astimezone(TZ).hour) for n in now} == {("ma-juan", True, 22)}
    kept, unkept = now
    assert kept.remark.startswith(
        "大武口区气象局的值班表有空档：2022年11月1日（星期二）22时至2022年11月2日（星期三）8时"
    )
    assert "尚无值班表（2022年11月1日（星期二）22时起）" in unkept.remark
    assert (later.urgent, later.deliver_at.astimezone(TZ).hour) == (False, 8), "a gap of the next evening can wait"


def test_a_response_told_again_and_lasting_on_alarms_once(office_on_duty):
    happens(office_on_duty, "2022-11-01T22:00", "启动防汛Ⅲ级应急响应", basis=f"依{FLOOD}启动", key="r3")
    before = len(cover_alarms())
    office_on_duty.round("2022-11-02T09:00")
    office_on_duty.round("2022-11-04T09:00")
    assert len(cover_alarms()) == before


def test_a_stand_in_gets_what_the_head_would_have_got(office):
    office.import_numbers("石大政发〔2022〕45号", moment="2022-09-29T09:00")
    office.app.refresh()
    base = office.app.house.directory
    away = StandIn("ma-juan", moment(0).date(), moment(0, 30).date(), "外出学习")
    posts = tuple(replace(p, stand_ins=(away,)) if p.id == "natural-resources-liaison" else p for p in base.posts)
    office.app.house = replace(office.app.house, directory=replace(base, posts=posts))
    before = len(office.sent())
    office.round("2022-11-01T09:00")
    people = {message["person"] for message in office.sent()[before:]}
    assert "ma-juan" in people
    assert "natural-resources-desk" not in people
