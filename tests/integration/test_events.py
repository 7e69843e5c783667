"""Events told to a real ledger: which clocks they start, for whom, once; what ends with them; what is only asked."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.ledger import models
from monitor.ledger.exports import moment
from monitor.services.events import Raised, Telling, raise_event
from tests.acceptance.conftest import Office, open_office

FLOOD = "石大政办发〔2022〕61号"
REPORT = "二/（四）"
COVER = "一/（三）"
HEARD = "获知重要汛情旱情"


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """An office that has had the flood plan since the morning of its issue."""
    office = open_office(tmp_path)
    office.import_numbers(FLOOD, moment="2022-10-27T09:00")
    return office


def raised(office: Office, moment: str, name: str, **more: Any) -> Raised:
    with office.at(moment) as now:
        at = datetime.fromisoformat(f"{more.pop('at', moment)}+08:00")
        return raise_event(office.app.house, Telling(name=name, at=at, **more), actor="值班员", now=now)


def of_event(office: Office, key: str) -> list[models.Occurrence]:
    return list(models.Occurrence.objects.filter(window=f"event:{key}").select_related("obligation").order_by("pk"))


def history(key: str) -> list[tuple[str, str]]:
    rows = models.History.objects.filter(subject=f"event:{key}").order_by("seq")
    return list(rows.values_list("action", "actor"))


def test_an_event_for_one_organ_starts_its_clock_to_the_minute(office: Office) -> None:
    done = raised(office, "2022-11-05T23:50", HEARD, key="flood-1", organ="区应急管理局", basis="气象部门电话")
    (task,) = of_event(office, "flood-1")
    assert (done.tasks, task.owner_name, task.party) == (1, "区应急管理局", "各成员单位")
    assert (moment(task.due), moment(task.opens_at), task.state) == (
        "2022-11-06T00:20:00+08:00", "2022-11-05T23:50:00+08:00", "open",
    )  # fmt: skip
    assert task.why[0] == {
        "part": "event", "text": "获知重要汛情旱情，2022年11月5日（周六）23:50，区应急管理局，依据：气象部门电话",
    }  # fmt: skip
    assert [(step["name"], step["at"][11:16], step["urgent"]) for step in task.steps][:4] == [
        ("minute-0", "23:50", True), ("minute-half", "00:05", True),
        ("minute-4/5", "00:14", True), ("breach", "00:20", True),
    ]  # fmt: skip
    assert history("flood-1") == [("event", "值班员")]
