"""Items without a document: their number, their limit by kind, who approved on what basis, and asking too often."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.domain.assignment import Assignment, Terms
from monitor.domain.errors import BadText, DubanError, MissingFact, Refused
from monitor.ledger import models
from monitor.ledger.exports import moment
from monitor.project.assignment_files import load_terms
from monitor.services.assign import Assigned, assign
from tests.acceptance.conftest import Office, open_office

DITCH = "查清星海镇排水沟渠淤塞原因并提出整改方案"
AGAIN = "查清星海镇排水沟渠淤塞情况并提出整改方案"


@pytest.fixture
def office(db: None, tmp_path: Path) -> Office:
    """An office with nothing in its ledger."""
    return open_office(tmp_path)


@pytest.fixture
def terms(tmp_path: Path) -> Terms:
    return load_terms(tmp_path / "none.yaml")


def entered(office: Office, terms: Terms, moment: str = "2022-10-19T09:00", **more: Any) -> Assigned:
    with office.at(moment) as now:
        values = {
            "kind": "批示", "text": DITCH, "parties": ("星海镇",), "source": "区长", "basis": "区长批示",
            "approver": "政府办主任", "at": now, **more,
        }  # fmt: skip
        return assign(office.app.house, Assignment(**values), terms, actor="督查室", now=now)


def dues(done: Assigned) -> list[tuple[str, str, str | None]]:
    rows = models.Occurrence.objects.filter(pk__in=done.tasks).order_by("pk")
    return [(row.owner_name, row.role, moment(row.due)) for row in rows]


def everything() -> list[list[dict[str, Any]]]:
    tables = (models.Document, models.Obligation, models.Event, models.Occurrence, models.History)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("批示", "2022-11-10T00:00:00+08:00"),
        ("急件批示", "2022-10-25T00:00:00+08:00"),
        ("会议纪要", "2022-11-22T00:00:00+08:00"),
        ("建议提案", "2023-01-20T00:00:00+08:00"),
        ("信访转办", "2022-12-20T00:00:00+08:00"),
    ],
)
def test_each_kind_has_its_limit_from_the_day_after(office: Office, terms: Terms, kind: str, due: str) -> None:
    done = entered(office, terms, kind=kind)
    assert (done.name, dues(done)) == (f"{kind}〔2022〕1号", [("星海镇", "responsible", due)])


def test_the_date_says_why_with_the_basis_of_its_limit(office: Office, terms: Terms) -> None:
    row = models.Occurrence.objects.get(pk=entered(office, terms).tasks[0])
    assert row.why[0]["text"] == (
        "批示〔2022〕1号交办，2022年10月19日（周三）09:00，依据：区长批示；批示缺省时限（本系统缺省）"
    )
    assert any("15个工作日" in reason["text"] for reason in row.why)


def test_the_first_named_leads_and_each_has_a_task(office: Office, terms: Terms) -> None:
    done = entered(office, terms, parties=("区农业农村和水务局", "星海镇"))
    assert [(owner, role) for owner, role, _ in dues(done)] == [
        ("区农业农村和水务局", "lead"), ("星海镇", "responsible"),
    ]  # fmt: skip


def test_who_approved_on_what_basis_stands_in_the_history(office: Office, terms: Terms) -> None:
    done = entered(office, terms)
    entry = models.History.objects.get(subject=f"obligation:{done.obligation.id}")
    assert (entry.action, entry.actor) == ("accepted", "督查室")
    assert entry.detail == {
        "doc": "批示〔2022〕1号", "basis": "区长批示", "approver": "政府办主任", "source": "区长",
        "limit": "批示缺省时限（本系统缺省）",
    }  # fmt: skip
    assert models.Obligation.objects.get(uid=done.obligation.id).accepted_by == "政府办主任"
    assert office.app.ledger.journal.broken_at() is None


def test_a_day_set_by_hand_is_a_fixed_date_with_its_reason(office: Office, terms: Terms) -> None:
    done = entered(office, terms, due=date(2022, 10, 28), reason="区长限期")
    assert done.obligation.kind == "fixed"
    assert dues(done) == [("星海镇", "responsible", "2022-10-29T00:00:00+08:00")]
    assert models.History.objects.get(subject=f"obligation:{done.obligation.id}").detail["limit"] == "区长限期"


def test_it_is_reminded_and_escalated_like_all_others(office: Office, terms: Terms) -> None:
    entered(office, terms, kind="急件批示")
    for day in ("10-19", "10-21", "10-24", "10-25", "10-26"):
        office.round(f"2022-{day}T08:30")
    assert [(at[5:10], step) for at, _, step, _ in office.notices("急件批示〔2022〕1号")] == [
        ("10-21", "lead-1"), ("10-24", "day"), ("10-25", "late-head"), ("10-26", "late-leader"),
    ]  # fmt: skip


def test_numbers_run_by_kind_and_year_and_a_name_of_ones_own_is_kept(office: Office, terms: Terms) -> None:
    names = [
        entered(office, terms, text=text, at=datetime.fromisoformat(f"{at}T09:00+08:00"), **more).name
        for text, at, more in (
            ("清理河道", "2022-10-19", {}),
            ("修缮校舍", "2022-10-19", {}),
            ("核查账目", "2022-10-19", {"kind": "会议纪要"}),
            ("统计人口", "2022-10-19", {"name": "区长批示第7号"}),
        )
    ]
    assert names == ["批示〔2022〕1号", "批示〔2022〕2号", "会议纪要〔2022〕1号", "区长批示第7号"]


def test_asking_again_about_the_same_matter_warns_and_from_two_sides_too(office: Office, terms: Terms) -> None:
    assert entered(office, terms).warnings == ()
    again = entered(office, terms, "2022-10-26T09:00", kind="会议纪要", text=AGAIN, source="常务副区长")
    assert again.warnings == (
        "星海镇：30日内已就同类事项督查：批示〔2022〕1号",
        "星海镇：同类事项另由区长提出，属多头督查",
    )
    question = models.Question.objects.get(key=f"repeat:{again.obligation.id}")
    assert "多头督查" in question.text
    assert again.tasks, "a warning does not stop it"


@pytest.mark.parametrize(
    ("moment", "more"),
    [
        ("2022-12-01T09:00", {"text": AGAIN}),
        ("2022-10-26T09:00", {"text": "核查村级账目"}),
        ("2022-10-26T09:00", {"text": AGAIN, "parties": ("区财政局",)}),
    ],
)
def test_another_time_another_matter_another_unit_is_no_repetition(
    office: Office, terms: Terms, moment: str, more: dict[str, Any]
) -> None:
    entered(office, terms)
    assert entered(office, terms, moment, **more).warnings == ()


def test_too_many_items_in_a_month_warn(office: Office, terms: Terms) -> None:
    matters = ("清理河道", "修缮校舍", "核查账目", "统计人口", "检查食堂", "植树造林")
    warned = [entered(office, terms, text=text).warnings for text in matters]
    assert warned[:5] == [()] * 5
    assert warned[5] == ("星海镇：30日内已立项5件",)


@pytest.mark.parametrize(
    ("more", "error", "word"),
    [
        ({"kind": "命令"}, BadText, "没有“命令”这一类"),
        ({"text": " "}, BadText, "没有写事项"),
        ({"basis": ""}, BadText, "没有写立项依据"),
        ({"approver": ""}, BadText, "没有写批准人"),
        ({"parties": ()}, BadText, "没有责任单位"),
        ({"parties": ("区水下考古局",)}, MissingFact, "通讯录中没有"),
        ({"due": date(2022, 10, 28)}, BadText, "另定期限没有写理由"),
        ({"due": date(2022, 10, 1), "reason": "急"}, BadText, "早于交办之日"),
        ({"name": "批示〔2022〕1号"}, Refused, "已在台账中"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_changes_nothing(
    office: Office, terms: Terms, more: dict[str, Any], error: type[DubanError], word: str
) -> None:
    entered(office, terms)
    before = everything()
    with pytest.raises(error, match=word):
        entered(office, terms, **more)
    assert everything() == before


def test_a_ledgers_own_limits_take_the_place_of_the_shipped_ones(office: Office, tmp_path: Path) -> None:
    own = tmp_path / "assignments.yaml"
    own.write_text(
        "kinds:\n  - {name: 批示, within_workdays: 1, basis: 区长规定}\nrepeat: {days: 7, likeness: 0.9, most: 1}\n",
        encoding="utf-8",
    )
    assert dues(entered(office, load_terms(own)))[0][2] == "2022-10-21T00:00:00+08:00"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kinds:\n  - {name: 批示, basis: x}\nrepeat: {days: 7, likeness: 0.9, most: 1}\n", "须写且只写一项"),
        ("kinds:\n  - {name: 批示, within: 十天, basis: x}\nrepeat: {days: 7, likeness: 0.9, most: 1}\n", "ISO 8601"),
        ("kinds: []\n", "缺少 'repeat'"),
    ],
)
def test_limits_that_cannot_be_meant_are_refused_with_their_file(tmp_path: Path, text: str, word: str) -> None:
    own = tmp_path / "assignments.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(BadText, match=word) as error:
        load_terms(own)
    assert error.value.file == str(own)
