"""What the pages ask the ledger: the right rows, one tenant, a number of queries that does not grow."""

from datetime import date, timedelta

import pytest

from monitor.domain.errors import MissingFact
from monitor.ledger import models
from monitor.ledger.page_queries import PAGE, read_document, read_messages, read_questions, read_task, read_tasks
from monitor.ledger.queries import OVERDUE_DUTIES, QUESTIONS, read_overview
from monitor.services.reading import TaskFilter
from schedules.civil import day_end, day_start
from tests.integration import office_ledger as given
from tests.integration.office_ledger import ECO, FIRE, NOW, TENANT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger():
    return given.a_ledger()


@pytest.fixture
def eco():
    return given.an_obligation(given.a_document())


@pytest.fixture
def fire():
    document = given.a_document(FIRE, issued=date(2022, 9, 29))
    return given.an_obligation(document, "bb", "period", provision="一", action="森林草原防火戒严期")


def test_an_overview_counts_everything(eco, fire):
    given.a_task(eco, "甲局")
    given.a_task(eco, "乙局", state="done")
    given.a_season(fire)
    view = read_overview(TENANT, NOW)
    assert view.obligations_by_kind == {"fixed": 1, "period": 1}
    assert view.occurrences_by_state == {"done": 1, "open": 2}
    assert (view.soon_count, view.overdue_count, view.in_force_count) == (1, 0, 1)
    assert [(document.name, document.obligations) for document in view.documents] == [(ECO, 1), (FIRE, 1)]


def test_a_ledger_that_was_never_made_is_a_missing_fact():
    with pytest.raises(MissingFact):
        read_overview("nowhere", NOW)


def test_the_season_in_force_stands_with_its_core(fire):
    given.a_season(fire)
    (window,) = read_overview(TENANT, NOW).in_force_today
    assert (window.doc, window.start, window.end) == (FIRE, date(2022, 10, 1), date(2023, 5, 31))
    assert window.core == (date(2023, 1, 15), date(2023, 4, 15))


def test_next_due_names_each_duty_once_with_its_nearest_window(eco):
    daily = given.an_obligation(eco.document, "cc", "recurring")
    for day in range(5):
        due = day_end(NOW.date() + timedelta(days=day))
        given.a_task(daily, due=due, window=f"day{day}")
    given.a_task(eco, "甲局")
    given.a_task(eco, "乙局")
    found = read_overview(TENANT, NOW).next_due
    assert [(line.first.kind, len(line.tasks), line.first.due) for line in found] == [
        ("recurring", 1, day_end(NOW.date())),
        ("fixed", 2, day_end(date(2022, 10, 20))),
    ]


def test_overdue_is_missed_or_past_due_and_never_what_waits_for_review_or_ends_by_time(eco, fire):
    past = {"due": day_end(date(2022, 10, 17))}
    given.a_task(eco, "missed", missed=True, **past)
    given.a_task(eco, "not swept yet", **past)
    given.a_task(eco, "submitted in time", state="submitted", **past)
    given.a_task(eco, "done late", state="done", missed=True, **past)
    given.a_season(fire, "season", due=NOW)
    view = read_overview(TENANT, NOW)
    assert {name for line in view.overdue for name in line.owners} == {"missed", "not swept yet"}
    assert view.overdue_count == 2


def test_messages_of_today_are_those_of_the_civil_day(eco):
    task = given.a_task(eco)
    given.a_message(task, "day", sent_at=NOW.replace(hour=0, minute=10))
    given.a_message(task, "lead-1", sent_at=NOW - timedelta(hours=10))
    given.a_message(task, "lead-3", state="queued", sent_at=None)
    view = read_overview(TENANT, NOW)
    assert [message.sent_at for message in view.messages_today] == [NOW.replace(hour=0, minute=10)]
    assert view.messages_by_state == {"queued": 1, "sent": 2}
    assert view.last_sent == view.messages_today[0]


