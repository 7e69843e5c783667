"""The cooperating (配合) hear of what the lead is reminded of, and owe nothing."""

from pathlib import Path

from monitor.ledger import models
from tests.acceptance.conftest import Office

TEXT = """大武口区人民政府办公室关于开展汛前检查的通知

石大政办发〔2023〕3号

区直各部门：

请按以下分工做好汛前检查。

一、检查安排

（一）报送检查报告。5月20日前完成堤防检查并报送检查报告。（牵头单位：区农业农村和水务局；配合单位：区财政局、区自然资源局）

大武口区人民政府办公室

2023年5月4日
"""


def test_copies_go_to_the_cooperating_and_the_escalation_does_not(office: Office, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text(TEXT, encoding="utf-8")
    with office.at("2023-05-15T09:00"):
        office.app.import_documents([tmp_path / "notice.txt"])
    for moment in ("2023-05-15T09:00", "2023-05-17T08:30", "2023-05-22T08:30"):
        office.round(moment)
    (task,) = models.Occurrence.objects.all()
    assert (task.owner_name, task.copies) == ("区农业农村和水务局", ["organ:finance", "organ:natural-resources"])
    told = {(at[:10], step): set() for at, _, step, _ in office.notices("石大政办发〔2023〕3号")}
    for at, person, step, _ in office.notices("石大政办发〔2023〕3号"):
        told[at[:10], step].add(person)
    assert {len(people) for (_, step), people in told.items() if step.startswith(("lead", "day"))} == {3}
    assert {len(people) for (_, step), people in told.items() if step.startswith("late")} == {1}


def test_whoever_is_concerned_is_nobody_to_be_reminded(office: Office, tmp_path: Path) -> None:
    text = TEXT.replace("区财政局、区自然资源局", "区财政局、各有关单位")
    (tmp_path / "notice.txt").write_text(text, encoding="utf-8")
    with office.at("2023-05-15T09:00"):
        office.app.import_documents([tmp_path / "notice.txt"])
    office.round("2023-05-15T09:00")
    (task,) = models.Occurrence.objects.all()
    assert (task.owner_name, task.copies) == ("区农业农村和水务局", ["organ:finance"])
