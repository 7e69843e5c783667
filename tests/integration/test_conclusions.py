"""Conclusions and their review: who may ask until when, who must answer by when, who must keep out of it."""

from pathlib import Path
from typing import Any

import pytest

from monitor.domain.errors import BadText, DubanError, MissingFact, Refused
from monitor.ledger import models
from monitor.ledger.exports import moment
from monitor.services.conclusions import Conclusion, Delivered, ask_review, deliver
from monitor.services.events import Raised
from monitor.services.record import Answer, record
from tests.acceptance.conftest import Office, open_office

NAME = "督查结论〔2022〕1号"


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """An office that has delivered one conclusion to a town on 19 October."""
    office = open_office(tmp_path)
    delivered(office)
    return office


def delivered(office: Office, at: str = "2022-10-19T15:00", **more: Any) -> Delivered:
    with office.at(at) as now:
        values = {
            "text": "排水沟渠清淤未按期完成", "unit": "星海镇", "authors": ("张三", "李四"), "delivered": now,
            "approver": "区长", **more,
        }  # fmt: skip
        return deliver(office.app.house, Conclusion(**values), actor="督查室", now=now)


def asked(office: Office, at: str, unit: str = "星海镇", name: str = NAME, reason: str = "清淤已于9月完成") -> Raised:
    with office.at(at) as now:
        return ask_review(office.app.house, name, unit, reason, now, actor="督查室", now=now)


def answered(office: Office, at: str, by: str, action: Any = "report", **more: str) -> None:
    task = models.Occurrence.objects.get(obligation__record__derived_by="review")
    with office.at(at) as now:
        record(office.app.house, task.pk, Answer(action=action, text="复核决定书1号", **more), actor=by, now=now)


def everything() -> list[list[dict[str, Any]]]:
    tables = (models.Document, models.Obligation, models.Event, models.Occurrence, models.History)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_the_unit_has_thirty_days_from_the_day_after_and_nobody_is_chased_meanwhile(office: Office) -> None:
    assert str(delivered(office, name="第二号").until.day) == "2022-11-18"
    assert not models.Occurrence.objects.exists()
    entry = models.History.objects.filter(action="accepted").order_by("seq")[0]
    assert entry.detail == {"doc": NAME, "authors": ["张三", "李四"], "approver": "区长"}


def test_a_last_day_off_moves_to_the_next_working_day(office: Office) -> None:
    assert str(delivered(office, "2022-10-20T09:00", name="第二号").until.day) == "2022-11-21", (
        "19 November is a Saturday"
    )


def test_asking_starts_the_offices_thirty_days(office: Office) -> None:
    assert asked(office, "2022-11-18T23:00").tasks == 1
    (task,) = models.Occurrence.objects.all()
    assert (task.owner_name, moment(task.due)) == ("区政府办公室", "2022-12-20T00:00:00+08:00")
    assert "星海镇：清淤已于9月完成" in task.why[0]["text"]
    office.round("2022-12-20T08:30")
    assert models.Occurrence.objects.get().missed


def test_asking_twice_is_one_review(office: Office) -> None:
    asked(office, "2022-11-01T09:00")
    with pytest.raises(Refused, match="已用于事件"):
        asked(office, "2022-11-02T09:00")
    assert models.Occurrence.objects.count() == 1


@pytest.mark.parametrize("author", ["张三", "李四"])
def test_who_took_part_keeps_out_of_the_review(office: Office, author: str) -> None:
    asked(office, "2022-11-01T09:00")
    before = everything()
    with pytest.raises(Refused, match="应当回避"):
        answered(office, "2022-11-10T09:00", author)
    with pytest.raises(Refused, match="应当回避"):
        answered(office, "2022-11-10T09:00", "王五", on_behalf=author)
    assert everything() == before


def test_others_answer_and_close_it(office: Office) -> None:
    asked(office, "2022-11-01T09:00")
    answered(office, "2022-11-10T09:00", "王五")
    with pytest.raises(Refused, match="应当回避"):
        answered(office, "2022-11-11T09:00", "张三", "close")
    answered(office, "2022-11-11T09:00", "赵六", "close")
    assert models.Occurrence.objects.get().state == "done"
    assert office.app.ledger.journal.broken_at() is None


@pytest.mark.parametrize(
    ("at", "more", "error", "word"),
    [
        ("2022-11-19T00:00", {}, Refused, "已过申请复核的期限"),
        ("2022-11-01T09:00", {"unit": "区财政局"}, Refused, "送达的是星海镇"),
        ("2022-11-01T09:00", {"reason": " "}, BadText, "没有写申请复核的理由"),
        ("2022-11-01T09:00", {"name": "督查结论〔2022〕9号"}, MissingFact, "没有督查结论"),
    ],
)
def test_a_request_that_the_article_does_not_give_is_refused(
    office: Office, at: str, more: dict[str, str], error: type[DubanError], word: str
) -> None:
    before = everything()
    with pytest.raises(error, match=word):
        asked(office, at, **more)
    assert everything() == before


@pytest.mark.parametrize(
    ("more", "error", "word"),
    [
        ({"text": " "}, BadText, "须写明"),
        ({"authors": ()}, BadText, "须写明"),
        ({"approver": ""}, BadText, "须写明"),
        ({"authors": ("张三、李四",)}, BadText, "逐个写明"),
        ({"unit": "区水下考古局"}, MissingFact, "通讯录中没有"),
        ({"name": NAME}, Refused, "已在台账中"),
    ],
)
def test_a_conclusion_without_its_grounds_is_refused(
    office: Office, more: dict[str, Any], error: type[DubanError], word: str
) -> None:
    before = everything()
    with pytest.raises(error, match=word):
        delivered(office, **more)
    assert everything() == before


def test_numbers_run_by_year(office: Office) -> None:
    assert delivered(office).name == "督查结论〔2022〕2号"
    assert delivered(office, "2023-01-05T09:00").name == "督查结论〔2023〕1号"
