"""The digests in documents/ say the same as the gazette, in other words."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from monitor.derivation import derive_all
from monitor.documents import split
from monitor.documents.readers import read_file
from monitor.domain.document import Document, Provision
from monitor.domain.obligation import Obligation
from monitor.project.directory_files import default_directory_path, load_directory
from schedules.rules import rule_to_json

ROOT = Path(__file__).resolve().parents[2]
GAZETTE = ROOT.parent / "shared" / "documents" / "gazette-2022-07.txt"
COMPARED = ("石大政发〔2022〕45号", "石大党办综〔2022〕50号", "石大政办发〔2022〕56号")
NAMES_ONLY = ("组长", "副组长", "成员", "附件")


def read(path: Path) -> tuple[Document, ...]:
    return tuple(document for document in split(read_file(path)) if document.kind == "document")


@pytest.fixture(scope="module")
def digests() -> dict[str, Document]:
    return {document.number: document for path in sorted((ROOT / "documents").glob("*.txt")) for document in read(path)}


@pytest.fixture(scope="module")
def gazette() -> dict[str, Document]:
    if not GAZETTE.exists():
        pytest.skip("../shared/documents is not there: the digests are compared with the gazette only where it is")
    return {document.number: document for document in read(GAZETTE)}


@pytest.fixture(scope="module")
def digested(digests) -> tuple[Obligation, ...]:
    return derive_all(digests.values()).obligations


def meaning(obligation: Obligation) -> str:
    """What must be the same: kind, rule, validity, parties with their roles, in any order."""
    said = obligation.to_register()
    parties = sorted((party["name"], party["role"]) for party in said["parties"])
    return json.dumps([said["kind"], rule_to_json(obligation.rule), said["valid"], parties], ensure_ascii=False)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_digest_is_one_document_in_the_official_form(digests):
    assert len(digests) == len(list((ROOT / "documents").glob("*.txt")))
    for document in digests.values():
        assert document.issued
        assert document.addressees
        assert document.issuer


def test_numbers_titles_dates_and_addressees_are_the_gazettes(digests, gazette):
    for number, digest in digests.items():
        printed = gazette[number]
        assert squeezed(digest.title) == squeezed(printed.title)
        assert (digest.issued, digest.addressees) == (printed.issued, printed.addressees)


@pytest.mark.parametrize("number", COMPARED)
def test_the_digest_gives_the_gazettes_obligations(digests, gazette, number):
    ours, theirs = (Counter(map(meaning, derive_all([d[number]]).obligations)) for d in (digests, gazette))
    assert ours == theirs
    assert ours.total() >= 8


def test_the_annexed_table_has_the_gazettes_rows_and_parties(digests, gazette):
    ours, theirs = (_annexed(documents[COMPARED[1]]) for documents in (digests, gazette))
    assert ours == theirs
    assert len(ours) == 48


def test_every_party_of_the_digests_stands_in_the_directory(digested):
    directory = load_directory(default_directory_path())
    unknown = {
        party.name
        for obligation in digested
        for party in obligation.parties
        for owner in directory.owners(party.name, obligation.issued or date(2022, 10, 18), obligation.doc)
        if owner.kind == "unknown"
    }
    assert unknown == set()


def test_no_sentence_of_the_gazette_is_copied(digests):
    if not GAZETTE.exists():
        pytest.skip("../shared/documents is not there: wording is compared with the gazette only where it is")
    printed = squeezed(GAZETTE.read_text(encoding="utf-8")).translate(str.maketrans("()", "（）"))
    sentences = {part for document in digests.values() for part in _sentences(document.provisions)}
    assert len(sentences) > 50
    assert [sentence for sentence in sorted(sentences) if sentence in printed] == []


def _annexed(document: Document) -> list[tuple[str, list[str]]]:
    records = derive_all([document]).annex
    # A narrow column breaks a name in the middle; the name is the same.
    return [(record.provision, sorted(squeezed(party.name) for party in record.parties)) for record in records]


def _sentences(provisions: tuple[Provision, ...]) -> set[str]:
    """Whole sentences long enough to be anybody's own: headings, titles and lists of names are shared by nature."""
    found: set[str] = set()
    for provision in provisions:
        if provision.heading in NAMES_ONLY:
            continue
        own = provision.text.content.removeprefix(provision.heading)
        parts = re.split(r"[。；：]", squeezed(re.sub(r"《[^》]*》", "", own)))
        found |= {part for part in parts if len(part) >= 15} | _sentences(provision.children)
    return found
