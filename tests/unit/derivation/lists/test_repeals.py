"""Which papers a paper puts out of force, and which it only speaks of."""

import pytest

from tests.unit.derivation.lists.papers import notice, records, squeezed


def ended(body):
    return [one["repeals"] for one in records("repeals", notice(body))]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("本办法自印发之日起施行，《河安区绿化办法》同时废止。", ["河安区绿化办法"]),
        ("之前印发的《河安区绿化办法》同时废止。", ["河安区绿化办法"]),
        ("《河安区绿化办法》（河政发〔2015〕8号）同时废止。", ["河政发〔2015〕8号"]),
        ("原《河安区绿化办法》停止执行。", ["河安区绿化办法"]),
        ("河政发〔2015〕8号、河政发〔2016〕2号文件同时废止。", ["河政发〔2015〕8号", "河政发〔2016〕2号"]),
        ("自本通知印发之日起，《河安区绿化办法》《河安区树木办法》废止。", ["河安区绿化办法", "河安区树木办法"]),
        ("区政府决定废止《河安区绿化办法》。", ["河安区绿化办法"]),
        ("根据《森林法》，《河安区绿化办法》同时废止。", ["河安区绿化办法"]),
    ],
)
def test_papers_that_end(said, names):
    assert ended(f"一、附则。{said}\n") == names


@pytest.mark.parametrize(
    "said",
    [
        "及时清理、修改、废止与《森林法》不相适应的文件。",
        "本办法有效期五年，到期自动失效。",
        "按照《立法法》办理规章的制定、修改和废止。",
        "以前规定与本通知不一致的，以本通知为准。",
        "原有规定同时废止。",
    ],
)
def test_papers_that_go_on(said):
    assert ended(f"一、附则。{said}\n") == []


def test_each_paper_once_and_never_itself():
    body = "一、附则。《河安区绿化办法》同时废止。\n二、其他。《河安区绿化办法》停止执行。河政发〔2022〕3号不变。\n"
    assert ended(body) == ["河安区绿化办法"]


def test_the_quote_is_the_sentence():
    text = notice("一、附则。本办法自印发之日起施行。之前的《河安区\n绿化办法》同时废止。\n")
    (one,) = records("repeals", text)
    assert squeezed(one["quote"]) == "之前的《河安区绿化办法》同时废止"
    assert one["lines"] == [5, 6]
    assert one["doc"] == "河政发〔2022〕3号"
