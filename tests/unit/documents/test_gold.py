"""Every record of the hand-made registers can be reached: its quote stands in a provision with its path and lines."""

import json
from pathlib import Path

import pytest

from monitor.documents import split
from monitor.documents.lines import squeeze
from monitor.documents.readers import read_file
from monitor.domain.document import SourceText

SHARED = Path(__file__).resolve().parents[4] / "shared"
PAIRS = [("documents/gazette-2022-07.txt", "gold/gazette-2022-07.part.jsonl")] + [
    (f"gold/other/{name}.txt", f"gold/other/{name}.jsonl")
    for name in (
        "02-kindergarten-rectification",
        "05-gov-info-disclosure",
        "08-guangdong-forest-fire",
        "10-beijing-budget",
        "14-shicheng-river-chief",
        "21-zhengzhou-village-finance",
    )
]
WIDTH = str.maketrans("（）", "()")


def shared(path):
    if not (SHARED / path).exists():
        pytest.skip(f"../shared/{path} is not here")
    return SHARED / path


def texts(document):
    """Path and text of everything that can carry a duty, the points of a row before the row."""
    yield from ((provision.path, provision.text) for provision in document.walk())
    for row in (row for table in document.tables for row in table.rows):
        yield from ((item.path, item.text) for item in row.items)
        yield row.path, row.text


def lines_of(text, quote):
    places = [at for at, char in enumerate(text.content) if not char.isspace()]
    start = squeeze(text.content).index(quote)
    return list(text.lines_of(places[start], places[start + len(quote) - 1] + 1))


def is_reached(record, units):
    quote, path = squeeze(record["quote"]), record["provision"].translate(WIDTH)
    found = [text for name, where, text in units if name == record["doc"] and where.translate(WIDTH) == path]
    return any(quote in squeeze(text.content) and lines_of(text, quote) == record["lines"] for text in found)


@pytest.mark.parametrize(("source", "gold"), PAIRS, ids=[source.split("/")[-1][:12] for source, _ in PAIRS])
def test_every_record_is_reached_by_its_path_and_lines(source, gold):
    units = [(doc.name, *unit) for doc in split(read_file(shared(source))) for unit in texts(doc)]
    records = [json.loads(line) for line in shared(gold).read_text(encoding="utf-8").splitlines()]
    assert [r["provision"] for r in records if not is_reached(r, units)] == []


def test_every_row_of_the_annexed_table_has_its_parties_and_lines():
    document = next(d for d in split(read_file(shared(PAIRS[0][0]))) if d.number == "石大党办综〔2022〕50号")
    rows = {row.number: row for row in document.tables[0].rows}
    gold = [json.loads(line) for line in shared("gold/eco-annex.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(gold) == 48
    for record in gold:
        row = rows[str(record["row"])]
        (cell,) = row.values("填报部门")
        assert [name for name in record["parties"] if squeeze(name) not in squeeze(cell)] == []
        assert [row.text.lines[0], row.text.lines[-1]] == record["lines"]


def test_the_gazette_has_sixteen_documents_and_its_other_parts():
    parts = split(read_file(shared(PAIRS[0][0])))
    documents = [part for part in parts if part.kind == "document"]
    assert len(documents) == 16
    assert all(d.number and d.title and d.issued for d in documents)
    assert [part.kind for part in parts if part.kind in ("chronicle", "news")] == ["chronicle", "news"] * 2
    assert {d.number: str(d.issued) for d in documents}["石大党办综〔2022〕50号"] == "2022-10-18"


def test_the_contents_page_lists_what_the_gazette_prints():
    parts = split(read_file(shared(PAIRS[0][0])))
    listed = [e.heading for part in parts if part.kind == "contents" for e in part.provisions]
    titles = {squeeze(part.title) for part in parts if part.kind == "document"}
    assert len(listed) == 17
    assert sum(squeeze(heading) in titles for heading in listed) >= 14


def rewrapped(source, width):
    """The file as a converter would give it that breaks every line at a width and keeps no blank lines inside."""
    lines = (line[at : at + width] for line in source.lines for at in range(0, max(1, len(line)), width))
    return SourceText(source.file, tuple(lines))


@pytest.mark.parametrize("width", [22, 28, 40])
@pytest.mark.parametrize("name", ["02-kindergarten-rectification", "05-gov-info-disclosure", "10-beijing-budget"])
def test_another_page_width_gives_nearly_the_same_outline(name, width):
    source = read_file(shared(f"gold/other/{name}.txt"))
    expected, found = (
        [(node.path, squeeze(node.text.content)) for d in split(text) if d.kind == "document" for node in d.walk()]
        for text in (source, rewrapped(source, width))
    )
    same = set(expected) & set(found)
    assert len(same) >= 0.93 * len(set(expected))
    assert len(set(found)) <= 1.1 * len(set(expected))


def test_the_gazette_at_another_page_width_has_the_same_documents():
    source = read_file(shared(PAIRS[0][0]))
    expected, found = (
        [(d.number, d.title, d.issued) for d in split(text) if d.kind == "document"]
        for text in (source, rewrapped(source, 28))
    )
    assert found == expected
