"""What a run shows: the sinks' book held against the duties, the ledger and the log of what befell it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from monitor.ledger import models
from tests.chaos.databases import ALIAS
from tests.chaos.havoc import Run
from tests.chaos.office import LEDGER, Closing
from tests.chaos.sinks import Received, read_book


@dataclass(frozen=True, slots=True)
class Findings:
    """The figures of a run, and every fault found: an empty list is what we want to see."""

    duties: int
    messages: int
    received: int
    closed: int
    lost: int
    repeats: int
    may_repeat: int
    kills: Counter[tuple[str, str]]
    between: int
    others: Counter[str]
    waits_s: Mapping[bool, Sequence[float]]
    faults: list[str] = field(default_factory=list)

    @property
    def killed(self) -> int:
        """All kills."""
        return self.kills.total()


def look(run: Run, closed: Mapping[int, Closing], book: Path) -> Findings:
    """Hold everything against everything."""
    received = read_book(book)
    by_key = Counter(one.key for one in received)
    kills = [event for event in run.events if event["kind"] == "kill"]
    seen = {tag for one in received for tag in one.tags}
    missing = sorted(set(run.office.duties) - seen - set(closed))
    allowed = sum(event.get("may_repeat", 0) for event in run.events)
    repeats = by_key.total() - len(by_key)
    waits = waiting(run, received)
    faults = [
        *(f"duty {tag} was never told" for tag in missing),
        *([f"{repeats} repeats, {allowed} accounted for"] if repeats > allowed else []),
        *_other_keys(run, received),
        *_after_done(run, received, closed),
        *_stories(run, by_key),
        *(["urgent ones came behind ordinary ones"] if _behind(waits) else []),
        *(["not settled in time"] if any(event["kind"] == "unsettled" for event in run.events) else []),
    ]
    return Findings(
        duties=len(run.office.duties), messages=run.office.messages().count(), received=len(received),
        closed=len(closed), lost=len(missing), repeats=repeats, may_repeat=allowed,
        kills=Counter((event["part"], event["step"]) for event in kills),
        between=sum(bool(event["held"]) for event in kills),
        others=Counter(event["kind"] for event in run.events if "may_repeat" in event and event["kind"] != "kill"),
        waits_s=waits, faults=faults,
    )  # fmt: skip


def _other_keys(run: Run, received: Sequence[Received]) -> Iterator[str]:
    """A duty that was told under two keys, though no message of the two had been given up."""
    keys: dict[int, set[str]] = {}
    for one in received:
        for tag in one.tags:
            keys.setdefault(tag, set()).add(one.key)
    given_up = set(run.office.messages().filter(state="failed").values_list("key", flat=True))
    for tag, found in keys.items():
        if len(found - given_up) > 1:
            yield f"duty {tag} was told under {len(found)} keys"


def _after_done(run: Run, received: Sequence[Received], closed: Mapping[int, Closing]) -> Iterator[str]:
    """What was in nobody's hands when its duty was done must not leave afterwards; what was, not once more."""
    for tag, done in closed.items():
        later = [one for one in received if tag in one.tags and one.at > done.at]
        message = run.office.message_of(tag)
        attempts = message.attempts if message and message.state == "sent" else 0
        if later and done.state != "sending":
            yield f"duty {tag} was told after it was done ({done.state or 'no message'})"
        elif done.state == "sending" and attempts > done.attempts and message and _tells(run, message, tag):
            yield f"duty {tag} was sent again after it was done"


def _tells(run: Run, message: models.Message, tag: int) -> bool:
    """Whether the ledger says that the message told of the duty, which it does not of one that was dropped."""
    return message.notices.filter(occurrence=run.office.rows[tag], state="sent").exists()


def _stories(run: Run, by_key: Counter[str]) -> Iterator[str]:
    """The ledger's story against the sinks'."""
    sent = dict(run.office.messages().filter(state="sent").values_list("key", "pk"))
    yield from (f"message {id} is called sent and never came" for key, id in sent.items() if key not in by_key)
    known = set(run.office.messages().values_list("key", flat=True))
    yield from (f"{key} came and is unknown to the ledger" for key in by_key if key not in known)
    history: Counter[tuple[str, str]] = Counter()
    of_messages = models.History.objects.using(ALIAS).filter(tenant=LEDGER, subject__startswith="message:")
    for subject, action in of_messages.values_list("subject", "action"):
        history[subject, action] += 1
    for key, id in sent.items():
        told, again = (history[f"message:{id}", action] for action in ("sent", "repeated"))
        if told != 1 or told + again > by_key[key]:
            yield f"message {id}: {told} sent and {again} repeated in the history, {by_key[key]} came"
    if run.office.app.ledger.journal.broken_at() is not None:
        yield "the history's chain is broken"
    pending = models.Notice.objects.using(ALIAS).filter(tenant=LEDGER, state="pending").count()
    if pending:
        yield f"{pending} notices are still pending"


def waiting(run: Run, received: Sequence[Received]) -> dict[bool, tuple[float, ...]]:
    """How long urgent and ordinary messages waited after the first of their wave had come, in the calm waves.

    Each lane has workers of its own: where one lane's was killed, the other's goes on, and waits say nothing.
    """
    calm = {event["number"] for event in run.events if event["kind"] == "calm"}
    firsts: dict[int, float] = {}
    waits: dict[bool, list[float]] = {True: [], False: []}
    for one in received:
        for tag in one.tags[:1]:
            duty = run.office.duties[tag]
            since = firsts.setdefault(duty.wave, one.at)
            if duty.wave in calm:
                waits[duty.urgent].append(one.at - since)
    return {urgent: tuple(sorted(found)) for urgent, found in waits.items()}


def _behind(waits: Mapping[bool, Sequence[float]]) -> bool:
    """Whether half of the urgent ones came after the last of the ordinary ones, or none came at all."""
    return not waits[True] or not waits[False] or median(waits[True]) > waits[False][-1]
