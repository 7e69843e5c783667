"""The office's pages as a browser gets them."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from freezegun import freeze_time

from monitor.ledger import models
from monitor.ledger.page_queries import PAGE
from monitor.office.style import STYLE_SOURCE, source_hash
from schedules.civil import day_end
from tests.integration import office_ledger as given
from tests.integration.office_ledger import ECO, FIRE, NOW, TENANT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def october():
    with freeze_time(NOW):
        yield


@pytest.fixture
def ledger():
    return given.a_ledger()


@pytest.fixture
def eco(ledger):
    return given.an_obligation(given.a_document())


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_every_page_says_where_to_begin_while_nothing_is_imported(client):
    for path in ("/", "/occurrences/", "/documents/", "/messages/", "/questions/"):
        assert "台账尚未建立" in read(client, path)


def test_an_empty_ledger_has_something_useful_to_say_on_every_page(client, ledger):
    assert "今天没有处在期间之内的要求" in read(client, "/")
    assert "还没有任务" in read(client, "/occurrences/")
    assert "还没有文件" in read(client, "/documents/")
    assert "还没有消息" in read(client, "/messages/")
    assert "没有问题" in read(client, "/questions/")


def test_the_first_page_shows_what_is_due_and_who_owes_it(client, eco):
    for owner in ("甲局", "乙局", "丙局"):
        given.a_task(eco, owner)
    html = read(client, "/")
    assert "2022-10-20 周四" in html
    assert "24时前 · 还有1天" in html
    assert "甲局等3个单位（人员）" in html
    assert '<span class="light yellow">临期</span>' in html
    assert ECO in html


def test_the_first_page_shows_the_season_in_force_with_its_core(client, ledger):
    document = given.a_document(FIRE, issued=date(2022, 9, 29))
    season = given.an_obligation(document, "bb", "period", action="森林草原防火戒严期")
    given.a_season(season)
    html = read(client, "/")
    assert "2022-10-01 周六 至 2023-05-31 周三" in html
    assert "还有 224 天" in html
    assert "核心期 2023-01-15 至 2023-04-15" in html


def test_a_ledger_that_is_mostly_history_says_why_and_offers_the_day_in_one_click(client, eco):
    given.a_task(eco, state="history")
    html = read(client, "/")
    assert "台账中大部分是历史" in html
    assert "作为历史保存，不催办" in html
    form = re.search(r'<form class="asof" method="post" action="/simulate/">.*?</form>', html, re.S)
    assert form
    assert 'value="2022-10-19"' in form.group()
    assert "csrfmiddlewaretoken" in form.group()


def test_a_ledger_without_history_offers_no_other_day(client, eco):
    given.a_task(eco)
    assert "/simulate/" not in read(client, "/")


def test_overdue_tasks_stand_first(client, eco):
    given.a_task(eco, "甲局", missed=True, due=day_end(date(2022, 10, 17)))
    html = read(client, "/")
    assert html.index("逾期未办结") < html.index("今日有效")
    assert "已逾期2天" in html


def test_a_message_of_today_unfolds_to_its_text(client, eco):
    given.a_message(given.a_task(eco))
    html = read(client, "/")
    assert "严波" in html
    assert "请于10月20日前召开会议。" in html


def test_a_task_page_answers_why_this_date(client, eco):
    task = given.a_task(
        eco,
        steps=[given.a_step("lead-1", NOW), given.a_step("late-head", NOW + timedelta(days=2), role="head")],
        evidence="会议纪要第3号",
    )
    given.a_message(task)
    html = read(client, f"/occurrences/{task.pk}/")
    for words in (
        *(reason["text"] for reason in given.WHY),
        given.QUOTE,
        "第 41–42 行",
        "五（一）",
        "到期前1日",
        "逾期，报单位负责人",
        "会议纪要第3号",
    ):
        assert words in html
    assert "主要负责人" in html
    assert "未到时间" in html


def test_a_task_page_tells_what_was_passed_over_and_why(client, eco):
    task = given.a_task(eco, steps=[given.a_step("lead-7", NOW, passed_over="day")], handled_until=NOW)
    assert "由“当日”代为提醒" in read(client, f"/occurrences/{task.pk}/")


def test_a_task_of_history_says_that_nobody_is_chased(client, eco):
    task = given.a_task(eco, state="history", why=[])
    assert "历史任务不催办" in read(client, f"/occurrences/{task.pk}/")


def test_filters_stay_set_and_go_with_the_page_links(client, eco):
    for n in range(PAGE + 1):
        given.a_task(eco, f"局{n}")
    html = read(client, f"/occurrences/?state=live&kind=fixed&doc={eco.document_id}")
    assert '<option value="live" selected>' in html
    assert '<option value="fixed" selected>' in html
    assert f'<option value="{eco.document_id}" selected>' in html
    following = re.search(r'rel="next" href="([^"]+)"', html)
    assert following
    assert "第 2 / 2 页" in read(client, following.group(1).replace("&amp;", "&"))


@pytest.mark.parametrize(
    "query", ["state=nonsense", "doc=x", "doc=²", "page=-1", "page=9" * 40, "kind=%00", "party=%27"]
)
def test_nonsense_in_the_address_is_no_failure(client, eco, query):
    given.a_task(eco)
    read(client, f"/occurrences/?{query}")


def test_a_list_that_filters_everything_away_offers_the_way_back(client, eco):
    given.a_task(eco)
    html = read(client, "/occurrences/?state=done")
    assert "没有符合这些条件的任务" in html
    assert "看全部任务" in html


def test_a_document_page_shows_each_duty_with_its_quote(client, eco):
    given.a_task(eco)
    html = read(client, f"/documents/{eco.document_id}/")
    assert given.QUOTE in html
    assert "在办 1" in html
    assert ECO in read(client, "/documents/")


def test_the_message_list_names_people_and_filters_by_them(client, eco):
    given.a_message(given.a_task(eco))
    assert "严波" in read(client, "/messages/?person=yan-bo")
    assert "没有符合这些条件的消息" in read(client, "/messages/?person=liu-qiang")


def test_somebody_the_directory_does_not_know_is_shown_by_his_id(client, eco):
    given.a_message(given.a_task(eco), recipient="left-long-ago")
    assert "left-long-ago" in read(client, "/messages/")


def test_open_questions_stand_on_the_first_page_and_answers_on_theirs(client, ledger):
    given.a_question()
    given.a_question("仍然有效？", answered_at=NOW, answer="是")
    assert "通讯录中没有“副组长”" in read(client, "/")
    assert "仍然有效？" not in read(client, "/")
    assert "已答（2022-10-19 09:00）：是" in read(client, "/questions/")


def test_what_a_document_says_is_never_markup(client, ledger):
    document = given.a_document(title="<script>alert(1)</script>")
    task = given.a_task(given.an_obligation(document, action="<img src=x>", quote="<b>x</b>"), "<i>甲</i>")
    for path in ("/", "/occurrences/", f"/occurrences/{task.pk}/", f"/documents/{document.pk}/"):
        html = read(client, path)
        assert not re.search(r"<script|<img|<i>甲|<b>x", html)


@pytest.mark.parametrize("path", ["/occurrences/99/", "/documents/99/", "/nowhere/", "/as-of/nowhere/"])
def test_what_is_not_there_gets_a_plain_page(client, ledger, path):
    assert "没有这一页" in read(client, path, 404)


def test_another_tenants_task_is_not_there(client, ledger):
    given.a_ledger("elsewhere")
    document = given.a_document(tenant="elsewhere")
    task = given.a_task(given.an_obligation(document))
    assert "没有这一页" in read(client, f"/occurrences/{task.pk}/", 404)


@pytest.mark.parametrize("path", ["/", "/occurrences/", "/healthz"])
def test_pages_only_read(client, ledger, path):
    assert client.post(path).status_code == 405


def test_no_answer_is_kept_and_nothing_foreign_is_loaded(client, eco):
    given.a_task(eco)
    response = client.get("/")
    assert response["Cache-Control"] == "no-store"
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    html = response.content.decode()
    assert not re.search(r"https?://|<script|\sstyle=|\son[a-z]+=", html)


def test_the_policy_names_the_style_sheet_that_the_page_carries(client, ledger):
    html = read(client, "/")
    (sheet,) = re.findall(r"<style>(.*?)</style>", html, re.S)
    assert source_hash(sheet) == STYLE_SOURCE


def test_pages_are_chinese_and_fit_a_phone(client, ledger):
    html = read(client, "/")
    assert '<html lang="zh-CN">' in html
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in html


def test_health_says_when_the_ledger_was_last_swept(client, ledger):
    found = json.loads(read(client, "/healthz"))
    assert found == {"status": "ok", "database": "ok", "ledger": TENANT, "swept_at": "2022-10-19T01:00:00+00:00"}


def test_a_database_that_does_not_answer_is_bad_health_and_a_plain_page(client, ledger):
    client.raise_request_exception = False

    def broken(execute, sql, params, many, context):
        raise DatabaseError("gone")

    with connection.execute_wrapper(broken):
        assert json.loads(read(client, "/healthz", 503))["status"] == "failed"
        assert "系统出错" in read(client, "/", 500)


def test_a_form_that_is_not_ours_is_refused():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/simulate/", {"day": "2022-10-19"})
    assert response.status_code == 403
    assert "请求未被接受" in response.content.decode()


@pytest.mark.parametrize("day", ["", "tomorrow", "2022-13-01", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_meant_is_refused_in_words(client, ledger, day):
    response = client.post("/simulate/", {"day": day})
    assert response.status_code == 400
    assert "请填写1990年至2100年之间的日期" in response.content.decode()


def test_a_task_page_tells_what_people_did(client, eco):
    task = given.a_task(eco, state="open", returned=1, due_original=day_end(date(2022, 10, 18)), disputed_at=NOW)
    given.an_entry(1, task, "report", text="已报送", **{"from": "open", "to": "submitted"})
    html = read(client, f"/occurrences/{task.pk}/")
    assert "已延期，原期限 2022-10-18 周二" in html
    assert "2022-10-19 09:00 提出“不属本单位”" in html
    assert re.search(r"<dt>退回</dt><dd>1 次</dd>", html)
    assert "已报送；在办→待审核" in html


def test_k_of_n_is_shown_where_more_than_one_report_is_owed(client, eco):
    task = given.a_task(eco, count_min=3, reports=1)
    assert "已报 1 次，应不少于 3 次" in read(client, f"/occurrences/{task.pk}/")
    assert "1/3 次" in read(client, "/occurrences/")


def test_a_provisional_date_says_so(client, eco):
    task = given.a_task(eco, provisional=True)
    assert "当年放假安排尚未公布" in read(client, f"/occurrences/{task.pk}/")
    assert "暂定" in read(client, "/")


def test_a_late_completion_stays_known_as_late(client, eco):
    task = given.a_task(eco, state="done", missed=True)
    assert "曾逾期" in read(client, f"/occurrences/{task.pk}/")
    assert "曾逾期" in read(client, "/occurrences/?state=done")


def test_urgent_and_failed_messages_stand_out(client, eco):
    given.a_message(given.a_task(eco), urgent=True, state="failed", reason="550 no such user", sent_at=None)
    html = read(client, "/messages/")
    assert '<span class="tag urgent">急</span>' in html
    assert "发送失败：550 no such user" in html


def test_a_duty_that_waits_for_an_answer_is_marked_in_its_document(client, eco):
    models.Obligation.objects.update(state="asked")
    html = read(client, f"/documents/{eco.document_id}/")
    assert "待确认是否有效" in html
    assert "尚无任务" in html


def test_a_page_of_a_document_does_not_tell_where_the_server_keeps_it(client, eco):
    models.Document.objects.update(file="/srv/duban/in/a.txt")
    html = read(client, f"/documents/{eco.document_id}/")
    assert "a.txt" in html
    assert "/srv/duban" not in html


@pytest.mark.parametrize(
    ("path", "name"), [("/", "首页"), ("/occurrences/?state=live", "台账"), ("/questions/", "待答")]
)
def test_the_menu_says_where_one_is(client, ledger, path, name):
    (current,) = re.findall(r'aria-current="page">(\S+)', read(client, path))
    assert current == name


def test_every_cell_carries_its_heading_for_phones(client, eco):
    given.a_task(eco)
    html = read(client, "/occurrences/")
    cells = re.findall(r"<td ([^>]*)>", html)
    assert cells
    assert all("data-label=" in cell or "wide" in cell for cell in cells)
