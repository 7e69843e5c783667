"""From a text to records: identity, validity, seasons, order, and robustness."""

import json
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.derivation import derive, derive_all
from monitor.derivation.register import register_lines
from monitor.documents import split
from monitor.domain.document import Document, Provision, SourceText, Text
from monitor.domain.obligation import Obligation

NOTICE = """关于开展冬季检查的通知
河安办〔2022〕8号

各镇人民政府，区直各部门：
现将有关事项通知如下。
一、各镇人民政府应于2022年11月20日前将自查情况报送区安委会办公室，并于每季度至少召开一次分析会研究存在的突出问题。
二、区直各部门要在每月25日前报送工作进展，年底前完成全部整改任务，逾期未完成的，予以通报。
三、区安委会办公室收到报告后，应当在5个工作日内提出处理意见；情况复杂的，可以延长3个工作日。
区安委会办公室
2022年11月1日
"""
ORDER = """某区人民政府关于发布《某区禁火令》的通知
河政发〔2021〕9号

各镇、区直各部门：
现发布禁火令，请遵照执行。
某区人民政府
2021年9月1日
某区禁火令
一、森林防火期：每年11月1日起至次年4月30日。其中，2月1日至4月10日为高火险期。
二、森林防火要求
（一）禁止任何人员携带火种进入林区。
（二）森林防火期内，各林场必须实行24小时值班制度。
（三）凡违反本令规定的人员应自觉接受处理。
（四）一旦发现火情，应立即报告。
"""


def register(text, file="t.txt"):
    return derive_all(split(SourceText.of(text, file)))


def facts(obligations):
    return [(o.id, o.provision, o.kind, o.time_text, o.parties) for o in obligations]


def test_one_record_for_each_duty_in_source_order():
    found = register(NOTICE).obligations
    assert [(o.provision, o.kind) for o in found] == [
        ("一", "fixed"), ("一", "recurring"), ("二", "recurring"), ("二", "fixed"), ("三", "triggered"),
    ]  # fmt: skip
    assert [o.lines[0] for o in found] == sorted(o.lines[0] for o in found)


def test_every_quote_stands_in_the_text():
    solid = "".join(NOTICE.split())
    assert all("".join(o.quote.split()) in solid for o in register(NOTICE).obligations)


def test_an_extension_belongs_to_its_duty():
    last = register(NOTICE).obligations[-1]
    assert last.to_register()["rule"] == {
        "event": "区安委会办公室收到报告", "within_workdays": 5, "extendable_workdays": 3,
    }  # fmt: skip


def test_a_consequence_stands_beside_the_duty():
    sanctions = {o.provision: o.sanction for o in register(NOTICE).obligations if o.kind == "fixed"}
    assert sanctions["二"].startswith("逾期未完成的")
    assert sanctions["一"] is None


@pytest.mark.parametrize("width", [19, 28, 40])
def test_wrapping_lines_otherwise_changes_no_record(width):
    body = NOTICE.split("\n")
    wrapped = "\n".join("\n".join(textwrap.wrap(line, width)) if line.endswith("。") else line for line in body)
    again = register(wrapped).obligations
    assert facts(again) == facts(register(NOTICE).obligations)


def test_ids_depend_neither_on_the_file_nor_on_line_numbers():
    moved = register("\n\n\n" + NOTICE, "other.txt").obligations
    assert [o.id for o in moved] == [o.id for o in register(NOTICE).obligations]
    assert moved[0].lines[0] == register(NOTICE).obligations[0].lines[0] + 3


def test_a_changed_date_changes_the_id():
    before, after = (register(text).obligations[0] for text in (NOTICE, NOTICE.replace("11月20日", "11月21日")))
    assert before.id != after.id


def test_a_season_over_new_year_with_its_core():
    season, core = register(ORDER).obligations[:2]
    assert season.to_register()["rule"] == {"from": "11-01", "to": "04-30", "yearly": True}
    assert core.to_register()["rule"] == {"from": "02-01", "to": "04-10", "yearly": True}
    assert core.core_of == season.id
    assert [p.name for p in season.parties] == ["各镇", "区直各部门"]


def test_a_requirements_section_is_bound_by_the_season():
    bound = [o for o in register(ORDER).obligations if o.provision.startswith("二/")]
    assert [(o.provision, o.kind, o.time_text) for o in bound] == [
        ("二/（一）", "period", ()),
        ("二/（二）", "continuous", ("森林防火期内", "24小时")),
    ]
    assert bound[0].derived_by == "season-section"
    assert bound[1].rule.during == "森林防火期"


def test_a_list_for_one_year_is_valid_in_that_year_only():
    text = "2022年度某区安全生产责任清单\n一、王某同志\n（一）每季度至少检查1次。\n（二）年底向区委报告。\n"
    first, second = register(text).obligations
    assert first.to_register()["valid"] == {"from": "2022-01-01", "to": "2022-12-31"}
    assert [p.name for p in first.parties] == ["王某"]
    assert second.to_register()["rule"] == {"due": "2022-12-31", "precision": "year"}
    assert second.report_to == ("区委",)


def test_a_law_without_year_means_every_year():
    text = "某市预算条例\n第一条 为了监督，制定本条例。\n第二条 市人民政府应当于7月底前提请审查决算。\n"
    (only,) = register(text).obligations
    assert only.to_register()["rule"] == {"every": "P1Y", "due": "07-31", "precision": "month"}


def test_nothing_is_derived_from_news():
    news = Document(
        "f", "", "要闻", "", None, (), (1, 1), (Provision("", "", "", Text("各单位应于5月1日前报送名单")),), kind="news"
    )
    assert derive(news).obligations == ()


def test_the_register_is_written_as_json_lines_and_read_back():
    found = register(NOTICE).obligations
    lines = list(register_lines(found))
    assert len(lines) == len(found)
    assert "\\u" not in lines[0]
    assert tuple(Obligation.from_register(json.loads(line)) for line in lines) == found


ALPHABET = "各单位局应当于每年月日季度内前后底自起至收到报告一二十1250（）《》，。；：、\n 次小时工作期间禁止第条"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=160))
def test_no_text_breaks_derivation_and_quotes_stay_verbatim(text):
    solid = "".join(text.split())
    for o in register(text).obligations:
        assert "".join(o.quote.split()) in solid
        assert all(piece in o.quote for piece in o.time_text if o.derived_by != "window-over")
        assert 0 <= o.confidence <= 1
        assert o.lines[0] <= o.lines[1]


DIGESTS = sorted((Path(__file__).resolve().parents[3] / "documents").glob("*.txt"))
NOISE = st.text(alphabet="每年月日内（《\n\t", max_size=6)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(DIGESTS), st.integers(0, 3000), st.integers(0, 400), NOISE)
def test_mangled_documents_never_break_it(path, start, length, noise):
    text = path.read_text(encoding="utf-8")
    mangled = text[:start] + noise + text[start + length :]
    solid = "".join(mangled.split())
    assert all("".join(o.quote.split()) in solid for o in register(mangled).obligations)
