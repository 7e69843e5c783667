"""Every kind of message against a text that a reviewer has read; the module ``notice_samples`` rewrites them."""

import pytest

from tests.unit.notifiers.notice_samples import APPROVED, MESSAGES, written_out


@pytest.mark.parametrize("name", MESSAGES)
def test_message_reads_as_approved(name: str):
    assert written_out(name) == (APPROVED / f"{name}.txt").read_text(encoding="utf-8")


def test_no_approved_text_is_left_without_its_message():
    assert {path.stem for path in APPROVED.glob("*.txt")} == set(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_manners_of_every_message(name: str):
    """Formal Chinese: no exclamation marks, no half-width commas or colons, a subject of one line."""
    rendered = MESSAGES[name]()
    said = rendered.text.replace("https://", "")
    assert not set(said + rendered.subject) & set("！!,;?")
    assert ":" not in said
    assert "\n" not in rendered.subject
    assert len(rendered.subject) <= 72
