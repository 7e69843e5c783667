"""The store of changes of post and of tasks that wait for an owner, on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.domain.appointment import PostChange
from monitor.domain.occurrence import Occurrence
from monitor.ledger import models
from schedules.civil import day_end
from tests.ledger_world import LAST, NOW, World, step

CHANGE = PostChange(doc="50号", person="翟新", post="甲街道主任", change="appoint", day=date(2022, 9, 26))
UNDATED = PostChange(doc="50号", person="温二", post="林场场长", change="remove", day=None, counted="自试用之日算起")


def document(world: World) -> int:
    world.obligation()
    return int(world.rows(models.Document).get().pk)


def stored(world: World, id: int) -> Occurrence:
    return world.ledger.occurrences.get([id])[id]


def test_changes_come_back_as_they_were_kept_in_their_order(world):
    world.ledger.staff.keep(document(world), [UNDATED, CHANGE])
    assert list(world.ledger.staff.changes()) == [UNDATED, CHANGE]
    assert list(world.ledger.staff.announced(document(world))) == [UNDATED, CHANGE]


def test_a_corrected_text_replaces_what_it_announced(world):
    world.ledger.staff.keep(document(world), [UNDATED, CHANGE])
    world.ledger.staff.keep(document(world), [CHANGE])
    assert list(world.ledger.staff.changes()) == [CHANGE]


def test_the_digest_of_the_directory_is_empty_until_it_is_marked(world):
    assert world.ledger.staff.directory() == ""
    assert world.ledger.staff.mark_directory("abc", was="")
    assert world.ledger.staff.directory() == "abc"


def test_of_two_who_mark_a_directory_only_the_first_does(world):
    assert world.ledger.staff.mark_directory("abc", was="")
    assert not world.ledger.staff.mark_directory("abc", was="")
    assert world.ledger.staff.mark_directory("def", was="abc")


def test_cover_is_what_has_no_due_moment_and_is_not_over(world):
    world.obligation()
    world.rows(models.Obligation).update(kind="continuous")
    open_now = world.task(due=None, kind="continuous", ends_at=day_end(LAST))
    world.task(due=None, kind="continuous", state="ended")
    world.task(kind="continuous")
    world.task(due=None, kind="continuous", opens_at=day_end(LAST), state="upcoming")
    assert [o.id for o in world.ledger.occurrences.covering(day_end(LAST))] == [open_now]


def test_tasks_of_nobody_known_and_of_people_without_posts_wait_until_they_are_over(world):
    waiting = [world.task(owner_ref=ref) for ref in ("unknown:乙局", "person:lin")]
    world.task(owner_ref="unknown:丙局", state="done")
    world.task(owner_ref="organ:finance")
    assert list(world.ledger.staff.unsettled()) == waiting


def test_open_tasks_of_some_owners_are_counted(world):
    for ref, state in (("organ:finance", "open"), ("post:mayor-post", "submitted"), ("organ:finance", "done")):
        world.task(owner_ref=ref, state=state)
    assert world.ledger.staff.open_under(["organ:finance", "post:mayor-post"]) == 2


def test_a_task_is_handed_over_with_its_steps(world):
    id = world.task(owner_ref="unknown:乙局", owner_name="乙局")
    one = step()
    world.ledger.staff.transfer(
        replace(stored(world, id), owner_ref="organ:finance", owner_name="区财政局", steps=(one,))
    )
    now = stored(world, id)
    assert (now.owner_ref, now.owner_name, now.steps) == ("organ:finance", "区财政局", (one,))
    assert world.ledger.occurrences.due(NOW, 10)[0].id == id


def test_where_the_owner_has_the_task_already_the_other_row_is_retired(world):
    mine = world.task(window="w", owner_ref="organ:finance")
    other = world.task(window="w2", owner_ref="unknown:乙局")
    world.rows(models.Occurrence).filter(pk=other).update(window="w")
    world.ledger.staff.transfer(replace(stored(world, other), owner_ref="organ:finance"))
    assert (stored(world, other).state, stored(world, mine).state) == ("retired", "open")
    assert stored(world, other).owner_ref == "unknown:乙局"


def test_replanning_lays_out_the_windows_anew(world):
    id = world.obligation()
    world.ledger.documents.planned({id: date(2022, 12, 1)})
    world.ledger.staff.replan([id])
    assert [duty.planned_until for duty in world.ledger.documents.to_plan(date(2022, 10, 1))] == [None]


def test_open_questions_are_found_by_how_their_keys_begin(world):
    world.ledger.journal.ask({"party:50号:乙局": "?", "party:50号:丙局": "?", "fact:x": "?"}, now=NOW)
    world.ledger.journal.answer(["party:50号:丙局"], "已补充", now=NOW)
    assert list(world.ledger.staff.open_questions("party:")) == ["party:50号:乙局"]
