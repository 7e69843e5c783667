"""Every form of the grammar reads its own example, and typical expressions mean what an official would say."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.derivation.grammar import FORMS, time_expressions
from monitor.derivation.grammar.scan import speaks_of_time
from monitor.derivation.grammar.values import summary


def read(text):
    return [(e.form, summary(e.value)) for e in time_expressions(text)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_reads_its_own_example(form):
    text, meaning = form.example
    first, *others = read(f"各单位{text}完成")
    assert first == (form.name, meaning)
    assert bool(others) == form.name.endswith("-listed")


def test_names_of_forms_are_unique():
    assert len({form.name for form in FORMS}) == len(FORMS)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2022年10月20日前", "until 2022-10-20"),
        ("二〇二二年十月二十日前", "until 2022-10-20"),
        ("2022 年 10 月 20 日前", "until 2022-10-20"),
        ("10月27日之前", "until 10-27"),
        ("6月20日18：00前", "until 06-20 18:00"),
        ("6月20日下午5时前", "until 06-20 17:00"),
        ("9月15日（星期五）下班前", "until 09-15"),
        ("次年1月15日前", "until +1/01-15"),
        ("2020年12月底前", "until 2020-12"),
        ("9月份完成", "until 09"),
        ("第三季度完成", "until 09"),
        ("上半年完成", "until 06"),
        ("2025年底前", "until 2025"),
        ("年底前", "until year"),
        ("当年年底前", "until year yearly"),
        ("“十五五”期末", "until 2030"),
        ("月底前", "until month of issue"),
        ("2023年12月1日至2024年2月底", "between 2023-12-01 2024-02"),
        ("10月1日—10月31日", "between 10-01 10-31"),
        ("11月15日至次年3月31日", "between 11-15 +1/03-31"),
        ("每年十月一日至次年四月三十日", "between 10-01 +1/04-30 yearly"),
        ("每年3月底前", "every P1Y due 03-31"),
        ("每年2月底前", "every P1Y due 02-28"),
        ("每年第三季度", "every P1Y from 07-01 to 09-30"),
        ("每年年底前", "every P1Y due 12-31 year"),
        ("每年九月", "every P1Y from 09-01 to 09-30"),
        ("每半年", "every P6M"),
        ("每个季度", "every P3M"),
        ("每三个月", "every P3M rolling"),
        ("每两年", "every P2Y rolling"),
        ("每隔两周", "every P14D rolling"),
        ("每周五前", "every P7D"),
        ("每日17时前", "every P1D"),
        ("每4小时", "every PT4H rolling"),
        ("每月10日至15日", "every P1M from_day 10 due_day 15"),
        ("每月底", "every P1M due_day 31"),
        ("每季度末月25日前", "every P3M due_day 25 due_month 3"),
        ("季度终了后15日内", "every P3M after 季度终了 within P15D"),
        ("会计年度终了后4个月内", "every P1Y after 会计年度终了 within P4M"),
        ("每学期开学后两周内", "every P6M after 开学 within P14D"),
        ("按季度向", "every P3M"),
        ("半年一次", "every P6M"),
        ("30分钟内", "within PT30M"),
        ("二十四小时以内", "within PT24H"),
        ("半个月内", "within P15D"),
        ("一个半月前", "before P1M15D"),
        ("两周内", "within P14D"),
        ("十五个工作日之内", "within 15 workdays"),
        ("七日前", "before P7D"),
        ("提前五日", "before P5D"),
        ("届满前30日", "before P30D"),
        ("不得超过20个工作日", "not_over 20 workdays"),
        ("不得少于六十日", "at_least P60D"),
        ("次日", "within P1D"),
        ("24小时值班", "cover 24h"),
    ],
)
def test_typical_expressions(text, meaning):
    assert [said for _, said in read(f"各单位{text}办理" if not text.endswith(("向", "完成")) else text + "报告")] == [
        meaning
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“十四五”规划", "三年行动", "12345热线", "年平均日照3069.6小时", "10分钟健身圈", "国办发〔2015〕56号",
        "不超过3个已完工的工程", "第23次常务会议", "次日六时", "二十四史", "每个人", "一次性告知",
    ],
)  # fmt: skip
def test_what_is_no_time_expression(text):
    assert read(text) == []


def test_a_meeting_number_is_no_frequency():
    assert not [form for form, _ in read("主持召开2022年第10次党组会议") if form == "so-often"]


@given(st.text(alphabet="每年月日季度前后内至底0123456789一二三十个工作半终了当次（），。", max_size=60))
def test_expressions_are_ordered_and_never_overlap(text):
    found = list(time_expressions(text))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= e.start < e.end <= len(text) for e in found)
    assert bool(found) <= speaks_of_time(text)
