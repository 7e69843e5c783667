"""By which ways a person is reached: his channels in his order, as far as they are configured and alive."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.domain.directory import Directory, Person
from monitor.services.house import House
from monitor.services.sending import DeadAddress

_FILE = "file"


def routes(house: House, person: Person, *, urgent: bool = False) -> list[tuple[str, str]]:
    """(channel, address) of a person in his order for what is urgent or not, as far as the channels are configured.

    The file outbox stands in for every channel while no other is configured.
    """
    ways = person.ways(urgent=urgent)
    configured = [(a.channel, a.address) for a in ways if a.channel in house.channels]
    if configured or not _stands_in(house):
        return configured
    return [(_FILE, address.address) for address in ways[:1]]


def reachable(house: House, directory: Directory, dead: Iterable[DeadAddress]) -> Directory:
    """The directory without the addresses that their providers have called dead."""
    gone = {(one.channel, one.address) for one in dead}
    if gone and _stands_in(house):
        known = ((a.channel, a.address) for person in directory.people for a in person.channels)
        gone |= {(channel, address) for channel, address in known if (_FILE, address) in gone}
    return directory.without(gone)


def _stands_in(house: House) -> bool:
    return set(house.channels) == {_FILE}
