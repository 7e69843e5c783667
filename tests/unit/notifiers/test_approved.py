"""Every kind of message against a text that a reviewer has read; the module ``notice_samples`` rewrites them."""

import pytest

from notifiers.base import Form
from tests.unit.notifiers.notice_samples import APPROVED, FORMS, MESSAGES, chat, short_texts, written_out


@pytest.mark.parametrize("name", MESSAGES)
def test_message_reads_as_approved(name: str):
    assert written_out(name) == (APPROVED / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MESSAGES)
def test_message_in_a_messenger_reads_as_approved(name: str):
    assert chat(name) == (APPROVED / "chat" / f"{name}.md").read_text(encoding="utf-8")


def test_short_texts_read_as_approved():
    assert short_texts() == (APPROVED / "sms.txt").read_text(encoding="utf-8")


def test_no_approved_text_is_left_without_its_message():
    assert {path.stem for path in APPROVED.glob("*.txt")} == {*MESSAGES, "sms"}
    assert {path.stem for path in (APPROVED / "chat").glob("*.md")} == set(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_short_text_is_one_line_that_fits(name: str):
    text = MESSAGES[name](form="sms").text
    assert "\n" not in text
    assert 8 < len(text) <= 70
    assert text.endswith("。")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", MESSAGES)
def test_manners_of_every_message(name: str, form: Form):
    """Formal Chinese: no exclamation marks, no half-width commas or colons, a subject of one line."""
    rendered = MESSAGES[name](form=form)
    said = rendered.text.replace("https://", "")
    assert not set(said + rendered.subject) & set("！!,;?")
    assert ":" not in said
    assert "\n" not in rendered.subject
    assert len(rendered.subject) <= 72
