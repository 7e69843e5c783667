"""A canary's link, as whoever got the message opens it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from freezegun import freeze_time

from monitor.ledger import models
from monitor.ledger.canaries import Canaries
from monitor.services.sending import Canary
from tests.integration import office_ledger as given
from tests.integration.office_ledger import NOW, TENANT

pytestmark = pytest.mark.django_db
TOKEN = "Zm9vYmFyLXRva2VuLTEyMw"


@pytest.fixture(autouse=True)
def sent():
    with freeze_time(NOW):
        given.a_ledger()
        canary = Canary(channel="mail", number=1, token=TOKEN, sent_at=NOW, due_at=NOW + timedelta(minutes=30))
        Canaries(TENANT, "default").add(canary)
        yield canary


def found() -> Canary:
    [canary] = Canaries(TENANT, "default").all()
    return canary


def test_opening_the_link_says_one_line_and_marks_it_as_back(client: Client):
    answer = client.get(f"/canary/{TOKEN}")
    assert answer.status_code == 200
    assert answer.content.decode() == "已确认收到，通道正常。\n"
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Cache-Control"] == "no-store"
    assert (found().back_at, found().back_by) == (NOW, "link")


def test_opening_it_again_writes_nothing(client: Client, django_assert_num_queries):
    client.get(f"/canary/{TOKEN}")
    with freeze_time(NOW + timedelta(minutes=5)), django_assert_num_queries(1):
        assert client.get(f"/canary/{TOKEN}").status_code == 200
    assert found().back_at == NOW
    assert models.History.objects.filter(action="canary-back").count() == 1


def test_any_other_token_is_not_found_and_writes_nothing(client: Client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/canary/nix").status_code == 404
    assert found().back_at is None


@pytest.mark.parametrize("method", ["post", "head", "put", "delete"])
def test_only_a_visit_counts(client: Client, method: str):
    assert getattr(client, method)(f"/canary/{TOKEN}").status_code in (403, 405)
    assert found().back_at is None


def test_a_token_of_another_ledger_is_not_ours(client: Client):
    other = Canary(channel="mail", number=1, token="other", sent_at=NOW, due_at=NOW)
    Canaries("other", "default").add(other)
    assert client.get("/canary/other").status_code == 404
