"""Importing a text again: moved, corrected, taken back, repealed; on a real ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from freezegun import freeze_time

from monitor.ledger import models
from monitor.project import wiring
from monitor.project.clock import SystemClock
from monitor.project.config import Config
from monitor.project.queue import InlineQueue

NUMBER = "甲政发〔2022〕1号"
LINES = """甲区人民政府关于开展安全检查的通知
甲政发〔2022〕1号
星海镇：
一、工作安排
（一）星海镇于2022年11月20日前完成第一轮安全检查，形成检查台账。
（二）星海镇每月20日前向区应急管理局报送安全检查情况。
甲区人民政府
2022年11月1日
"""
REPEALING = """甲区人民政府关于加强安全检查的通知
甲政发〔2022〕9号
星海镇：
一、星海镇每季度至少开展1次安全检查。
二、《甲区人民政府关于开展安全检查的通知》（甲政发〔2022〕1号）同时废止。
甲区人民政府
2022年11月10日
"""


@dataclass
class Desk:
    """Where texts are imported, each at a moment of its own."""

    app: wiring.Application
    folder: Path

    def take(self, text: str, at: str = "2022-11-02T09:00", name: str = "a.txt") -> wiring.ImportReport:
        """Import a text and lay out its windows."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        with freeze_time(f"{at}+08:00"):
            report = self.app.store(wiring.read_paths([path]), self.app.clock.now())
            self.app.plan()
            self.app.sweep()
        return report


@pytest.fixture
def desk(db: None, tmp_path: Path) -> Desk:
    config = Config.from_environment({"DUBAN_VAR": str(tmp_path), "DUBAN_LEDGER": "test"})
    app = wiring.build(config, queue=InlineQueue(), clock=SystemClock(), channels={})
    with freeze_time("2022-11-01T08:00+08:00"):
        app.ledger.open(simulated=False, now=app.clock.now(), acceptance="all")
    return Desk(app, tmp_path)


def uids(state: str = "accepted", doc: str = NUMBER) -> list[str]:
    rows = models.Obligation.objects.filter(state=state, document__name=doc)
    return list(rows.order_by("position").values_list("uid", flat=True))


def windows(state: str | None = None, doc: str = NUMBER) -> list[tuple[str, str, str]]:
    rows = models.Occurrence.objects.filter(obligation__document__name=doc)
    rows = rows.filter(state=state) if state else rows
    return sorted(rows.values_list("obligation__uid", "window", "state"))


def history(action: str) -> list[models.History]:
    return list(models.History.objects.filter(action=action).order_by("seq"))


def test_a_first_import_brings_everything_as_new(desk: Desk) -> None:
    one = desk.take(LINES).imported[0]
    assert not one.known
    assert [o.id for o in one.difference.new] == uids()
    assert len(uids()) == 2
    assert windows()


def test_reading_the_same_again_changes_nothing(desk: Desk) -> None:
    desk.take(LINES)
    before = (uids(), windows(), models.History.objects.count())
    assert desk.take(LINES).imported[0].unchanged
    assert (uids(), windows(), models.History.objects.count()) == before


@pytest.mark.parametrize("moved", [lambda text: "\n\n" + text.replace("，形成", "，\n形成"), lambda text: text])
def test_lines_that_move_keep_ids_and_occurrences(desk: Desk, moved: Callable[[str], str]) -> None:
    desk.take(LINES)
    before = (uids(), windows())
    one = desk.take(moved(LINES), name="b.txt").imported[0]
    assert (uids(), windows()) == before
    assert len(one.difference.moved) == 2
    assert one.difference.added == one.difference.ended == ()
    document = models.Document.objects.get(name=NUMBER)
    assert (document.file, document.version) == (str(desk.folder / "b.txt"), 1)


def test_a_moved_record_tells_where_it_stands_now(desk: Desk) -> None:
    desk.take(LINES)
    first = models.Obligation.objects.get(uid=uids()[0])
    desk.take("\n\n\n" + LINES, name="b.txt")
    second = models.Obligation.objects.get(uid=first.uid)
    assert second.record["lines"] == [line + 3 for line in first.record["lines"]]
    assert second.record["file"].endswith("b.txt")
    assert {name for name in first.record if first.record[name] != second.record[name]} == {"file", "lines"}
    assert history("import")[-1].detail["moved"] == 2


def test_a_corrected_deadline_retires_the_old_one_and_plans_the_new(desk: Desk) -> None:
    desk.take(LINES)
    old, monthly = uids()
    one = desk.take(LINES.replace("11月20日前", "11月25日前"), at="2022-11-03T09:00").imported[0]
    ((was, now),) = one.difference.changed
    assert (was.id, now.id) == (old, next(uid for uid in uids() if uid != monthly))
    assert one.tasks == 1
    assert uids("retired") == [old]
    assert [state for uid, _, state in windows() if uid == old] == ["retired"]
    assert [state for uid, _, state in windows() if uid == now.id] == ["open"]
    assert models.Document.objects.get(name=NUMBER).version == 2


def test_the_history_says_what_took_the_place_of_what(desk: Desk) -> None:
    desk.take(LINES)
    old = uids()[0]
    desk.take(LINES.replace("11月20日前", "11月25日前"), at="2022-11-03T09:00")
    (retired,) = history("retired")
    assert retired.subject == f"obligation:{old}"
    new = retired.detail["replaced_by"]
    assert history("accepted")[-1].subject == f"obligation:{new}"
    assert history("accepted")[-1].detail["replaces"] == old
    assert desk.app.ledger.journal.broken_at() is None


