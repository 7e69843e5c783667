from datetime import datetime

from monitor.domain.occurrence import PlannedStep
from monitor.domain.rearming import changes, rearmed
from schedules.civil import TZ
from tests.unit.domain.test_occurrence import task as occurrence


def at(day):
    return datetime(2022, 10, day, 8, 30, tzinfo=TZ)


def step(moment, key):
    return PlannedStep(key=key, name=key, at=moment, role="owner", kind="reminder")


NOON = datetime(2022, 10, 19, 12, 0, tzinfo=TZ)


def keys(o):
    return [one.key for one in o.steps]


def test_what_is_behind_stays_and_what_is_ahead_is_replaced():
    before = occurrence(steps=(step(at(17), "lead-3"), step(at(20), "day"), step(at(21), "late-head")))
    after = rearmed(before, (step(at(18), "lead-2"), step(at(20), "day"), step(at(24), "late-head")), NOON)
    assert keys(after) == ["lead-3", "day", "late-head"]
    assert after.steps[2].at == at(24)


def test_a_step_that_was_sent_is_not_sent_again_at_its_new_moment():
    before = occurrence(steps=(step(at(17), "lead-3"),))
    assert keys(rearmed(before, (step(at(21), "lead-3"),), NOON)) == ["lead-3"]
    assert rearmed(before, (step(at(21), "lead-3"),), NOON).steps[0].at == at(17)


def test_a_step_that_was_handled_ahead_of_the_clock_counts_as_behind():
    before = occurrence(steps=(step(at(20), "day"),), handled_until=at(20))
    assert keys(rearmed(before, (), NOON)) == ["day"]


def test_changes_name_what_comes_goes_and_moves_in_order_of_time():
    before = occurrence(steps=(step(at(20), "day"), step(at(21), "late-head"), step(at(24), "late-slip")))
    after = rearmed(before, (step(at(20), "day"), step(at(25), "late-slip"), step(at(20), "new")), NOON)
    found = [(one.key, one.was and one.was.at, one.becomes and one.becomes.at) for one in changes(before, after)]
    assert found == [("new", None, at(20)), ("late-head", at(21), None), ("late-slip", at(24), at(25))]
    assert list(changes(before, before)) == []
