import pytest

from monitor.derivation.marks import BLANK
from monitor.derivation.wording import LONGEST, even, wording


def statements(text):
    words = wording(text)
    return [text[s.start : s.end] for s in words.statements]


@pytest.mark.parametrize(
    "text",
    ["", "甲", "（未闭合", "《未闭合", "甲(乙)，丙;丁", "２０２２年\t１０月", "一。二；三！四？", "**责任单位：**甲局"],
)
def test_the_even_text_keeps_every_offset(text):
    assert len(wording(text).plain) == len(text) == len(even(text))


def test_titles_and_numbers_are_closed():
    plain = wording("按照《关于10月1日前完成的通知》（国办发〔2015〕56号）要求").plain
    assert "10月1日前" not in plain
    assert "2015" not in plain
    assert plain.startswith("按照" + BLANK)


def test_statements_end_at_full_stops_and_semicolons_but_not_in_asides():
    assert statements("甲，乙；丙（丁；戊）己。庚") == ["甲，乙", "丙（丁；戊）己", "庚"]


def test_long_asides_are_statements_of_their_own():
    aside = "各镇应当于每月五日前将有关情况汇总后报送区人民政府办公室备案并抄送"
    assert aside in statements(f"甲（{aside}）乙")


def test_brackets_that_name_parties_are_kept_apart():
    words = wording("年底前完成。（责任单位：甲局；配合单位：乙局）")
    ((start, end),) = words.credits
    assert words.text[start:end] == "（责任单位：甲局；配合单位：乙局）"
    assert "甲局" not in words.plain


def test_clauses_of_a_statement():
    words = wording("甲，乙，以及丙：丁。")
    clauses = [words.text[slice(*clause)] for clause in words.statements[0].clauses]
    assert clauses == ["甲", "乙，以及丙", "丁"]
    assert words.statements[0].clause_at(words.text.index("丙")) == 1


def test_endless_statements_are_cut():
    words = wording("各单位办理，" * 1000)
    assert max(s.end - s.start for s in words.statements) <= LONGEST
    assert "".join(words.text[s.start : s.end] for s in words.statements) == words.text


def test_neighbours_of_a_statement():
    words = wording("甲。乙。丙。丁")
    second = words.statements[1]
    assert [words.text[s.start : s.end] for s in words.before(second, 5)] == ["甲"]
    assert [words.text[s.start : s.end] for s in words.behind(second, 1)] == ["丙"]


def test_verbatim_gives_back_what_was_written():
    words = wording("县(市、区)人民政府应当办理")
    assert words.verbatim("县（市、区）人民政府") == "县(市、区)人民政府"


def test_addresses_on_the_web_say_no_date():
    for link in (
        "见https://a.example/2022-10-20/t.html?id=3",
        "见[通知](/2022/10/20/a.html)",
        "见[通知](http://a.example/2022-10-20)",
    ):
        assert not any(digit in wording(link).plain for digit in "0123456789")


def test_brackets_behind_a_number_are_no_address():
    assert "10月20日前" in wording("〔2022〕45号（10月20日前）").plain
    assert "十月二十日前" in wording("[通知]（十月二十日前）").plain
