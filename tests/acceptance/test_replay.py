"""``duban replay`` as its user meets it: the files, the exit codes, and what three documents asked of whom and when."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.acceptance.replayed import Duban, Replayed, full, run
from tests.conftest import ROOT, SHARED, clean_env, command_line

FIRE_BAN = "石大政发〔2022〕45号"
ECO = "石大党办综〔2022〕50号"
SAFETY = "石大政办发〔2022〕56号"
GAZETTE = SHARED / "documents" / "gazette-2022-07.txt"
KINDS = {"reminder", "escalation", "digest", "alarm", "slip", "bulletin"}
RESOURCE = re.compile(r"""(?:(?:src|href|action)\s*=|url\()\s*["']?\s*(?:https?:)?//|@import""")
DUTY = ["obligation", "doc", "provision", "party", "window", "due", "kind"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("replays")


@pytest.fixture(scope="module")
def once(folder: Path) -> Duban:
    """The command line for what is run once and looked at by many tests."""
    return command_line(clean_env(folder), folder)


@pytest.fixture(scope="module")
def nine_months(once: Duban, folder: Path) -> Replayed:
    """The project's own documents from the autumn to the end of the fire season."""
    return run(once, folder / "nine months", ROOT / "documents", "2022-09-20", "2023-06-05")


def test_it_ends_well_and_says_how_much_it_wrote(nine_months: Replayed) -> None:
    assert nine_months.done.returncode == 0, nine_months.done.stderr
    assert nine_months.done.stdout == ""
    counts = f"{len(nine_months.messages)} 条消息，{len(nine_months.occurrences)} 项任务"
    assert counts in nine_months.done.stderr


def test_messages_stand_in_order_and_have_the_keys_that_were_promised(nine_months: Replayed) -> None:
    messages = nine_months.messages
    assert [message["at"] for message in messages] == sorted(message["at"] for message in messages)
    assert {tuple(message) for message in messages} == {("at", "to", "channel", "kind", "notices", "subject", "text")}
    assert {tuple(message["to"]) for message in messages} == {("person", "post", "organ")}
    assert {tuple(notice) for message in messages for notice in message["notices"]} == {(*DUTY, "step")}
    assert all(message["to"]["person"] and message["subject"] and message["text"] for message in messages)


def test_a_digest_is_what_holds_several_notices(nine_months: Replayed) -> None:
    kinds = {message["kind"] for message in nine_months.messages}
    assert {"reminder", "escalation", "digest", "slip", "bulletin"} <= kinds <= KINDS
    assert all((message["kind"] == "digest") == (len(message["notices"]) > 1) for message in nine_months.messages)


def test_moments_carry_the_offset_and_a_day_ends_as_the_next_begins(nine_months: Replayed) -> None:
    assert all(datetime.fromisoformat(message["at"]).utcoffset() for message in nine_months.messages)
    assert all(message["at"].endswith("+08:00") for message in nine_months.messages)
    notices = [notice for message in nine_months.messages for notice in message["notices"] if notice["doc"]]
    assert {notice["due"] for notice in notices if notice["kind"] == "continuous"} == {None}
    dated = [notice for notice in notices if notice["kind"] != "continuous"]
    assert {notice["due"][10:] for notice in dated} == {"T00:00:00+08:00"}
    assert all(notice["due"][:10] > notice["window"]["to"] for notice in dated)


def test_nobody_gets_two_ordinary_messages_on_one_morning_nor_one_on_a_day_off(nine_months: Replayed) -> None:
    mornings = [(message["to"]["person"], message["at"]) for message in nine_months.messages]
    assert len(mornings) == len(set(mornings))
    days = {at[:10] for _, at in mornings}
    assert not days & {"2022-10-01", "2022-10-03", "2022-10-22", "2023-01-02", "2023-01-23", "2023-04-05", "2023-05-01"}
    assert {"2022-10-08", "2022-10-09"} <= days, "made-up working days of the National Day week"


def test_occurrences_tell_how_each_duty_ended(nine_months: Replayed) -> None:
    assert {tuple(one) for one in nine_months.occurrences} == {(*DUTY, "state", "missed", "days_late", "reports")}
    (season,) = [o for o in nine_months.occurrences if o["party"] == "区财政局" and o["doc"] == FIRE_BAN]
    assert season["window"] == {"from": "2022-10-01", "to": "2023-05-31"}
    assert (season["state"], season["missed"], season["due"]) == ("ended", False, "2023-06-01T00:00:00+08:00")
    (visit,) = [o for o in nine_months.occurrences if (o["doc"], o["provision"]) == (ECO, "五/（四）")]
    assert (visit["state"], visit["missed"], visit["reports"]) == ("open", True, 0)
    assert visit["days_late"] == 178, "from 10 December to midnight after 5 June"
    keys = [tuple(map(str, (o["obligation"], o["party"], o["window"]))) for o in nine_months.occurrences]
    assert len(keys) == len(set(keys))


def test_the_page_stands_alone(nine_months: Replayed) -> None:
    page = (nine_months.folder / "replay.html").read_text(encoding="utf-8")
    assert not re.search(
        r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""", page
    )
    assert "森林草原防火戒严期" in page
    assert "催〔2022〕1号" in page


SEASON = [
    ("2022-09-29", "lead-7"),
    ("2022-09-30", "start"),
    ("2022-11-01", "monthly"),
    ("2022-12-01", "monthly"),
    ("2022-12-30", "monthly"),
    ("2023-01-13", "core-start"),
    ("2023-02-01", "monthly"),
    ("2023-03-01", "monthly"),
    ("2023-03-31", "monthly"),
    ("2023-04-14", "core-end"),
    ("2023-04-28", "monthly"),
    ("2023-05-31", "end"),
]


@pytest.mark.parametrize(
    ("provision", "party"),
    [("一", "区财政局"), ("一", "星海镇"), ("一", "石炭井街道办事处"), ("三/（六）", "区自然资源局")],
)
def test_the_fire_season_is_announced_kept_in_mind_and_ended(nine_months: Replayed, provision: str, party: str) -> None:
    steps = nine_months.steps(FIRE_BAN, provision, party=party)
    assert [(day, step) for day, step, _ in steps] == SEASON
    assert {person for _, _, person in steps} == {f"{party}联络员"}


def test_prohibitions_for_everybody_chase_nobody(nine_months: Replayed) -> None:
    for provision in ("三/（一）", "三/（二）", "三/（四）", "三/（五）", "三/（七）"):
        assert nine_months.steps(FIRE_BAN, provision) == []
        assert [o for o in nine_months.occurrences if (o["doc"], o["provision"]) == (FIRE_BAN, provision)]


ECO_STEPS = {
    "五/（一）": [
        ("2022-10-18", "lead-3", "市生态环境局大武口分局联络员"),
        ("2022-10-19", "lead-1", "市生态环境局大武口分局联络员"),
        ("2022-10-20", "day", "市生态环境局大武口分局联络员"),
        ("2022-10-21", "late-head", "严波"),
        ("2022-10-24", "late-leader", "刘强"),
        ("2022-10-25", "late-slip", "区政府办公室联络员"),
        ("2022-10-27", "late-bulletin", "区政府办公室联络员"),
    ],
    "五/（三）": [
        ("2022-10-24", "lead-7", "市生态环境局大武口分局联络员"),
        ("2022-10-28", "lead-1", "市生态环境局大武口分局联络员"),
        ("2022-10-31", "day", "市生态环境局大武口分局联络员"),
        ("2022-11-01", "late-head", "齐中首"),
        ("2022-11-02", "late-leader", "严波"),
        ("2022-11-03", "late-slip", "区政府办公室联络员"),
        ("2022-11-07", "late-bulletin", "区政府办公室联络员"),
    ],
    "五/（四）": [
        ("2022-12-02", "lead-7", "市生态环境局大武口分局联络员"),
        ("2022-12-07", "lead-3", "市生态环境局大武口分局联络员"),
        ("2022-12-09", "day", "市生态环境局大武口分局联络员"),
        ("2022-12-12", "late-head", "齐中首"),
        ("2022-12-13", "late-leader", "严波"),
        ("2022-12-14", "late-slip", "区政府办公室联络员"),
        ("2022-12-16", "late-bulletin", "区政府办公室联络员"),
    ],
}


@pytest.mark.parametrize("provision", ECO_STEPS)
def test_the_eco_plan_is_followed_stage_by_stage(nine_months: Replayed, provision: str) -> None:
    assert nine_months.steps(ECO, provision) == ECO_STEPS[provision]


def test_the_same_dates_in_the_requirements_are_duties_of_their_own(nine_months: Replayed) -> None:
    requirements = [o for o in nine_months.occurrences if (o["doc"], o["provision"]) == (ECO, "七/（四）")]
    stages = [o for o in nine_months.occurrences if (o["doc"], o["provision"]) == (ECO, "五/（二）")]
    by_due = {due: {o["party"] for o in requirements if o["due"][:10] == due} for due in ("2022-10-21", "2022-10-28")}
    assert [len(parties) for parties in by_due.values()] == [17, 17]
    assert len({o["obligation"] for o in requirements} | {o["obligation"] for o in stages}) == 3
    for_finance = nine_months.steps(ECO, "七/（四）", party="区财政局", due="2022-10-28T00:00:00+08:00")
    assert [(day[5:], step) for day, step, _ in for_finance] == [
        ("10-20", "lead-7"), ("10-24", "lead-3"), ("10-26", "lead-1"), ("10-27", "day"),
        ("10-28", "late-head"), ("10-31", "late-leader"), ("11-01", "late-slip"), ("11-03", "late-bulletin"),
    ]  # fmt: skip


def test_the_annexed_table_keeps_its_own_frequencies(nine_months: Replayed) -> None:
    windows = {
        provision: sorted({(o["window"]["from"], o["window"]["to"]) for o in nine_months.occurrences
                           if (o["doc"], o["provision"]) == (ECO, provision)})
        for provision in ("附件/21", "附件/42")
    }  # fmt: skip
    assert windows["附件/21"] == [("2022-01-01", "2022-12-31"), ("2023-01-01", "2023-12-31")]
    assert windows["附件/42"] == [
        ("2022-10-01", "2022-12-31"), ("2023-01-01", "2023-03-31"), ("2023-04-01", "2023-06-30"),
        ("2023-07-01", "2023-09-30"),
    ]  # fmt: skip


def test_a_quarter_without_its_meeting_goes_up_by_rank(nine_months: Replayed) -> None:
    third_quarter = {"from": "2022-07-01", "to": "2022-09-30"}
    assert nine_months.steps(SAFETY, "一/（二）", window=third_quarter) == [
        ("2022-09-23", "lead-7", "刘强"),
        ("2022-09-27", "lead-3", "刘强"),
        ("2022-09-29", "lead-1", "刘强"),
        ("2022-09-30", "day", "刘强"),
        ("2022-10-08", "late-head", "刘强"),
        ("2022-10-09", "late-leader", "汤瑞"),
        ("2022-10-10", "late-slip", "区政府办公室联络员"),
        ("2022-10-12", "late-bulletin", "区政府办公室联络员"),
    ]


def test_the_list_for_2022_asks_nothing_of_2023(nine_months: Replayed) -> None:
    ends = [o["window"]["to"] for o in nine_months.occurrences if o["doc"] == SAFETY]
    assert max(ends) == "2022-12-31"
    last = max(m["at"] for m in nine_months.messages for n in m["notices"] if n["doc"] == SAFETY)
    assert last == "2023-01-09T08:30:00+08:00", "the fifth working day after the year is the draft bulletin's"
    owing = {o["party"] for o in nine_months.occurrences if o["doc"] == SAFETY and o["kind"] == "fixed"}
    assert owing == {"迟宏禹", "严波", "丁惠军", "万众", "罗海波", "杨尚林"}


def test_the_gazette_itself_gives_the_same_notices(nine_months: Replayed, once: Duban, folder: Path) -> None:
    if not GAZETTE.exists():
        pytest.skip("../shared/documents is not there: the gazette is replayed only where it is")
    gazette = run(once, folder / "gazette", GAZETTE, "2022-09-20", "2022-10-21")
    assert gazette.done.returncode == 0, gazette.done.stderr
    ours, theirs = told(nine_months, until="2022-10-22"), told(gazette, until="2022-10-22")
    assert ours == theirs
    assert len(ours) > 200
    assert {message["kind"] for message in gazette.messages} <= KINDS


def told(replayed: Replayed, until: str) -> set[tuple[str, ...]]:
    """Who was told what and when about the three documents, before a day."""
    return {
        (message["at"], *message["to"].values(), notice["doc"], full(notice["provision"]), notice["party"],
         str(notice["window"]), str(notice["due"]), notice["step"])
        for message in replayed.messages if message["at"] < until
        for notice in message["notices"] if notice["doc"] in (FIRE_BAN, ECO, SAFETY)
    }  # fmt: skip


def test_a_span_that_ends_before_it_begins_is_refused(duban: Duban, tmp_path: Path) -> None:
    wrong = run(duban, tmp_path / "out", ROOT / "documents", "2022-10-02", "2022-10-01")
    assert (wrong.done.returncode, wrong.done.stderr.count("\n")) == (2, 1)
    assert "--to" in wrong.done.stderr
    assert not wrong.folder.exists()


def test_an_out_that_is_a_file_is_refused_before_anything_runs(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("keep me", encoding="utf-8")
    wrong = run(duban, tmp_path / "out", ROOT / "documents", "2022-10-01", "2022-10-02")
    assert (wrong.done.returncode, wrong.done.stderr.count("\n")) == (2, 1)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "keep me"
