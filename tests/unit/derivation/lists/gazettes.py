"""A small gazette to test with: masthead, contents, papers."""

from tests.unit.derivation.lists.papers import notice

MASTHEAD = "河安区人民政府公报\n\n{imprint}\n\n"
FIRST = notice("一、任务。各镇要于2022年5月20日前报送方案。\n", title="关于编报方案的通知", issued="2022年5月1日")
SECOND = notice("一、任务。区财政局要于2022年9月5日前公布结果。\n", title="关于公布结果的通知").replace(
    "〔2022〕3号", "〔2022〕4号"
)
ENTRIES = (
    "- 1、关于编报方案的通知\n(河政发〔2022〕3号)..... (1)\n",
    "- 2、关于公布结果的通知\n(河政发〔2022〕4号)..... (3)\n",
)


def gazette(
    *papers: str, imprint: str = "2022年6月30日出版", entries: tuple[str, ...] = ENTRIES
) -> str:  # fmt: skip
    """A gazette with the given masthead line, contents entries and papers."""
    contents = "目 录\n\n" + "".join(entries) + "\n" if entries else ""
    return MASTHEAD.format(imprint=imprint) + contents + "\n".join(papers or (FIRST, SECOND))