def test_answered_questions_are_not_open():
    given.a_question("甲？")
    given.a_question("乙？", answered_at=NOW, answer="是")
    assert read_overview(TENANT, NOW).open_question_count == 1
    assert [question.text for question in read_questions(TENANT)] == ["甲？", "乙？"]


def test_another_tenant_is_never_seen(eco):
    given.a_ledger("elsewhere")
    task = given.a_task(eco)
    view = read_overview("elsewhere", NOW)
    assert (view.documents, view.occurrence_count, view.next_due) == ((), 0, ())
    assert read_tasks("elsewhere", NOW, TaskFilter()).total == 0
    with pytest.raises(MissingFact):
        read_task("elsewhere", task.pk, NOW)
    with pytest.raises(MissingFact):
        read_document("elsewhere", eco.document_id)


@pytest.mark.parametrize("size", [1, 40])
def test_the_first_page_takes_the_same_queries_however_much_there_is(django_assert_num_queries, eco, fire, size):
    for n in range(size):
        given.a_message(given.a_task(eco, f"局{n}", missed=n % 2 == 0))
        given.a_season(fire, f"镇{n}")
        given.a_question(f"{n}？")
    with django_assert_num_queries(17):
        read_overview(TENANT, NOW)


@pytest.mark.parametrize("size", [1, 40])
def test_a_list_takes_four_queries(django_assert_num_queries, eco, size):
    for n in range(size):
        given.a_task(eco, f"局{n}")
    with django_assert_num_queries(4):
        assert len(read_tasks(TENANT, NOW, TaskFilter()).tasks) == size


@pytest.mark.parametrize(
    ("wanted", "owners"),
    [
        (TaskFilter(state="live"), ["today", "late", "later"]),
        (TaskFilter(state="overdue"), ["late"]),
        (TaskFilter(state="soon"), ["today"]),
        (TaskFilter(state="history"), ["old"]),
        (TaskFilter(owner="organ:later"), ["later"]),
        (TaskFilter(kind="recurring"), []),
        (TaskFilter(kind="fixed", state="done"), ["ready"]),
    ],
)
def test_filters(eco, wanted, owners):
    given.a_task(eco, "today")
    given.a_task(eco, "late", missed=True)
    given.a_task(eco, "later", due=day_end(date(2022, 11, 30)))
    given.a_task(eco, "old", state="history")
    given.a_task(eco, "ready", state="done")
    assert [task.owner for task in read_tasks(TENANT, NOW, wanted).tasks] == owners


def test_a_filter_by_document(eco, fire):
    given.a_task(eco)
    given.a_season(fire)
    found = read_tasks(TENANT, NOW, TaskFilter(document=fire.document_id))
    assert [task.doc for task in found.tasks] == [FIRE]
    assert found.documents == ((eco.document_id, ECO), (fire.document_id, FIRE))


def test_live_tasks_come_by_due_moment_and_closed_ones_after_them(eco):
    given.a_task(eco, "history", state="history", due=day_end(date(2022, 3, 31)))
    given.a_task(eco, "december", due=day_end(date(2022, 12, 10)))
    given.a_task(eco, "october")
    given.a_task(eco, "no date", due=None)
    found = read_tasks(TENANT, NOW, TaskFilter())
    assert [task.owner for task in found.tasks] == ["october", "december", "no date", "history"]


def test_pages_go_on_where_the_last_one_ended_and_stop(eco):
    for n in range(PAGE + 3):
        given.a_task(eco, f"局{n:03}")
    first, last = (read_tasks(TENANT, NOW, TaskFilter(), page) for page in (1, 99))
    assert (first.total, first.pages, len(first.tasks)) == (PAGE + 3, 2, PAGE)
    assert (last.page, [task.owner for task in last.tasks]) == (2, [f"局{n:03}" for n in range(PAGE, PAGE + 3)])


