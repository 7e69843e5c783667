import pytest

from monitor.documents.readers.counting import printed


@pytest.mark.parametrize(
    ("value", "style", "words"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (2040, "chineseCountingThousand", "二千零四十"),
        (12, "ideographDigital", "一二"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (3, "ideographZodiac", "寅"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "decimalEnclosedParen", "(3)"),
        (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (14, "lowerRoman", "xiv"),
        (28, "upperLetter", "BB"),
        (5, "decimal", "5"),
        (5, "someNewStyle", "5"),
        (5, "bullet", ""),
        (10_000, "chineseCounting", "10000"),
    ],
)
def test_numbers_as_printed(value, style, words):
    assert printed(value, style) == words
