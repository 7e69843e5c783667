from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from monitor.derivation.identity import Identities, fingerprint
from schedules.rules import Fixed

DUE = Fixed(due=date(2022, 10, 20))


def test_white_space_and_width_of_marks_do_not_matter():
    assert fingerprint("某号", "三/(四)", "于 10月20日前\n报送") == fingerprint("某号", "三/（四）", "于10月20日前报送")


@given(st.lists(st.text(max_size=8), min_size=2, max_size=4, unique=True))
def test_other_words_give_other_fingerprints(parts):
    solid = ["".join(part.replace("*", "").split()) for part in parts]
    if len(set(solid)) == len(solid):
        assert fingerprint(*parts) != fingerprint(*reversed(parts)) or solid == solid[::-1]


def test_parts_do_not_run_together():
    assert fingerprint("甲乙", "丙") != fingerprint("甲", "乙丙")


def test_equal_duties_are_told_apart_in_order():
    ids = Identities()
    first, second = (ids.of("某号", "一", "于10月20日前报送", DUE) for _ in range(2))
    assert second == f"{first}-2"
    assert Identities().of("某号", "一", "于10月20日前报送", DUE) == first


def test_the_rule_is_part_of_the_identity():
    ids = Identities()
    assert ids.of("某号", "一", "报送", DUE) != ids.of("某号", "一", "报送", Fixed(due=date(2022, 10, 21)))


def test_bold_marks_are_no_part_of_the_words():
    assert fingerprint("一", "于**5月20日前**报送") == fingerprint("一", "于5月20日前报送")
