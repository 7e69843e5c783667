"""Who owes a duty in a window, and the occurrence that this makes: alike for windows of the calendar and of events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor.domain.directory import Owner
from monitor.domain.obligation import Obligation, Party
from monitor.domain.occurrence import CLOSED, Occurrence
from monitor.services.house import House
from monitor.services.ports import StoredObligation
from monitor.services.steps import ladder_of, planned_steps
from schedules.civil import day_end, day_start
from schedules.windows import Window

UNCHASED = frozenset({"class", "unknown"})
_CONCERNED = re.compile("有关|相关")


def owners_of(
    house: House, obligation: Obligation, today: date, questions: dict[str, str]
) -> list[tuple[Owner, Party]]:
    """Each owner once, with the party whose name led to him; the cooperating get copies, not occurrences."""
    owing = [party for party in obligation.parties if party.role != "cooperating"] or list(obligation.parties)
    found: dict[str, tuple[Owner, Party]] = {}
    on = obligation.issued or today
    for party in owing:
        for owner in house.directory.owners(party.name, on, obligation.doc):
            found.setdefault(owner.ref, (owner, party))
            if owner.kind == "unknown":
                questions[f"party:{obligation.doc}:{owner.name}"] = (
                    f"{obligation.doc} {obligation.provision}：通讯录中没有“{owner.name}”，"
                    "请指定责任单位或责任人。指定前只在台账列示，不予催办。"
                )
    if not found:
        questions[f"no-party:{obligation.id}"] = (
            f"{obligation.doc} {obligation.provision}：文中未写明责任单位，请指定。"
        )
    return list(found.values())


def copies_of(
    house: House, obligation: Obligation, today: date, owners: Sequence[tuple[Owner, Party]]
) -> dict[str, tuple[str, ...]]:
    """The cooperating, as copies of one owner's reminders: of the lead, or of the first where nobody leads.

    “各有关单位” asks for the help of whoever is concerned and names nobody: it makes no copies.
    """
    first = min(owners, key=lambda pair: pair[1].role != "lead", default=None)
    if first is None or first[1].role == "cooperating":
        return {}
    names = [p.name for p in obligation.parties if p.role == "cooperating" and not _CONCERNED.search(p.name)]
    on, own = obligation.issued or today, {owner.ref for owner, _ in owners}
    found = [owner for name in names for owner in house.directory.owners(name, on, obligation.doc)]
    chased = (owner.ref for owner in found if owner.kind not in UNCHASED and owner.ref not in own)
    return {first[0].ref: tuple(dict.fromkeys(chased))}


def occurrence_of(
    house: House, stored: StoredObligation, owner: Owner, party: Party, window: Window, now: datetime,
    *, opens: datetime | None = None,
) -> Occurrence:  # fmt: skip
    """The occurrence of one owner and window, with its ladder; ``opens`` where that is not the window's first day."""
    ends, lasting = ends_of(window), window.shape == "response" and window.until is None
    opens = max(opens or day_start(window.first_day), stored.known_at)
    closed = not lasting and (ends or window.due or day_end(window.end)) <= stored.known_at
    new = Occurrence(
        obligation=stored.id, uid=stored.value.id, kind=stored.value.kind,
        owner_ref=owner.ref, owner_name=owner.name, party=party.name, role=party.role,
        window=window.key, start=window.start, end=None if lasting else window.end, due=window.due,
        opens_at=opens, ends_at=ends, count_min=window.count_min, core=window.core, why=window.why,
        provisional=window.provisional, state="history" if closed else "upcoming" if opens > now else "open",
    )  # fmt: skip
    if new.state in CLOSED or owner.kind in UNCHASED:
        return new
    ladder = ladder_of(house, stored, owner.name, party.name)
    return replace(new, steps=planned_steps(ladder, window, house.calendar, opened=now))


def ends_of(window: Window) -> datetime | None:
    """When a state kept (a season, a cover) is over by itself; None for an act, which is owed until it is done."""
    return window.until if window.shape == "response" else day_end(window.end) if window.shape == "season" else None
