import pytest

from monitor.derivation.grammar import time_expressions
from monitor.derivation.seasons import Season, during, during_section, governed, season_name, standing_duty
from monitor.derivation.wording import wording
from monitor.domain.document import Provision, Text
from schedules.rules import Period

FIRE = Season("森林草原防火戒严期", Period(start="10-01", end="05-31", yearly=True), "一", "id")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一、森林防火期：即每年10月1日起至次年5月31日。", "森林防火期"),
        ("每年十月一日至次年四月三十日为森林特别防护期。", "森林特别防护期"),
        ("1月15日至4月15日为我区森林草原高火险期。", "森林草原高火险期"),
        ("每年10月1日至次年5月31日开展巡查。", ""),
    ],
)
def test_the_name_of_a_stretch_of_the_year(text, name):
    words = wording(text)
    e = next(iter(time_expressions(words.plain)))
    found = season_name(words, words.statement_at(e.start), e.start, e.end)
    assert found.removeprefix("一、") == name


@pytest.mark.parametrize(
    "heading", ["森林草原防火戒严要求", "森林草原防火戒严期管控措施", "森林草原防火戒严期间有关规定"]
)
def test_a_requirements_heading_is_governed(heading):
    line = (Provision("三", "三", heading, Text(heading)), Provision("三/（一）", "（一）", "", Text("")))
    assert governed(line, [FIRE]) == FIRE


@pytest.mark.parametrize("heading", ["森林草原防火戒严范围", "工作要求", "防火措施"])
def test_other_headings_are_not(heading):
    line = (Provision("二", "二", heading, Text(heading)), Provision("二/（一）", "（一）", "", Text("")))
    assert governed(line, [FIRE]) is None


def test_a_season_is_called_by_the_end_of_its_name():
    assert FIRE.called("戒严期")
    assert FIRE.called("森林草原防火戒严期内")
    assert not FIRE.called("汛期")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("戒严期内，各林场实行24小时值班", "戒严期"),
        ("应急响应期间，各组实行24小时值班", "应急响应"),
        ("Ⅰ级响应启动后，办公室实行24小时值班", "Ⅰ级响应"),
        ("汛期（6月1日至9月30日）实行24小时值班", "汛期"),
        ("各单位实行24小时值班", None),
    ],
)
def test_the_season_or_response_of_a_sentence(text, name):
    words = wording(text)
    found = during(words, words.statements[0], words.plain.index("24小时"))
    assert (found and found[0]) == name


def test_the_response_of_a_heading():
    line = (Provision("五", "五", "应急响应", Text("应急响应")), Provision("五/1", "1", "排涝", Text("")))
    assert during_section(line) == "应急响应"
    assert during_section(line[1:]) == ""


@pytest.mark.parametrize(
    ("text", "duty"),
    [
        ("林区内禁止烧荒；禁止吸烟。", "林区内禁止烧荒；禁止吸烟"),
        ("禁止一切人员携带火种；未成年人由监护人负责监护。", "禁止一切人员携带火种"),
        ("凡进入林区的人员，应自觉遵守规定。管理人员应对游人进行宣传。", "管理人员应对游人进行宣传"),
        ("任何单位均有防火义务，一旦发现火情，应迅速报告。", None),
        ("凡违反本令规定的，依法追究责任。", None),
        ("天气干燥，火险等级高。", None),
    ],
)
def test_what_binds_for_the_whole_season(text, duty):
    words = wording(text)
    span = standing_duty(words)
    assert (span and text[slice(*span)]) == duty
