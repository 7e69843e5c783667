"""Which event is the one that a duty waits for: the same by name, like it, or another."""

from datetime import datetime

import pytest

from monitor.domain.chain import followers, follows
from monitor.domain.event import Event, EventNames, awaited, fit, is_relative, plain, waits_for_response
from monitor.domain.obligation import Obligation
from schedules.civil import TZ

AT = datetime(2022, 11, 1, 8, 0, tzinfo=TZ)
PLAN = "石大政办发〔2022〕61号"
NONE = EventNames()


def duty(kind="triggered", parties=("各成员单位",), action="报告", quote="", doc=PLAN, uid="a", report_to=(), **rule):
    return Obligation.from_register(
        {
            "id": uid, "file": "a.txt", "doc": doc, "title": "防汛抗旱应急预案", "issued": "2022-10-27",
            "provision": "一", "lines": [1, 1], "quote": quote or action, "time_text": [],
            "parties": [{"name": name, "role": "responsible"} for name in parties], "action": action,
            "report_to": list(report_to), "kind": kind, "rule": rule, "confidence": 1.0, "derived_by": "test",
        }
    )  # fmt: skip


def waits(event, **more):
    return duty(event=event, within="PT30M", **more)


def cover(during, **more):
    return duty("continuous", during=during, coverage="24h", **more)


def event(name, **more):
    return Event(key="k", name=name, at=AT, told_at=AT, **more)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("启动Ⅲ级应急响应", "三级应急响应"),
        ("III级应急响应启动", "三级应急响应"),
        ("3级应急响应期间", "三级应急响应"),
        ("自收到申请之日起", "收到申请"),
        ("会议召开 前", "会议召开"),
        ("“汛期”开始", "汛期"),
        ("IV级 响应", "四级响应"),
        ("发生后", "发生"),
    ],
)
def test_a_plain_name_leaves_out_what_varies_in_writing(name, same):
    assert plain(name) == same


def test_a_name_that_is_nothing_but_such_words_stays():
    assert plain("启动") == "启动"
    assert plain(" ，") == ""


@pytest.mark.parametrize(
    ("told", "text", "found"),
    [
        ("收到申请", "收到申请", "same"),
        ("收到申请之日", "自收到申请", "same"),
        ("获知重要汛情旱情", "区防指各成员单位获知重要汛情旱情", "same"),
        ("获知重要汛情", "区防指各成员单位获知重要汛情旱情", "near"),
        ("获知重要旱情汛情", "获知重要汛情旱情", "near"),
        ("地震应急响应", "应急响应", "near"),
        ("项目竣工", "收到申请", "none"),
        ("收到举报", "收到", "none"),
        ("防汛Ⅲ级应急响应", "汛", "none"),
    ],
)
def test_what_is_equal_starts_what_resembles_is_asked(told, text, found):
    assert fit(event(told), waits(text), NONE) == found


def test_names_laid_down_as_equal_are_equal():
    names = EventNames.of([["事发", "突发事件发生"]])
    assert fit(event("突发事件发生后"), waits("事发"), names) == "same"
    assert fit(event("突发事件发生后"), waits("事发"), NONE) == "none"


@pytest.mark.parametrize("basis", ["依石大政办发〔2022〕61号启动", "《防汛抗旱 应急预案》第五章"])
def test_a_response_declared_under_the_duties_own_document_is_the_one(basis):
    assert fit(event("启动防汛Ⅲ级应急响应", basis=basis), cover("应急响应"), NONE) == "same"


def test_a_response_declared_under_another_document_is_asked():
    assert fit(event("启动地震Ⅲ级应急响应", basis="石大政办发〔2022〕7号"), cover("应急响应"), NONE) == "near"
    assert fit(event("启动应急响应", basis=PLAN), cover("Ⅲ级应急响应"), NONE) == "near"


def test_only_responses_are_named_by_their_document():
    season = duty("recurring", every="P1Y", event="汛", before="P0D")
    assert fit(event("启动防汛Ⅲ级应急响应", basis=PLAN), season, NONE) == "none"


def test_the_calendar_alone_starts_what_names_no_event():
    fixed = duty("fixed", due="2022-12-10")
    assert awaited(fixed) == ""
    assert fit(event("会议召开"), fixed, NONE) == "none"


def test_each_kind_says_what_it_waits_for():
    assert awaited(waits("收到申请")) == "收到申请"
    assert awaited(cover("应急响应")) == "应急响应"
    assert awaited(duty("recurring", every="P1Y", event="汛", before="P0D")) == "汛"
    assert awaited(duty("recurring", every="P1Y")) == ""


def test_a_response_is_declared_a_season_has_dates():
    assert waits_for_response(cover("应急响应"))
    assert not waits_for_response(cover("森林草原防火戒严期"))
    assert not waits_for_response(waits("启动应急响应"))


@pytest.mark.parametrize("name", ["事发单位", "项目建设单位", "事发地乡镇", "申请人", "该单位"])
def test_some_parties_only_the_event_can_name(name):
    assert is_relative(name)


@pytest.mark.parametrize("name", ["区财政局", "各成员单位", "人民政府"])
def test_most_parties_have_names_of_their_own(name):
    assert not is_relative(name)


def test_the_same_facts_are_name_moment_and_organ():
    one = event("收到申请", organ="区财政局")
    assert one.same_facts(event("收到申请", organ="区财政局", basis="另一份记录"))
    assert not one.same_facts(event("收到申请"))


PHONE = duty(event="突发事件发生", within="PT15M", parties=("事发单位",), action="电话报告区政府办公室",
             report_to=("区政府办公室",), uid="phone")  # fmt: skip
WRITTEN = duty(event="电话报告", within="PT30M", parties=("事发单位",), action="书面报告区政府办公室",
               report_to=("区政府办公室",), uid="written")  # fmt: skip
FURTHER = duty(event="书面报告", within="PT2H", parties=("事发单位",), action="续报处置进展", uid="further")
UP = duty(event="收到事发单位书面报告", within="PT1H", parties=("区政府办公室",), action="上报市政府", uid="up")
LAST = duty(event="处置结束", within_workdays=2, parties=("事发单位",), action="报送终报", uid="last")
ALL = (PHONE, WRITTEN, FURTHER, UP, LAST)


def test_reports_follow_one_another_as_the_text_says():
    assert [[one.id for one in followers(done, ALL)] for done in ALL] == [["written"], ["further", "up"], [], [], []]


def test_a_report_received_must_come_from_its_sender_and_reach_the_duty():
    heard = duty(event="收到成员单位的报告", within="PT1H", parties=("区防指",), action="上报市防指", uid="heard")
    told = waits("获知重要汛情", action="上报区防指", report_to=("区防指",))
    assert follows(told, heard)
    assert not follows(waits("获知重要汛情", action="上报区政府"), heard), "it reaches somebody else"
    assert not follows(waits("获知", action="上报区防指", parties=("区财政局",)), heard), "somebody else sends it"
    assert not follows(waits("获知", action="配合区防指"), heard), "nothing is reported"


def test_documents_do_not_chain_into_one_another():
    other = duty(event="电话报告", within="PT30M", doc="石大政办发〔2022〕7号", uid="other")
    assert followers(PHONE, [other]) == ()
    assert not follows(PHONE, duty("fixed", due="2022-12-10"))
