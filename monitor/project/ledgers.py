"""Which ledger a set of documents and a moment belong to: each has one of its own, found again under the same name."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from monitor.domain.errors import BadText
from monitor.project.clock import FileClock, parse_moment
from monitor.project.config import Config

OFFICE = "office"
_SLUG_LENGTH = 40


def choose_ledger(env: Mapping[str, str], *, documents: Path | None = None, now: str | None = None) -> dict[str, str]:
    """The settings ``DUBAN_LEDGER``, ``DUBAN_DOCUMENTS`` and ``DUBAN_NOW`` for these documents as of this moment.

    Arguments come before the environment; a ``DUBAN_LEDGER`` that is set is kept. BadText where the documents do not
    exist or ``now`` is no moment.
    """
    settings: dict[str, str] = {}
    now = now or env.get("DUBAN_NOW") or None
    documents = documents or (Path(env["DUBAN_DOCUMENTS"]) if env.get("DUBAN_DOCUMENTS") else None)
    name = OFFICE
    if documents:
        if not documents.exists():
            raise BadText("no such file or folder", file=str(documents), mend="give a document or a folder of them")
        settings["DUBAN_DOCUMENTS"] = str(documents.absolute())
        name = _of_documents(documents.absolute())
    if now:
        settings["DUBAN_NOW"], suffix = _of_moment(now)
        name += suffix
    return settings | {"DUBAN_LEDGER": env.get("DUBAN_LEDGER") or name}


def remember_moment(config: Config) -> None:
    """Keep a simulated ledger's moment beside it, so that its name alone is enough to open it again."""
    if config.now:
        _moment_file(config.var, config.ledger).write_text(config.now + "\n", encoding="utf-8")


def reopen(ledger: str, env: Mapping[str, str]) -> dict[str, str]:
    """The settings for a ledger that exists, by its name: its moment comes with it."""
    var = Path(env.get("DUBAN_VAR", "var")).absolute()
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", ledger) or not (var / ledger).is_dir():
        known = sorted(path.name for path in var.iterdir() if path.is_dir()) if var.is_dir() else []
        raise BadText(f"no ledger {ledger!r}", file=str(var), mend=f"choose one of: {', '.join(known) or 'none yet'}")
    moment = _moment_file(var, ledger)
    now = {"DUBAN_NOW": moment.read_text(encoding="utf-8").strip()} if moment.is_file() else {}
    return {"DUBAN_LEDGER": ledger, **now}


def _of_documents(documents: Path) -> str:
    if documents == Config.from_environment({}).documents:
        return OFFICE
    slug = re.sub(r"[^a-z0-9]+", "-", documents.stem.lower()).strip("-")[:_SLUG_LENGTH].strip("-")
    return f"{slug or 'documents'}-{_short_hash(str(documents))}"


def _of_moment(now: str) -> tuple[str, str]:
    if now.startswith("@"):
        path = Path(now[1:]).absolute()
        FileClock(path).now()
        return f"@{path}", f"-clock-{_short_hash(str(path))}"
    moment = parse_moment(now, source="--now")
    return moment.isoformat(timespec="minutes"), f"-asof-{moment:%Y%m%dT%H%M}"


def _short_hash(text: str) -> str:
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:6]


def _moment_file(var: Path, ledger: str) -> Path:
    return var / ledger / "now"