def test_a_deadline_that_a_correction_moved_into_the_past_chases_nobody(desk: Desk) -> None:
    desk.take(LINES)
    one = desk.take(LINES.replace("11月20日前", "11月10日前"), at="2022-11-15T09:00").imported[0]
    new = one.difference.changed[0][1].id
    assert [state for uid, _, state in windows() if uid == new] == ["history"]


def test_a_provision_that_is_gone_ends_with_what_is_open_under_it(desk: Desk) -> None:
    desk.take(LINES)
    gone = uids()[1]
    text = "\n".join(line for line in LINES.split("\n") if not line.startswith("（二）"))
    one = desk.take(text, at="2022-11-03T09:00").imported[0]
    assert [o.id for o in one.difference.gone] == [gone]
    assert {state for uid, _, state in windows() if uid == gone} == {"retired"}


def test_a_correction_that_is_taken_back_brings_the_duty_and_its_task_back(desk: Desk) -> None:
    desk.take(LINES)
    before = (sorted(uids()), windows())
    desk.take(LINES.replace("11月20日前", "11月25日前"), at="2022-11-03T09:00")
    one = desk.take(LINES, at="2022-11-04T09:00").imported[0]
    assert len(one.difference.returned) == 1
    assert sorted(uids()) == before[0]
    assert [window for window in windows() if window[2] != "retired"] == before[1]


def test_other_parties_keep_the_id_and_change_the_owners(desk: Desk) -> None:
    text = LINES.replace("星海镇：", "星海镇、区教育体育局：").replace("（一）星海镇于", "（一）于")
    desk.take(text)
    first = uids()[0]
    one = desk.take(text.replace("星海镇、区教育体育局：", "区教育体育局："), at="2022-11-03T09:00").imported[0]
    assert [new.id for _, new in one.difference.amended] == [first]
    owners = models.Occurrence.objects.filter(obligation__uid=first)
    assert sorted(owners.values_list("party", "state")) == [("区教育体育局", "open"), ("星海镇", "retired")]
    assert history("amended")[0].detail["was"]["parties"][0]["name"] == "星海镇"


def test_a_repealed_document_ends_with_its_open_tasks(desk: Desk) -> None:
    desk.take(LINES)
    open_before = [window for window in windows() if window[2] in ("open", "upcoming")]
    one = desk.take(REPEALING, at="2022-11-10T09:00", name="c.txt").imported[0]
    (repealed,) = one.repealed
    assert (repealed.name, repealed.by, repealed.duties) == (NUMBER, "甲政发〔2022〕9号", 2)
    assert repealed.tasks == len(open_before) > 0
    assert uids() == []
    assert {state for _, _, state in windows()} == {"retired"}
    assert history("repealed")[0].detail["repealed_by"] == "甲政发〔2022〕9号"
    assert windows(doc="甲政发〔2022〕9号")


def test_a_document_that_is_repealed_before_it_comes_never_lives(desk: Desk) -> None:
    desk.take(REPEALING, at="2022-11-10T09:00", name="c.txt")
    one = desk.take(LINES, at="2022-11-11T09:00").imported[0]
    assert set(one.states.values()) == {"retired"}
    assert windows() == []


def test_a_corrected_text_of_a_repealed_document_stays_repealed(desk: Desk) -> None:
    desk.take(LINES)
    desk.take(REPEALING, at="2022-11-10T09:00", name="c.txt")
    desk.take(LINES.replace("11月20日前", "11月25日前"), at="2022-11-11T09:00")
    assert uids() == []
    assert windows("open") == []


def test_a_repeal_that_is_read_again_ends_nothing_twice(desk: Desk) -> None:
    desk.take(LINES)
    desk.take(REPEALING, at="2022-11-10T09:00", name="c.txt")
    assert desk.take(REPEALING, at="2022-11-11T09:00", name="c.txt").imported[0].unchanged
    assert len(history("repealed")) == 1


def test_a_rehearsal_tells_all_and_writes_nothing(desk: Desk) -> None:
    desk.take(LINES)
    before = (uids(), windows(), models.History.objects.count(), models.Document.objects.count())
    for name, text in (("a.txt", LINES.replace("11月20日前", "11月25日前")), ("c.txt", REPEALING)):
        (desk.folder / name).write_text(text, encoding="utf-8")
    with freeze_time("2022-11-11T09:00+08:00"):
        report = desk.app.rehearse(wiring.read_paths([desk.folder / "a.txt", desk.folder / "c.txt"]))
    assert len(report.imported[0].difference.changed) == 1
    assert report.imported[1].repealed[0].name == NUMBER
    assert (uids(), windows(), models.History.objects.count(), models.Document.objects.count()) == before


def test_an_old_text_is_asked_about_once(desk: Desk) -> None:
    desk.take(LINES, at="2024-01-10T09:00")
    desk.take("\n" + LINES, at="2024-01-11T09:00")
    assert models.Question.objects.filter(key=f"in-force:{NUMBER}").count() == 1
    assert uids("asked") == [uids("asked")[0]]
