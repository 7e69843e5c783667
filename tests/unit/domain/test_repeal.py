"""A repealing provision names its documents by number or by title."""

import pytest

from monitor.domain.repeal import issued_text, names_document

NAME, TITLE = "甲政发〔2020〕5号", "甲区人民政府关于印发《甲区工地管理办法》的通知"


@pytest.mark.parametrize(
    "said",
    [
        "甲政发〔2020〕5号",
        "甲政发[2020]5号",
        "原甲政发〔2020〕5号文件",
        "《甲区工地管理办法》（甲政发〔2020〕5号）",
        "《甲区工地管理办法》",
        "原《甲区工地管理办法》",
        "《关于印发〈甲区工地管理办法〉的通知》",
        "甲区工地管理办法",
        "《甲区工地\n管理办法》",
        "《旧称》（甲政发〔2020〕5号）",
    ],
)
def test_the_document_meant(said):
    assert names_document(said, name=NAME, title=TITLE)


@pytest.mark.parametrize(
    "said",
    [
        "甲政发〔2020〕15号",
        "乙甲政发〔2020〕5号",
        "政发〔2020〕5号",
        "《甲区工地管理办法》（甲政发〔2019〕5号）",
        "《甲区工地管理办法实施细则》",
        "《工地管理办法》",
    ],
)
def test_another_document(said):
    assert not names_document(said, name=NAME, title=TITLE)


@pytest.mark.parametrize("title", ["关于修改《甲区工地管理办法》的通知", "关于贯彻《甲区工地管理办法》的实施意见"])
def test_a_document_about_the_text_is_not_the_text(title):
    assert not names_document("《甲区工地管理办法》", name="甲政发〔2021〕9号", title=title)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (TITLE, "甲区工地管理办法"),
        ("甲区办公室关于印发甲区防汛预案的通知", "甲区防汛预案"),
        ("甲区人民政府关于发布《甲区戒严令》的通告", "甲区戒严令"),
        ("甲区城市管理条例", "甲区城市管理条例"),
    ],
)
def test_a_notice_issues_a_text(title, text):
    assert issued_text(title) == text
