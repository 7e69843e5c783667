"""``replay.html`` as a whole: one sound file that needs nothing else."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from monitor.office.replay_page import render_replay
from tests.unit.office.replay_records import a_message, a_season, an_occurrence, weekdays_only

VOID = {"meta", "link", "br", "input"}
START, UNTIL = date(2022, 9, 20), date(2023, 6, 5)


class Tags(HTMLParser):
    """Checks that every element that opens closes, in order, and collects ids and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_startendtag(self, tag, attrs):
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[key] for key in ("href", "src") if key in values]

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def page(messages=(), occurrences=(), documents=("石大政发〔2022〕45号",), start=START, until=UNTIL) -> str:
    return render_replay(messages, occurrences, start=start, until=until, documents=documents, workdays=weekdays_only)


def checked(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    return tags


@pytest.fixture(scope="module")
def year() -> str:
    """Two thousand messages over the whole span."""
    days = [START + timedelta(days=n) for n in range(259) if weekdays_only(START + timedelta(days=n))]
    text = "请按期办理，依据如下。" * 110
    messages = [a_message(str(days[n % len(days)]), text=f"{n}：{text}") for n in range(2000)]
    messages.sort(key=lambda message: message["at"])
    return page(messages, [an_occurrence(), a_season()])


def test_every_element_closes_and_every_id_is_unique(year):
    tags = checked(year)
    assert len(tags.ids) == len(set(tags.ids))


def test_every_link_of_the_calendar_leads_to_a_day(year):
    tags = checked(year)
    inside = [link for link in tags.links if link.startswith("#d2")]
    assert inside
    assert {link[1:] for link in inside} <= set(tags.ids)


def test_nothing_is_loaded_from_anywhere(year):
    assert all(link.startswith(("#", "data:")) for link in checked(year).links)
    assert not re.search(r"url\(|@import|https?://", year)


def test_two_thousand_messages_stay_below_five_megabytes_and_say_what_was_cut(year):
    assert len(year.encode()) < 5_000_000
    assert '<pre class="cut">' in year


def test_many_more_messages_cost_text_before_they_cost_size():
    text = "请按期办理，依据如下。" * 110
    html = page([a_message("2022-10-19", text=text) for _ in range(7000)])
    assert 4_500_000 < len(html.encode()) < 5_000_000


def test_short_texts_are_never_cut_for_long_ones():
    long = [a_message("2022-10-19", text="长" * 600_000) for _ in range(3)]
    html = page([*long, a_message("2022-10-20", text="短信末句。")])
    assert html.count('<pre class="cut">') == 3
    assert "短信末句。</pre>" in html


def test_figures_and_words_of_the_summary():
    late = an_occurrence(missed=True)
    html = page([a_message("2022-10-19"), a_message("2022-10-22", kind="escalation", step="late-head")], [late])
    assert "<b>2</b>条消息" in html
    assert "<b>1</b>项逾期" in html
    assert "<b>1</b>条在休息日发出" in html
    assert "严波（区政府 副区长）" in html
    assert "逾期，报单位负责人" in html


def test_nobody_is_ranked_by_how_much_was_written_to_him():
    often = [a_message("2022-10-19", person="严波"), a_message("2022-10-20", person="严波")]
    html = page([*often, a_message("2022-10-19", person="丁惠军")])
    summary = html[: html.index("严波（")]
    assert "丁惠军（" in summary


def test_an_addressee_is_not_named_twice():
    html = page([a_message("2022-10-19", person="星海镇联络员", post="星海镇联络员", organ="星海镇")])
    assert "星海镇联络员（星海镇）：" in html


def test_what_a_document_says_is_never_markup():
    html = page([a_message("2022-10-19", text="<script>alert(1)</script>")], [an_occurrence(party="<b>甲</b>")])
    assert "<script>alert" not in html
    assert "<b>甲</b>" not in html
    checked(html)


def test_an_empty_span_says_so():
    html = page()
    checked(html)
    assert "这段时间没有消息" in html
    assert "这段时间没有任务" in html


def test_the_busy_and_the_due_day_are_marked():
    html = page([a_message("2022-10-20")], [an_occurrence(), a_season()])
    cell = re.search(r'<td class="([^"]*)" title="2022-10-20 周四：1 条消息，1 项到期，期间之内">', html)
    assert cell
    assert cell.group(1).split() == ["l4", "season"]