def test_a_task_tells_its_reasons_steps_messages_and_neighbours(eco):
    task = given.a_task(eco, steps=[given.a_step("lead-1", NOW), given.a_step("day", NOW + timedelta(days=1))])
    given.a_task(eco, "other")
    given.a_message(task)
    sheet = read_task(TENANT, task.pk, NOW)
    assert [reason.to_json() for reason in sheet.why] == given.WHY
    assert sheet.obligation.lines == (41, 42)
    assert [(step.name, step.state) for step in sheet.steps] == [("lead-1", "sent"), ("day", "ahead")]
    assert [message.text for message in sheet.messages] == ["请于10月20日前召开会议。"]
    assert [other.owner for other in sheet.beside] == ["other"]


def test_a_digest_stands_once_though_it_holds_two_notices_of_a_task(eco):
    task = given.a_task(eco)
    message = given.a_message(task, "lead-1")
    message.notices.add(given.a_message(task, "day", state="queued").notices.get())
    assert [one.id for one in read_task(TENANT, task.pk, NOW).messages].count(message.pk) == 1


@pytest.mark.parametrize("size", [1, 30])
def test_a_document_takes_three_queries(django_assert_num_queries, eco, size):
    for n in range(size):
        given.a_task(eco, f"局{n}", state="open" if n % 2 else "done")
    with django_assert_num_queries(3):
        (duty,) = read_document(TENANT, eco.document_id).duties
    assert sum(duty.tasks.values()) == size


def test_messages_are_filtered_by_person_and_state(eco):
    task = given.a_task(eco)
    given.a_message(task, "lead-1")
    given.a_message(task, "day", recipient="liu-qiang", state="failed", reason="550", sent_at=None)
    assert [message.recipient for message in read_messages(TENANT, recipient="liu-qiang").messages] == ["liu-qiang"]
    assert [message.reason for message in read_messages(TENANT, state="failed").messages] == ["550"]
    assert read_messages(TENANT).recipients == ("liu-qiang", "yan-bo")


def test_the_first_page_cuts_its_lists_and_counts_them_whole(eco):
    for n in range(OVERDUE_DUTIES + 5):
        duty = given.an_obligation(eco.document, f"late{n}")
        given.a_task(duty, missed=True, due=day_end(date(2022, 10, 17)))
    for n in range(QUESTIONS + 2):
        given.a_question(f"{n}？")
    view = read_overview(TENANT, NOW)
    assert (len(view.overdue), view.overdue_count) == (OVERDUE_DUTIES, OVERDUE_DUTIES + 5)
    assert (len(view.open_questions), view.open_question_count) == (QUESTIONS, QUESTIONS + 2)


@pytest.mark.parametrize(
    ("day", "held"), [(date(2022, 12, 31), 1), (date(2023, 1, 1), 1), (date(2023, 5, 31), 1), (date(2023, 6, 1), 0)]
)
def test_the_season_is_in_force_over_new_year_to_its_last_day(fire, day, held):
    given.a_season(fire)
    assert len(read_overview(TENANT, day_start(day)).in_force_today) == held


def test_what_is_closed_or_only_has_a_date_is_not_in_force(eco, fire):
    given.a_season(fire, state="retired")
    given.a_task(eco)
    assert read_overview(TENANT, NOW).in_force_today == ()


def test_a_retired_duty_and_one_asked_about_are_counted_as_such(eco, fire):
    models.Obligation.objects.filter(pk=fire.pk).update(state="asked")
    assert read_overview(TENANT, NOW).obligations_by_state == {"accepted": 1, "asked": 1}


def test_a_task_tells_its_own_history_only(eco):
    task, other = given.a_task(eco), given.a_task(eco, "other")
    for seq, one in enumerate((task, other, task), 1):
        given.an_entry(seq, one)
    assert [entry.seq for entry in read_task(TENANT, task.pk, NOW).history] == [1, 3]


def test_one_task_takes_the_same_queries_however_much_happened(django_assert_num_queries, eco):
    task = given.a_task(eco)
    for n in range(20):
        given.a_message(task, f"monthly@{n}")
        given.a_task(eco, f"局{n}")
    with django_assert_num_queries(5):
        read_task(TENANT, task.pk, NOW)
