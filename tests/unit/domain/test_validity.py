"""Which duties are armed at once, and which old ones are asked about first."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.errors import BadText
from monitor.domain.obligation import Obligation, Validity
from monitor.domain.validity import Acceptance, is_law, verdict
from schedules.rules import rule_from_json

ALL = Acceptance.parse("all")


def duty(kind: str, rule: dict[str, object], **more: object) -> Obligation:
    base = Obligation(
        id="a", file="f", doc="某政发〔2022〕1号", title="关于某事的通知", issued=date(2022, 10, 18), provision="一",
        lines=(1, 1), quote="每季度报送一次", time_text=("每季度",), parties=(), action="报送", report_to=(),
        rule=rule_from_json(kind, rule), confidence=0.8, derived_by="t",
    )  # fmt: skip
    return replace(base, **more)


QUARTERLY = duty("recurring", {"every": "P3M"})


@pytest.mark.parametrize(
    ("obligation", "expected"),
    [
        (QUARTERLY, "asked"),
        (replace(QUARTERLY, issued=date(2026, 10, 1)), "accepted"),
        (replace(QUARTERLY, issued=None), "accepted"),
        (replace(QUARTERLY, valid=Validity(date(2022, 1, 1), date(2022, 12, 31))), "accepted"),
        (replace(QUARTERLY, time_text=("每 年",)), "accepted"),
        (duty("fixed", {"due": "2022-10-20"}), "accepted"),
        (duty("period", {"from": "10-01", "to": "05-31", "yearly": True}), "accepted"),
        (duty("continuous", {"during": "响应期间"}), "asked"),
        (replace(QUARTERLY, doc="某市预算监督条例", title="某市预算监督条例"), "accepted"),
    ],
)
def test_an_old_duty_without_a_life_of_its_own_is_asked_about(obligation: Obligation, expected: str) -> None:
    assert verdict(obligation, known_on=date(2026, 11, 23), acceptance=ALL) == expected


def test_cover_in_a_yearly_season_lives_as_long_as_the_season() -> None:
    cover = duty("continuous", {"during": "戒严期"})
    assert verdict(cover, known_on=date(2026, 11, 23), acceptance=ALL, season_yearly=True) == "accepted"


def test_twelve_months_are_still_fresh() -> None:
    assert verdict(QUARTERLY, known_on=date(2023, 10, 18), acceptance=ALL) == "accepted"
    assert verdict(QUARTERLY, known_on=date(2023, 10, 19), acceptance=ALL) == "asked"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("ask", "proposed"), ("all", "accepted"), ("confidence>=0.8", "accepted"), ("confidence>=0.81", "proposed")],
)
def test_acceptance_is_data(rule: str, expected: str) -> None:
    assert verdict(QUARTERLY, known_on=date(2022, 11, 1), acceptance=Acceptance.parse(rule)) == expected


@pytest.mark.parametrize("rule", ["", "yes", "confidence>=2", "confidence>0.5"])
def test_an_unknown_acceptance_is_refused(rule: str) -> None:
    with pytest.raises(BadText, match="unknown acceptance"):
        Acceptance.parse(rule)


def test_a_notice_about_a_regulation_is_no_law() -> None:
    assert not is_law(
        duty("recurring", {"every": "P1Y"}, title="关于印发《某办法》的通知", doc="关于印发《某办法》的通知")
    )
