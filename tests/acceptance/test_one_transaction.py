"""A change of state and what is owed because of it are written together, or not at all."""

from collections.abc import Callable
from typing import Any

import pytest

from monitor.ledger import models
from monitor.ledger.journal import Journal
from monitor.ledger.outbox import Outbox
from tests.acceptance.conftest import Office

ECO = "石大党办综〔2022〕50号"
TABLES = (models.Occurrence, models.Notice, models.Message, models.History, models.SlipNumber)


class PowerCut(Exception):
    """The process ends here."""


def cut(*args: Any, **kwargs: Any) -> None:
    raise PowerCut


def cut_after(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method does all its work, then the power fails."""

    def run(*args: Any, **kwargs: Any) -> None:
        method(*args, **kwargs)
        raise PowerCut

    return run


def everything() -> list[list[dict[str, Any]]]:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


@pytest.mark.parametrize(
    ("place", "name", "power"),
    [
        (Outbox, "add_notices", cut),
        (Outbox, "add_notices", cut_after(Outbox.add_notices)),
        (Outbox, "put", cut_after(Outbox.put)),
        (Journal, "record", cut_after(Journal.record)),
    ],
    ids=["before the notices", "after the notices", "after the messages", "after the history"],
)
def test_a_sweep_that_is_cut_off_leaves_nothing_and_is_made_up_for(
    office: Office, monkeypatch: pytest.MonkeyPatch, place: type, name: str, power: Callable[..., Any]
) -> None:
    office.import_numbers(ECO, moment="2022-10-18T09:00")
    before, sent = everything(), len(office.sent())
    with monkeypatch.context() as broken, office.at("2022-10-25T08:30"):
        broken.setattr(place, name, power)
        with pytest.raises(PowerCut):
            office.app.sweep()
    assert everything() == before
    office.round("2022-10-25T08:31")
    news = office.sent()[sent:]
    assert {notice["step"] for message in news for notice in message["notices"]} >= {"late-slip", "lead-3"}
    assert len({message["person"] for message in news}) == len(news)
    assert models.Notice.objects.get(name="late-slip", occurrence__in=office.tasks(ECO), slip_number__endswith="〕1号")
