"""Two readings of one document side by side: what is new, what has changed, what is gone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import product

from monitor.domain.obligation import Obligation

ALIKE = 0.6
"""From this share of common characters on two quotes of one provision are the same duty in other words."""

Pair = tuple[Obligation, Obligation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a new reading holds against the one before, each list in the order of the text.

    ``changed`` pairs a duty that is gone with the one that took its place. ``amended`` have the same words and rule,
    but other parties or another validity; ``moved`` are as they were, on other lines, on another page or in another
    file. ``returned`` were gone once and stand there again.
    """

    new: tuple[Obligation, ...] = ()
    changed: tuple[Pair, ...] = ()
    gone: tuple[Obligation, ...] = ()
    amended: tuple[Pair, ...] = ()
    moved: tuple[Obligation, ...] = ()
    returned: tuple[Obligation, ...] = ()

    @property
    def added(self) -> tuple[Obligation, ...]:
        """All duties that the ledger gets: the new ones and those in place of others."""
        return (*self.new, *(one for _, one in self.changed))

    @property
    def ended(self) -> tuple[Obligation, ...]:
        """All duties that no longer count: those gone and those replaced."""
        return (*self.gone, *(old for old, _ in self.changed))


def compare(before: Sequence[Obligation], after: Sequence[Obligation], retired: Iterable[str] = ()) -> Comparison:
    """``after`` against ``before``; ``retired`` are ids of ``before`` that no longer counted."""
    was, now, ended = {o.id: o for o in before}, {o.id: o for o in after}, set(retired)
    new = [o for o in after if o.id not in was]
    gone = [o for o in before if o.id not in now and o.id not in ended]
    changed = _paired(gone, new)
    kept = [(was[o.id], o) for o in after if o.id in was and o.id not in ended]
    amended = [(old, one) for old, one in kept if _owed(old) != _owed(one)]
    replaced, replacing = {old.id for old, _ in changed}, {one.id for _, one in changed}
    return Comparison(
        new=tuple(o for o in new if o.id not in replacing),
        changed=tuple(changed),
        gone=tuple(o for o in gone if o.id not in replaced),
        amended=tuple(amended),
        moved=tuple(placed(old, one) for old, one in kept if _owed(old) == _owed(one) and placed(old, one) != old),
        returned=tuple(o for o in after if o.id in ended),
    )


def placed(old: Obligation, new: Obligation) -> Obligation:
    """The duty as it was, where it stands now and as it is printed there (bold marks and gaps are not in its id)."""
    return replace(old, file=new.file, page=new.page, lines=new.lines, quote=new.quote)


def _owed(o: Obligation) -> object:
    """What the owners of a duty would notice, beside what its id is made of."""
    return o.parties, o.report_to, o.valid, o.aligned, o.sanction, o.counting


def _paired(gone: Sequence[Obligation], new: Sequence[Obligation]) -> list[Pair]:
    """Each duty at most once: the same words under another number first, then the likest quotes of one provision."""
    left = {o.id: o for o in gone}
    found: dict[str, Obligation] = {}
    for old, one, _ in sorted(_candidates(gone, new), key=lambda pair: -pair[2]):
        if old.id in left and one.id not in found:
            found[one.id] = left.pop(old.id)
    return [(found[o.id], o) for o in new if o.id in found]


def _candidates(
    gone: Sequence[Obligation], new: Sequence[Obligation]
) -> Iterator[tuple[Obligation, Obligation, float]]:
    for old, one in product(gone, new):
        words, others = "".join(old.quote.split()), "".join(one.quote.split())
        if words == others:
            yield old, one, 1.0 + (old.provision == one.provision)
        elif old.provision == one.provision:
            likeness = SequenceMatcher(None, words, others, autojunk=False).ratio()
            if likeness >= ALIKE:
                yield old, one, likeness
