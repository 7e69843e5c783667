"""Templates of one's own: in the place of shipped ones, sandboxed and strict, and the samples they are tried on."""

import pytest
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError, UndefinedError

from notifiers.book import SHIPPED, TemplateBook, shipped_names, shipped_source, without_marks
from notifiers.samples import FORMS, SAMPLES, tried


def sms(source):
    return TemplateBook((("sms.txt.j2", source),))


def test_an_own_template_takes_the_place_of_the_shipped_one_and_of_no_other():
    book = sms("{{ item.matter }}：{{ due_short }}。")
    own, shipped = (SAMPLES["reminder"].rendered(one, "sms", full=False) for one in (book, SHIPPED))
    assert own.text == "报送自查报告：10月20日。"
    assert own.text != shipped.text
    assert SAMPLES["reminder"].rendered(book, "chat") == SAMPLES["reminder"].rendered(SHIPPED, "chat")


def test_it_may_use_parts_of_the_shipped_ones():
    book = TemplateBook((("notice.txt.j2", '{% extends "_layout.txt.j2" %}{% block body %}见附件。\n{% endblock %}'),))
    text = SAMPLES["reminder"].rendered(book, full=False).text
    assert "副区长李明同志：" in text
    assert "见附件。" in text


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ ''.__class__.__mro__ }}", SecurityError),
        ("{{ item.matter.format.__globals__ }}", SecurityError),
        ("{{ item.__class__.__mro__ }}", SecurityError),
        ("{{ nothing }}", UndefinedError),
        ("{{ item.nothing }}", UndefinedError),
        ("{% include '../../etc/passwd' %}", TemplateError),
    ],
)
def test_a_template_reaches_nothing_but_its_values(source, error):
    with pytest.raises(error):
        SAMPLES["reminder"].rendered(sms(source), "sms")


def test_every_layout_and_form_is_tried():
    found = list(tried(SHIPPED))
    assert len(found) == len(SAMPLES) * len(FORMS) * 2
    assert {rendered.kind for _, rendered in found} == {
        "reminder", "escalation", "digest", "alarm", "slip", "bulletin", "canary",
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name in shipped_names() if not name.startswith("_")])
def test_the_samples_read_every_template(name):
    """What no sample reads could be broken by the office without anybody noticing."""
    with pytest.raises(UndefinedError):
        list(tried(TemplateBook(((name, "{{ nothing }}"),))))


def test_a_copy_of_the_shipped_source_changes_nothing():
    copies = TemplateBook(tuple((name, shipped_source(name)) for name in shipped_names()))
    assert list(tried(copies)) == list(tried(SHIPPED))


def test_there_is_no_source_of_an_unknown_name():
    with pytest.raises(KeyError):
        shipped_source("../book.py")


def test_marks_of_markdown_lose_their_meaning():
    text = without_marks("[点此](http://x.example) **急** # 一 `a` <at id=all> a_b | ~ \\")
    assert not set(text) & set("[]()*#`<>_|~\\")
    assert "点此" in text
