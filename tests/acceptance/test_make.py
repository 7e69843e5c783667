"""The newcomer's two commands, in a copy of the project whose path has a space; the environment is the one at hand."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

Make = Callable[..., "subprocess.CompletedProcess[str]"]
AT_HAND = ("-o", ".venv/.installed")  # take the environment as it is


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "督办 copy"
    left_out = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "*.egg-info", ".hypothesis")
    shutil.copytree(ROOT, target, ignore=left_out)
    (target / ".venv").symlink_to(ROOT / ".venv")
    return target


@pytest.fixture
def make(copy: Path, ledger_env: dict[str, str]) -> Make:
    program = shutil.which("make")
    assert program, "make is the one thing that has to be there"
    env = {name: value for name, value in ledger_env.items() if name not in ("PYTHONPATH", "DUBAN_VAR", "MAKEFLAGS")}

    def run(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [program, *arguments], cwd=copy, env=env | more, capture_output=True, text=True, timeout=300
        )

    return run


def test_make_alone_says_what_there_is(make: Make) -> None:
    said = make().stdout
    assert all(f"make {target} " in said for target in ("run", "test", "install", "check", "bench"))


def test_make_run_does_a_round_beside_the_copy(make: Make, copy: Path) -> None:
    done = make(*AT_HAND, "run", "ARGS=--once --now 2022-10-19T09:00+08:00")
    assert done.returncode == 0, done.stderr
    assert "最近到期" in done.stdout
    assert list((copy / "var").glob("*/outbox/*.eml"))


def test_a_refusal_makes_make_fail(make: Make) -> None:
    done = make(*AT_HAND, "run", "ARGS=--once --documents /nowhere")
    assert done.returncode == 2
    assert "/nowhere: no such file or folder" in done.stderr


def test_make_test_passes_arguments_on_and_names_what_was_skipped(make: Make, copy: Path) -> None:
    shutil.rmtree(copy / "tests")
    (copy / "tests").mkdir()
    for name in ("conftest.py", "django_settings.py", "endings.py"):
        shutil.copy2(ROOT / "tests" / name, copy / "tests" / name)
    (copy / "tests" / "test_it.py").write_text(
        "import pytest\ndef test_one(): pass\ndef test_two(): pytest.skip('no moon tonight')\n"
    )
    said = make(*AT_HAND, "test", "JOBS=1").stdout
    assert "1 passed, 1 skipped" in said
    assert "1 not run: no moon tonight" in said


def test_without_a_python_make_says_which_is_needed(make: Make, copy: Path) -> None:
    (copy / ".venv").unlink()
    done = make("install", PATH="/nowhere")
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed" in done.stderr


def test_ci_asks_for_everything(copy: Path) -> None:
    script = (copy / ".ci" / "run").read_text()
    assert os.access(copy / ".ci" / "run", os.X_OK)
    assert "export CI=true" in script
    assert subprocess.run(["sh", "-n", copy / ".ci" / "run"]).returncode == 0
