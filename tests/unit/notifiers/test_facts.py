"""The labelled lines of a notice, piece by piece."""

from dataclasses import replace
from datetime import date

import pytest

from notifiers.facts import deadline_of, facts, progress_of, provision_text, source_of, titled
from tests.unit.notifiers.notice_samples import (
    ALARM,
    BULLETIN,
    CLOCK,
    MEETING,
    QUARTER,
    REPORT,
    SEASON,
    SLIP,
    UNREACHED,
    at,
    view,
)

NOW = at("2022-12-12 08:30")


def lines(notice, now=NOW, **more):
    return dict(facts(notice, now, **more).lines)


@pytest.mark.parametrize(
    ("duty", "text"),
    [
        (MEETING, "2022年10月20日（星期四）24时前"),
        (REPORT, "2022年12月10日（星期六）24时前，该日为休息日，期限不顺延"),
        (QUARTER, "2022年12月31日（星期六）24时前（2022年第四季度）"),
        (SEASON, "2022年10月1日（星期六）至2023年5月31日（星期三）"),
        (CLOCK, "2022年7月30日（星期六）14时35分前"),
        (replace(SEASON, end=None), "自2022年10月1日（星期六）起"),
        (replace(SEASON, start=None, end=None), "持续落实"),
        (replace(CLOCK, due=None), "待定"),
        (
            replace(MEETING, due=at("2028-01-01 00:00"), provisional=True),
            "2027年12月31日（星期五）24时前，该年度放假安排尚未公布，期限为暂定",
        ),
        (
            replace(QUARTER, start=date(2022, 12, 31), end=date(2022, 12, 31)),
            "2022年12月31日（星期六）24时前",
        ),
    ],
)
def test_by_when(duty, text):
    assert deadline_of(duty) == text


@pytest.mark.parametrize(
    ("least", "reports", "text"),
    [
        (1, 0, ""),
        (1, 1, "已报1次，应不少于1次（1/1），次数已满"),
        (2, 0, "已报0次，应不少于2次（0/2），尚缺2次"),
        (3, 1, "已报1次，应不少于3次（1/3），尚缺2次"),
        (3, 4, "已报4次，应不少于3次（4/3），次数已满"),
    ],
)
def test_k_of_n(least, reports, text):
    assert progress_of(replace(MEETING, count_min=least, reports=reports)) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("三/（六）", "三（六）"),
        ("二/（三）/2", "二（三）第2项"),
        ("第十二条", "第十二条"),
        ("附件/42", "附件第42项"),
        ("工作要求", "工作要求"),
        ("", ""),
    ],
)
def test_provisions_as_one_cites_them(path, text):
    assert provision_text(path) == text


def test_titles_inside_titles_take_single_marks():
    assert titled("关于印发《方案》的通知") == "《关于印发〈方案〉的通知》"
    assert titled("") == ""


def test_the_source_is_number_title_and_provision():
    assert source_of(SEASON) == "石大政发〔2022〕45号《大武口区人民政府关于发布森林草原防火戒严令的通知》三（六）"
    assert source_of(SEASON, brief=True) == "石大政发〔2022〕45号三（六）"


def test_a_document_without_a_number_is_known_by_its_title_even_in_brief():
    assert source_of(CLOCK, brief=True) == source_of(CLOCK) == "《大武口区防汛应急预案》5.2（一）"


def test_every_duty_says_what_by_when_how_long_and_on_what_basis():
    said = facts(view("lead-3", MEETING), at("2022-10-17 08:30"))
    assert said.matter == "召开考核工作领导小组会议"
    assert dict(said.lines) == {
        "责任主体": "考核工作领导小组",
        "期限": "2022年10月20日（星期四）24时前",
        "剩余": "还有3天",
        "依据": f"{source_of(MEETING)}：“2022年10月20日前，召开考核工作领导小组会议”",
    }
    assert said.consequence == "逾期未办结的，将依次提醒负责人、报告分管领导、发出催办单。"


def test_report_to_event_core_and_remark_are_said_where_there_are_any():
    assert lines(view("minute-0", CLOCK), at("2022-07-30 14:05"))["报送"] == "区防汛抗旱指挥部"
    assert lines(view("minute-0", CLOCK), at("2022-07-30 14:05"))["起算事件"] == "险情发生"
    assert lines(view("start", SEASON))["高火险期"] == "2023年1月15日（星期日）至2023年4月15日（星期六）"
    assert lines(view("lead-1", MEETING, remark="原期限已延长。"))["说明"] == "原期限已延长。"


def test_line_breaks_of_the_source_do_not_break_the_quote():
    wrapped = replace(MEETING, quote="1月15日至4月15\n\n日为高火险期", action="召开\n会议")
    said = facts(view("day", wrapped), NOW)
    assert said.matter == "召开会议"
    assert dict(said.lines)["依据"].endswith("“1月15日至4月15日为高火险期”")


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (view("day", REPORT), "逾期未办结的，将依次提醒负责人、报告分管领导、发出催办单。"),
        (view("late-head", REPORT, "escalation"), "仍未办结的，将报告分管领导、发出催办单。"),
        (view("late-leader", REPORT, "escalation"), "仍未办结的，将发出催办单。"),
        (SLIP, "仍未办结的，将拟写通报，报请批准后发布。"),
        (BULLETIN, "通报经批准后发布。"),
        (view("minute-half", CLOCK), "超过时限的，将立即报告负责人。"),
        (view("breach", CLOCK, "escalation"), "仍未办结的，将报告分管领导、发出催办单。"),
        (view("start", replace(SEASON, sanction=None)), "期间届满即告结束，不按逾期催办。"),
        (view("start", SEASON), "文件规定：“造成火灾事故的，由公安部门依法查处”。"),
        (view("late-head", replace(REPORT, sanction="予以通报批评")), "文件规定：“予以通报批评”。"),
        (UNREACHED, ""),
    ],
)
def test_what_happens_otherwise_is_the_documents_own_word_or_the_next_step(notice, text):
    assert facts(notice, NOW).consequence == text


def test_a_slip_bears_its_number_and_a_draft_its_condition():
    assert facts(SLIP, NOW).head == (("催办单", "催〔2022〕3号"),)
    assert facts(replace(SLIP, slip_number=None), NOW).head == (("催办单", "待编号"),)
    assert facts(BULLETIN, NOW).head == (("通报", "草稿，须经政府或其主要负责人批准后方可发布"),)
    assert facts(view("day", REPORT), NOW).head == ()


def test_an_alarm_is_its_remark_and_names_the_duty_it_is_about():
    assert facts(ALARM, NOW).matter == "2027年放假安排尚未导入，2027年的到期日均为暂定。"
    assert facts(ALARM, NOW).lines == ()
    assert facts(UNREACHED, NOW).matter == "本步提醒无人可送达，已转送上一级。"
    assert lines(UNREACHED)["涉及事项"] == "报送自查报告"
    assert facts(replace(ALARM, remark=None), NOW).matter == "系统告警"


def test_brief_facts_name_the_document_by_its_number_alone():
    assert (
        lines(view("day", REPORT), brief=True)["依据"]
        == "石大党办综〔2022〕50号五（四）：“2022年12月10日前，报送自查报告”"
    )
