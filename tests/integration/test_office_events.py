"""Events on the office's pages: a list to look at, what they started, what lasts now."""

import pytest
from django.test import Client
from freezegun import freeze_time

from monitor.ledger import models
from tests.integration import office_ledger as given
from tests.integration.office_ledger import NOW, TENANT
from tests.integration.test_office_pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def october():
    with freeze_time(NOW):
        yield


@pytest.fixture
def eco(db):
    given.a_ledger()
    return given.an_obligation(given.a_document())


def an_event(key: str = "r3", name: str = "启动防汛Ⅲ级应急响应", **changes) -> models.Event:
    values = {"tenant": TENANT, "key": key, "name": name, "at": NOW, "told_at": NOW, "told_by": "值班员", **changes}
    return models.Event.objects.create(**values)


def test_without_events_the_page_says_how_to_tell_one(client: Client, eco):
    assert "duban event raise" in read(client, "/events/")


def test_an_event_stands_with_its_basis_its_end_and_its_tasks(client: Client, eco):
    an_event(basis="石大政办发〔2022〕61号", organ="区应急管理局", ended_at=NOW)
    given.a_task(eco, "甲局", window="event:r3")
    given.a_task(eco, "乙局", window="event:r3", state="done")
    html = read(client, "/events/")
    for words in (
        "启动防汛Ⅲ级应急响应",
        "石大政办发〔2022〕61号",
        "区应急管理局",
        "值班员 2022-10-19 09:00 登记",
        "在办 1",
    ):
        assert words in html
    assert "/occurrences/?event=r3" in html


def test_another_offices_events_are_not_shown(client: Client, eco):
    an_event(tenant="elsewhere")
    assert "应急响应</" not in read(client, "/events/")


def test_the_list_narrows_to_one_event(client: Client, eco):
    an_event()
    given.a_task(eco, "甲局", window="event:r3")
    given.a_task(eco, "乙局")
    rows = [line for line in read(client, "/occurrences/?event=r3").splitlines() if "<td" in line and "局" in line]
    assert any("甲局" in line for line in rows)
    assert not any("乙局" in line for line in rows)


def test_a_task_of_an_event_leads_back_to_it(client: Client, eco):
    an_event()
    task = given.a_task(eco, "甲局", window="event:r3")
    assert 'href="/events/#r3">由事件起算' in read(client, f"/occurrences/{task.pk}/")


def test_a_response_that_lasts_stands_on_the_first_page_until_it_ends(client: Client, eco):
    cover = given.an_obligation(given.a_document("石大政办发〔2022〕61号"), "bb", "recurring")
    models.Obligation.objects.filter(pk=cover.pk).update(kind="continuous")
    an_event()
    task = given.a_task(cover, "甲局", window="event:r3", start=NOW.date(), end=None, due=None)
    assert "正在进行的响应" in read(client, "/")
    models.Occurrence.objects.filter(pk=task.pk).update(state="ended")
    assert "正在进行的响应" not in read(client, "/")
