"""A whole house with a canary and a dead-man URL: what goes out while all is well, and what stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from monitor.ledger import models
from monitor.project import wiring
from monitor.project.clock import SystemClock
from monitor.project.config import Config
from monitor.project.queue import InlineQueue
from monitor.services.canaries import confirm
from monitor.services.sending import DeadAddress
from tests.http_provider import Provider, running
from tests.integration.test_deadman import alive

pytestmark = pytest.mark.django_db

CHANNELS = """\
channels:
  box: {{kind: file, folder: {folder}, canary: probe@duban.example, canary_within: PT20M}}
"""


@pytest.fixture
def watcher() -> Iterator[Provider]:
    with running(Provider(alive)) as provider:
        yield provider


class Server:
    """The application of one server, with its worker in the same process."""

    def __init__(self, folder: Path, **env: str) -> None:
        home = folder / "test"
        home.mkdir()
        self.outbox = home / "box"
        (home / "channels.yaml").write_text(CHANNELS.format(folder=self.outbox), encoding="utf-8")
        self.queue = InlineQueue()
        config = Config.from_environment({"DUBAN_VAR": str(folder), "DUBAN_LEDGER": "test", **env})
        self.app = wiring.build(config, queue=self.queue, clock=SystemClock())

    def tick(self, moment: str) -> None:
        with freeze_time(f"2022-10-19T{moment}+08:00", ignore=["ssl", "httpx", "httpcore"]):
            self.app.migrate()
            self.app.tick()
            self.queue.run(lambda ids: self._deliver(ids))

    def _deliver(self, ids: list[int]) -> None:
        self.app.deliver(ids)

    def confirm(self, moment: str) -> None:
        token = re.findall(r"/canary/([\w-]+)", models.Message.objects.filter(kind="canary").latest("pk").text)[0]
        with freeze_time(f"2022-10-19T{moment}+08:00"):
            assert confirm(self.app.ledger, token, by="link", now=self.app.clock.now())


def test_the_watcher_hears_while_all_is_well_and_not_while_a_canary_is_missing(tmp_path: Path, watcher: Provider):
    server = Server(tmp_path, DUBAN_DEADMAN_URL=f"{watcher.base}/ping", DUBAN_PUBLIC_URL="https://duban.example")
    heard = []
    for moment in ("09:00", "09:10", "09:20", "09:21"):
        server.tick(moment)
        heard.append(len(watcher.requests))
    assert heard == [1, 2, 2, 2]
    assert len(list(server.outbox.rglob("*.eml"))) >= 1
    server.confirm("09:25")
    server.tick("09:26")
    assert len(watcher.requests) == 3


def test_a_simulated_ledger_neither_pings_nor_sends_canaries(tmp_path: Path, watcher: Provider):
    now = "2022-10-19T09:00+08:00"
    server = Server(tmp_path, DUBAN_DEADMAN_URL=f"{watcher.base}/ping", DUBAN_NOW=now)
    server.tick("09:00")
    assert watcher.requests == []
    assert server.app.canaries == {}
    assert models.Canary.objects.count() == 0


def test_a_dead_address_leaves_the_house_at_the_next_round_and_comes_back_revived(tmp_path: Path):
    server = Server(tmp_path)
    server.tick("09:00")
    person = next(p for p in server.app.house.directory.people if p.channels)
    way = person.channels[0]
    server.app.ledger.addresses.bury(DeadAddress(way.channel, way.address, person.id, "550", server.app.clock.now()))
    server.tick("09:01")
    now_known = server.app.house.directory.person(person.id)
    assert now_known is not None
    assert way not in now_known.channels
    server.app.ledger.addresses.revive(way.channel, way.address)
    server.tick("09:02")
    assert server.app.house.directory.person(person.id) == person
