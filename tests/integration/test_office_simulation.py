"""One click to the same documents as of another day: a real ledger of its own, looked at read-only."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import DatabaseError, connections
from django.test import Client

from monitor.domain.errors import MissingFact, Refused
from monitor.ledger import models
from monitor.project.config import ROOT
from monitor.project.settings import CONFIG
from monitor.project.simulation import connection_for, open_simulated, simulated_name
from schedules.civil import TZ

AS_OF = datetime(2022, 10, 19, 9, 0, tzinfo=TZ)
LEDGER = "office-asof-20221019T0900"


@pytest.fixture(autouse=True, scope="module")
def unblocked(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Not the usual mark: it forbids databases that were not there when the test began. Nothing here writes."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def opened(unblocked) -> str:
    """The address that the button leads to; made once, since it takes seconds."""
    response = Client().post("/simulate/", {"day": "2022-10-19"})
    assert response.status_code == 302
    return response["Location"]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """The alias goes after each test: what a page adds, the next test must not find."""
    yield
    alias = f"ledger:{LEDGER}"
    if alias in connections.settings:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def test_the_button_leads_to_a_ledger_as_of_that_day(client, opened):
    assert opened == f"/as-of/{LEDGER}/"
    html = client.get(opened).content.decode()
    assert "模拟台账" in html
    assert "截至 2022-10-19 09:00" in html
    assert "2022-10-20 周四" in html
    assert "返回现在的台账" in html


def test_all_its_links_stay_in_it(client, opened):
    html = client.get(opened).content.decode()
    assert f'href="{opened}occurrences/?state=live"' in html
    assert 'href="/occurrences/' not in html


def test_its_own_pages_work(client, opened):
    for page in ("occurrences/?state=soon", "documents/", "messages/", "questions/"):
        assert client.get(opened + page).status_code == 200


def test_it_is_opened_read_only(opened):
    alias = connection_for(CONFIG, LEDGER)
    assert models.Occurrence.objects.using(alias).exists()
    with pytest.raises(DatabaseError):
        models.Document.objects.using(alias).update(title="x")


@pytest.mark.django_db
def test_the_offices_own_ledger_is_untouched(opened):
    assert not models.Ledger.objects.exists()
    assert not models.Document.objects.exists()


def test_it_writes_to_nobody_though_the_server_has_a_mail_server(unblocked, monkeypatch):
    monkeypatch.setenv("DUBAN_SMTP_URL", "smtp://127.0.0.1:1")
    ledger = open_simulated(CONFIG, datetime(2022, 10, 20, 9, 0, tzinfo=TZ))
    sent = sqlite3.connect(CONFIG.var / ledger / "ledger.sqlite3").execute(
        "select channel, state, count(*) from ledger_message group by 1, 2"
    )
    assert {(channel, state) for channel, state, _ in sent} == {("file", "sent")}


def test_opening_it_again_changes_nothing(opened):
    rows = models.Occurrence.objects.using(connection_for(CONFIG, LEDGER))
    before = sorted(rows.values_list("pk", "state"))
    assert open_simulated(CONFIG, AS_OF) == LEDGER
    assert sorted(rows.values_list("pk", "state")) == before


def test_the_name_tells_ledger_and_moment():
    assert simulated_name(CONFIG, AS_OF) == LEDGER


@pytest.mark.parametrize("name", ["..", "../..", "/etc", "nowhere", "", "office-asof-20221019T0900/../x", "a\0b"])
def test_a_name_never_becomes_a_path(name):
    with pytest.raises(MissingFact):
        connection_for(CONFIG, name)


def test_with_a_database_of_the_server_all_ledgers_live_in_it():
    config = replace(CONFIG, database_url="postgres://db/duban")
    assert connection_for(config, "office-asof-20221019T0900") == "default"


def test_what_cannot_be_opened_says_why_in_one_line():
    config = replace(CONFIG, documents=ROOT / "no such folder")
    with pytest.raises(Refused) as refusal:
        open_simulated(config, AS_OF)
    assert "no such" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_refusal_is_shown_as_a_page(client, monkeypatch, tmp_path):
    monkeypatch.setattr("monitor.office.views.simulate.CONFIG", replace(CONFIG, documents=tmp_path / "gone"))
    response = client.post("/simulate/", {"day": "2022-10-19"})
    assert response.status_code == 503
    assert "未能打开模拟台账" in response.content.decode()
