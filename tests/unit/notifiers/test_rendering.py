"""Whole messages: kind, salutation, subject, HTML that escapes and needs nothing from elsewhere."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from monitor.domain.notice import Recipient
from notifiers.book import clipped
from notifiers.rendering import render, salutation
from tests.unit.notifiers.notice_samples import (
    ALARM,
    BULLETIN,
    DIGEST,
    LEAD,
    MAYOR,
    MEETING,
    MESSAGES,
    OFFICE,
    SLIP,
    UNREACHED,
    at,
    message,
    view,
)

EVIL = "<script>alert(1)</script>&\"'"
LATE = view("late-head", MEETING, "escalation")
KINDS = {"reminder": LEAD, "escalation": LATE, "slip": SLIP, "bulletin": BULLETIN, "alarm": UNREACHED}


class Outline(HTMLParser):
    """Tags with their attributes, and the text between them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.said = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.said.append(data)

    @property
    def text(self):
        return "".join("".join(self.said).split())


def evil(notice):
    duty = notice.duty and replace(
        notice.duty,
        doc=EVIL,
        title=EVIL,
        action=EVIL,
        quote=EVIL,
        party=EVIL,
        provision=EVIL,
        sanction=EVIL,
        report_to=(EVIL,),
    )
    return replace(notice, duty=duty, remark=EVIL, slip_number=EVIL)


@pytest.mark.parametrize("notices", [*((n,) for n in KINDS.values()), tuple(DIGEST)], ids=[*KINDS, "digest"])
@pytest.mark.parametrize("outage", [False, True])
def test_html_escapes_whatever_a_document_or_directory_says(notices, outage):
    evils = tuple(evil(notice) for notice in notices)
    rendered = render(Recipient("x", EVIL, EVIL, ""), evils, at("2022-10-21 08:30"), office=EVIL, outage=outage)
    assert "<script" not in rendered.html
    assert "script" not in {tag for tag, _ in Outline(rendered.html).tags}
    assert "&lt;script&gt;" in rendered.html
    assert "<script>" in rendered.text


@pytest.mark.parametrize("name", MESSAGES)
def test_html_needs_nothing_from_elsewhere_and_fits_a_phone(name):
    outline = Outline(MESSAGES[name]().html)
    names = {tag for tag, _ in outline.tags}
    assert not names & {"img", "link", "script", "iframe", "table", "object"}
    assert [attrs["href"] for _, attrs in outline.tags if "href" in attrs] in (
        [],
        ["https://duban.example/ledger"],
        ["https://duban.example/ledger/canary/t0ken"],
    )
    assert any("max-width:640px" in attrs.get("style", "") for _, attrs in outline.tags)
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in outline.tags


@pytest.mark.parametrize("name", [name for name in MESSAGES if name != "outage"])
def test_html_says_what_the_text_says(name):
    """Except labels' colons, rules, and the standing, which HTML says once in colour."""
    rendered = MESSAGES[name]()
    html = Outline(rendered.html).text
    for line in rendered.text.splitlines():
        label, _, said = line.strip("　 ").partition("：")
        if label not in ("查看台账", "剩余", "状态", "编号") and "——" not in line:
            assert "".join(said.split()) in html, line


@pytest.mark.parametrize("kind", KINDS)
def test_a_single_notice_keeps_its_kind(kind):
    assert message("2022-12-16 08:30", KINDS[kind]).kind == kind


def test_several_notices_are_a_digest():
    assert message("2022-12-16 08:30", LEAD, SLIP).kind == "digest"


def test_the_subject_of_the_first_message():
    subject = message("2022-10-18 10:12", LEAD).subject
    assert subject == "【督办】还有2天：召开考核工作领导小组会议（石大党办综〔2022〕50号）"


