"""The page of messages names the addresses that are dead, with numbers masked."""

from __future__ import annotations

import pytest
from django.test import Client
from freezegun import freeze_time

from monitor.ledger.addresses import Addresses
from monitor.services.sending import DeadAddress
from tests.integration import office_ledger as given
from tests.integration.office_ledger import NOW, TENANT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger():
    with freeze_time(NOW):
        yield given.a_ledger()


def page(client: Client) -> str:
    return client.get("/messages/").content.decode()


def test_a_dead_address_is_shown_with_its_day_its_reason_and_no_whole_number(client):
    dead = DeadAddress("sms", "13900001234", "yan-bo", "空号 13900001234 <b>", NOW)
    Addresses(TENANT, "default").bury(dead)
    html = page(client)
    assert "无效地址" in html
    assert "139****1234" in html
    assert "13900001234" not in html
    assert "空号" in html
    assert "&lt;b&gt;" in html
    assert "自 2022-10-19 09:00" in html


def test_without_any_there_is_nothing_to_say(client):
    assert "无效地址" not in page(client)


def test_a_revived_address_is_gone_from_the_page(client):
    addresses = Addresses(TENANT, "default")
    addresses.bury(DeadAddress("mail", "a@duban.example", "yan-bo", "550", NOW))
    assert "a@duban.example" in page(client)
    addresses.revive("mail", "a@duban.example")
    assert "a@duban.example" not in page(client)


def test_another_ledger_of_the_same_database_has_its_own(client):
    Addresses("other", "default").bury(DeadAddress("mail", "b@duban.example", "yan-bo", "550", NOW))
    assert "无效地址" not in page(client)
