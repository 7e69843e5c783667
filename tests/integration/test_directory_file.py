"""The directory's YAML file: what ships is sound, what is wrong is refused with file, line and mend."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from monitor.domain.directory import Directory, Holding
from monitor.domain.errors import BadText
from monitor.project.directory_files import default_directory_path, load_directory

SMALL = """\
office: office
principal: boss
people:
  - {id: lin, name: 林二, channels: {file: lin@duban.example, mail: lin@duban.example}}
posts:
  - id: boss
    title: 区长
    organ: office
    holders:
      - {person: lin, start: 2022-09-28, question: 何时起算？}
organs:
  - id: office
    name: 区政府办公室
    contact: lin
    head: boss
"""
DAY = date(2022, 10, 18)
ECO = "石大党办综〔2022〕50号"


@pytest.fixture(scope="module")
def shipped() -> Directory:
    return load_directory(default_directory_path())


def refusal(path: Path, text: str | bytes) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadText) as caught:
        load_directory(path)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(str(path))


def test_a_small_file_is_read_whole(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text(SMALL, encoding="utf-8")
    directory = load_directory(path)
    assert directory.posts[0].holders == (Holding("lin", date(2022, 9, 28), None, "何时起算？"),)
    assert [address.channel for address in directory.people[0].channels] == ["file", "mail"]


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("head: boss", "head: chief", ":15: unknown post 'chief'; name an id listed under posts, or add it"),
        ("principal: boss", "principal: x", ":2: unknown post 'x'; name an id listed under posts, or add it"),
        ("{person: lin,", "{person: x,", ":10: unknown person 'x'; name an id listed under people, or add it"),
        (
            "contact: lin",
            "contact: x",
            ":14: unknown post or person 'x'; name an id listed under posts, people, or add it",
        ),
        ("start: 2022-09-28", "start: '2022-02-30'", ":10: no such day: '2022-02-30'; write a day as 2022-09-28"),
        ("id: boss", "id: 区长", ":6: posts/0/id: '区长' does not match"),
        ("    title: 区长\n", "", ":6: posts/0: 'title' is a required property; expected a post:"),
        ("    contact: lin", "    liaison: lin", ":12: organs/0: Additional properties are not allowed"),
        ("channels: {file: lin@duban.example, mail: lin@duban.example}", "channels: {}", ":4: people/0/channels:"),
        ("office: office\n", "", ":1: file: 'office' is a required property"),
        ("    head: boss", "    head: boss\n    head: boss", ":16: found duplicate key"),
        ("  - id: office", "  - id: [office", ":13: "),
    ],
)
def test_a_wrong_file_is_refused_on_its_line(tmp_path, old, new, refused):
    assert SMALL.count(old) >= 1
    assert refusal(tmp_path / "d.yaml", SMALL.replace(old, new, 1)).startswith(refused)


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", ":1: no YAML mapping at the root; start from the shipped example"),
        (b"- a\n", ":1: no YAML mapping at the root; start from the shipped example"),
        (b"\xff\xfe\x00", ": not UTF-8 text; save the file as UTF-8"),
        (b"office: \x00\n", ": not YAML:"),
    ],
)
def test_a_file_that_is_no_directory_is_refused(tmp_path, content, refused):
    assert refusal(tmp_path / "d.yaml", content).startswith(refused)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(BadText, match=r"nowhere\.yaml: No such file or directory; give the path"):
        load_directory(tmp_path / "nowhere.yaml")


def test_every_address_that_ships_is_plainly_an_example(shipped):
    addresses = [address.address for person in shipped.people for address in person.channels]
    assert len(addresses) > 100
    assert all(address.endswith("@duban.example") for address in addresses)


def test_every_person_that_ships_has_a_post_and_every_organ_a_contact(shipped):
    held = {holding.person_id for post in shipped.posts for holding in post.holders}
    assert [person.id for person in shipped.people if person.id not in held] == []
    assert [organ.name for organ in shipped.organs if not organ.contact] == []


@pytest.mark.parametrize(
    ("name", "ranks"),
    [
        ("刘强", ["刘强", "刘强", "汤瑞"]),
        ("严波", ["严波", "严波", "刘强"]),
        ("市生态环境局大武口分局", ["市生态环境局大武口分局联络员", "齐中首", "严波"]),
        ("区政府办公室", ["区政府办公室联络员", "王生法", "刘强"]),
        ("区委办公室", ["区委办公室联络员", "张健新", "汤瑞"]),
        ("考核工作领导小组", ["市生态环境局大武口分局联络员", "严波", "刘强"]),
        ("区审计局", ["区审计局联络员", "刘强", "刘强"]),
    ],
)
def test_reminders_and_escalations_that_ship_climb_the_ranks(shipped, name, ranks):
    (owner,) = shipped.owners(name, DAY, ECO)
    reached = [shipped.recipients(owner, role, DAY).people for role in ("owner", "head", "leader")]
    assert [people[0].name for people in reached] == ranks


@pytest.mark.parametrize(
    "printed", ["区发改局", "区发展和改革委员会", "区发展和改革局", "发展和改革局", "大武口区发改局"]
)
def test_the_ways_to_print_one_organ_lead_to_it(shipped, printed):
    (owner,) = shipped.owners(printed, DAY)
    assert (owner.ref, owner.name) == ("organ:development", "区发展和改革局")


@pytest.mark.parametrize(
    ("name", "doc", "count"),
    [
        ("各街道办事处", None, 10),
        ("各涉农涉林街道办事处", None, 5),
        ("区委、区政府主要负责人", None, 2),
        ("各相关单位", ECO, 17),
        ("林业管理部门", None, 1),
        ("任何单位和个人", None, 1),
    ],
)
def test_collective_names_that_ship_have_their_members(shipped, name, doc, count):
    assert len(shipped.owners(name, DAY, doc)) == count


def test_an_appointment_without_a_starting_day_is_vouched_for_from_the_decision_and_asked(shipped):
    (street,) = shipped.owners("白芨沟街道办事处", DAY)
    head = shipped.post("baijigou-head")
    assert head is not None
    assert head.holders[0].question
    before, after = (shipped.recipients(street, "head", day) for day in (date(2022, 9, 25), date(2022, 9, 26)))
    assert (before.people[0].name, before.skipped[0]) == ("刘强", "白芨沟街道办事处主任")
    assert after.people[0].name == "翟彤"


def test_every_party_of_the_gazettes_own_register_is_known(shipped, gold_records):
    unknown = {
        party["name"]
        for record in gold_records
        for party in record["parties"]
        for owner in shipped.owners(party["name"], DAY, record["doc"])
        if owner.kind == "unknown"
    }
    assert unknown == set()


@pytest.fixture(scope="module")
def gold_records() -> list[dict]:
    path = Path(__file__).resolve().parents[3] / "shared" / "gold" / "gazette-2022-07.part.jsonl"
    if not path.exists():
        pytest.skip("../shared/gold is not there: the hand-made register is compared only where it is")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