def test_a_simulated_ledger_says_so_in_subject_text_and_html():
    rendered = message("2022-10-18 10:12", LEAD, simulated=True)
    assert rendered.subject.startswith("【模拟台账】【督办】还有2天")
    assert "由模拟台账生成" in rendered.text
    assert "由模拟台账生成" in rendered.html
    live = message("2022-10-18 10:12", LEAD)
    assert "模拟" not in live.subject + live.text + live.html


def test_the_ledgers_address_is_linked_where_given():
    rendered = message("2022-10-18 10:12", LEAD, ledger_url="https://duban.example/?a=1&b=2")
    assert "查看台账：https://duban.example/?a=1&b=2" in rendered.text
    assert 'href="https://duban.example/?a=1&amp;b=2"' in rendered.html
    assert "查看台账" not in message("2022-10-18 10:12", LEAD).text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://duban.example", "duban.example", "//duban.example"])
def test_an_address_of_another_kind_is_refused(url):
    with pytest.raises(ValueError, match="http"):
        message("2022-10-18 10:12", LEAD, ledger_url=url)


def test_nothing_to_tell_is_refused():
    with pytest.raises(ValueError, match="at least one notice"):
        render(MAYOR, (), at("2022-10-18 10:12"), office=OFFICE)


def test_line_breaks_in_a_matter_leave_the_subject_one_line():
    broken = replace(MEETING, action="召开\r\n会议", doc="石大\n50号")
    assert message("2022-10-18 10:12", view("lead-1", broken)).subject == "【督办】还有2天：召开会议（石大 50号）"


def test_template_code_in_a_document_is_only_text():
    rendered = message("2022-10-18 10:12", view("lead-1", replace(MEETING, action="{{ 7*7 }}{% raise %}")))
    assert "事项：{{ 7*7 }}{% raise %}" in rendered.text


@pytest.mark.parametrize(
    ("recipient", "text"),
    [
        (Recipient("a", "刘强", "区长", "区人民政府"), "区长刘强同志"),
        (Recipient("a", "刘强", "", ""), "刘强同志"),
        (Recipient("a", "区财政局联络员", "", "区财政局"), "区财政局联络员"),
        (Recipient("a", "区财政局联络员", "联络员", "区财政局"), "区财政局联络员"),
        (Recipient("a", "区政府总值班室", "总值班室", "区人民政府"), "区政府总值班室"),
    ],
)
def test_people_are_addressed_by_post_and_desks_by_name(recipient, text):
    assert salutation(recipient) == text


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("报送自查报告", "报送自查报告"),
        ("一二三四五六七八九十", "一二三四五六七八九十"),
        ("一二三四五六七八九十甲", "一二三四五六七八九…"),
        ("一二三四五六七八，十甲", "一二三四五六七八…"),
        ("一二三四五六七八…十甲", "一二三四五六七八…"),
        ("尚未导入。", "尚未导入"),
    ],
)
def test_long_matters_are_clipped_in_subjects(text, short):
    assert clipped(text, 10) == short


def test_an_outage_list_of_one_keeps_the_kind_of_its_notice():
    rendered = message("2022-10-21 09:00", LEAD, outage=True)
    assert rendered.kind == "reminder"
    assert rendered.subject == "【督办】您有1项事项待处理（停运期间汇总，10月21日）"


def test_a_digest_counts_each_heading_in_the_subject():
    assert message("2022-10-21 08:30", LEAD, ALARM).subject == "【督办】2项事项：已逾期1项、系统告警1项（10月21日）"


def test_a_draft_bulletin_says_that_it_needs_approval_and_what_the_document_threatens():
    approval = "须经政府或其主要负责人批准"
    plain = message("2022-12-16 08:30", BULLETIN)
    assert approval in plain.text
    assert approval in plain.html
    assert "文件未写明逾期后果" in plain.text
    threatened = replace(BULLETIN, duty=replace(MEETING, sanction="予以通报批评"))
    assert "文件规定：“予以通报批评”" in message("2022-12-16 08:30", threatened).text
    assert approval in message("2022-12-16 08:30", BULLETIN, LEAD).text
