import pytest

from monitor.domain.errors import BadText
from monitor.project.config import Config
from monitor.project.ladder_files import default_ladder_path, load_ladder, load_ladders

HEAD = "name: test\nlabel: 试验\nsteps:\n"
DAY = "  - {name: day, label: 当日, for: [date], when: {from: due}, to: owner, kind: reminder}\n"


def write(folder, text):
    path = folder / "ladder.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("shape", "names"),
    [
        ("date", "lead-7 lead-3 lead-1 day late-head late-leader late-slip late-bulletin"),
        ("event", "lead-7 lead-3 lead-1 day late-head late-leader late-slip late-bulletin"),
        ("window", "start middle lead-14 lead-7 lead-3 lead-1 day late-head late-leader late-slip late-bulletin"),
        ("daily", "day late-head"),
        ("season", "lead-7 start monthly core-start core-end end"),
        ("clock", "minute-0 minute-half minute-4/5 breach late-head late-leader late-slip late-bulletin"),
    ],
)
def test_the_shipped_ladder_has_the_steps_of_the_design(shape, names):
    assert [step.name for step in load_ladder().steps_for(shape)] == names.split()


def test_the_shipped_ladder_climbs_by_rank_and_only_what_an_event_starts_is_urgent():
    ladder = load_ladder()
    late = {step.name: (step.recipient, step.kind, step.when.workdays) for step in ladder.steps if "late" in step.name}
    assert late == {
        "late-head": ("head", "escalation", 1),
        "late-leader": ("leader", "escalation", 2),
        "late-slip": ("office", "slip", 3),
        "late-bulletin": ("office", "bulletin", 5),
    }
    urgent = {(step.name, shape) for step in ladder.steps if step.urgent for shape in step.shapes}
    clocks = {(name, "clock") for name in ("minute-0", "minute-half", "minute-4/5", "breach")}
    assert urgent == clocks | {("start", "response")}
    assert all(step.label for step in ladder.steps)


def test_a_ladder_of_ones_own_is_read(tmp_path):
    assert [step.name for step in load_ladders(write(tmp_path, HEAD + DAY)).usual.steps] == ["day"]


def test_an_unknown_step_is_refused_in_one_line_with_file_line_and_mend(tmp_path):
    path = write(tmp_path, HEAD + DAY + DAY.replace("name: day", "name: yesterday"))
    with pytest.raises(BadText) as caught:
        load_ladders(path)
    assert str(caught.value).startswith(f"{path}:5: unknown step 'yesterday'; use lead-14, ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("to: owner", "to: everybody", 4, "unknown recipient 'everybody'"),
        ("from: due", "from: due, days: soon", 4, "days: bad number 'soon'"),
        ("kind: reminder}", "kind: reminder", None, ""),
    ],
)
def test_other_mistakes_are_named_too(tmp_path, old, new, line, message):
    with pytest.raises(BadText) as caught:
        load_ladders(write(tmp_path, HEAD + DAY.replace(old, new)))
    assert line is None or caught.value.line == line
    assert message in str(caught.value)
    assert caught.value.mend


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadText, match=r"none\.yaml"):
        load_ladders(tmp_path / "none.yaml")


def test_the_shipped_file_lies_beside_the_code():
    assert default_ladder_path().is_file()


def test_the_setting_goes_before_the_ledgers_own_file_and_that_before_the_shipped_one(tmp_path):
    env = {"DUBAN_VAR": str(tmp_path), "DUBAN_LEDGER": "office"}
    assert Config.from_environment(env).ladders == default_ladder_path()
    (tmp_path / "office").mkdir()
    own = tmp_path / "office" / "ladders.yaml"
    own.write_text(HEAD + DAY, encoding="utf-8")
    assert Config.from_environment(env).ladders == own
    assert Config.from_environment(env | {"DUBAN_LADDERS": "other.yaml"}).ladders.name == "other.yaml"


def test_a_mistake_deep_in_a_file_of_several_ladders_is_named_by_its_line(tmp_path):
    text = "ladders:\n  - name: a\n    label: b\n    steps:\n" + DAY.replace("  - ", "      - ") + "rules:\n"
    text += "  - ladder: a\n    kind:\n      - fixed\n      - weekly\n"
    with pytest.raises(BadText) as caught:
        load_ladders(write(tmp_path, text))
    assert (caught.value.line, "unknown kind 'weekly'" in str(caught.value)) == (10, True)
