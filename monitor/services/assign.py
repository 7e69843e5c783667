"""立项 of items without a document: an entry becomes a document, its duty, its task; asking too often warns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.domain.assignment import Asked, Assignment, Terms, event_name, obligation_of, repeats
from monitor.domain.directory import Owner
from monitor.domain.errors import MissingFact, Refused
from monitor.domain.obligation import Obligation
from monitor.services.events import Telling, raise_event
from monitor.services.house import House
from monitor.services.plan import plan
from monitor.services.ports import Entry
from schedules.civil import civil


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What an entry became: its number, its duty, its tasks, and the warnings that it gave rise to."""

    name: str
    obligation: Obligation
    tasks: tuple[int, ...]
    warnings: tuple[str, ...]


def assign(house: House, item: Assignment, terms: Terms, *, actor: str, now: datetime) -> Assigned:
    """Enter an item in one transaction. Refused where its number stands already, MissingFact for an unknown unit."""
    limit = terms.limit(item.kind)
    owners = _owners(house, item)
    with house.ledger.atomic():
        house.ledger.hold()
        name = item.name.strip() or _number(house, item)
        if house.ledger.documents.find(name):
            raise Refused(f"“{name}”已在台账中", mend="换一个 --name；台账未作改动")
        duty = obligation_of(item, limit, name)
        warnings = tuple(said for owner in owners for said in _warned(house, item, owner, terms, now))
        _store(house, item, duty, now, actor)
        basis = f"{limit.name}缺省时限（{limit.basis}）" if item.due is None else item.reason
        detail = {"doc": name, "basis": item.basis, "approver": item.approver, "source": item.source, "limit": basis}
        house.ledger.journal.record([Entry("accepted", f"obligation:{duty.id}", detail)], actor=actor, now=now)
        if item.due is None:
            telling = Telling(name=event_name(name), at=item.at, basis=f"{item.basis}；{basis}")
            raise_event(house, telling, actor=actor, now=now)
        plan(house, now)
        if warnings:
            house.ledger.journal.ask({f"repeat:{duty.id}": f"{name}：{'；'.join(warnings)}。请核对是否必要。"}, now=now)
        tasks = house.ledger.occurrences.select(doc=name, provision=duty.provision)
    return Assigned(name=name, obligation=duty, tasks=tuple(task.id for task in tasks), warnings=warnings)


def _owners(house: House, item: Assignment) -> list[Owner]:
    on = civil(item.at).date()
    found = [owner for party in item.parties for owner in house.directory.owners(party, on)]
    unknown = [owner.name for owner in found if owner.kind == "unknown"]
    if unknown:
        raise MissingFact(f"通讯录中没有“{unknown[0]}”", mend="核对名称，或先补全通讯录")
    return found


def _number(house: House, item: Assignment) -> str:
    """The next free number of the kind in the year: 批示〔2022〕3号."""
    stem = f"{item.kind}〔{civil(item.at).year}〕"
    taken = {document.name for document in house.ledger.documents.all()}
    number = 1
    while f"{stem}{number}号" in taken:
        number += 1
    return f"{stem}{number}号"


def _store(house: House, item: Assignment, duty: Obligation, now: datetime, actor: str) -> None:
    store = house.ledger.documents
    body = "\n".join((item.text, item.basis, *item.parties))
    document = store.add(
        name=duty.doc, title=duty.title, issuer=item.source, issued=duty.issued, file="",
        sha256=hashlib.sha256(body.encode()).hexdigest(), repeals=(), now=min(now, item.at),
    )  # fmt: skip
    store.add_obligations(document.id, [(0, duty, "accepted")], by=item.approver[:80], now=min(now, item.at))


def _warned(house: House, item: Assignment, owner: Owner, terms: Terms, now: datetime) -> list[str]:
    tasks = house.ledger.occurrences.opened_since(owner.ref, now - timedelta(days=terms.days))
    duties = house.ledger.documents.by_uid({task.uid for task in tasks})
    documents = {document.name: document for document in house.ledger.documents.all()}
    asked = [
        Asked(duty.value.doc, duty.value.action, documents[duty.value.doc].issuer)
        for duty in duties.values()
        if duty.value.derived_by == "assigned" and duty.value.doc in documents
    ]
    return [f"{owner.name}：{said}" for said in repeats(item, asked, terms)]
