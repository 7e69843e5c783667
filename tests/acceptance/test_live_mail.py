"""The live path: a real Valkey, real worker processes, a real mail server, and a clock that is moved by hand."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import redis
from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor.ledger import models
from tests.acceptance.conftest import digests
from tests.acceptance.live import ALIAS, LEDGER, Live, children, live_ledger, until
from tests.endings import ends
from tests.smtp_sink import Sink, running

ECO = "石大党办综〔2022〕50号"
DESK = "ecology@duban.example"
VICE_MAYOR = "yan-bo@duban.example"
SENDER = "duban@dawukou.example"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink()) as sink:
        yield sink


@pytest.fixture
def live(
    unblocked: None, tmp_path: Path, empty_schema: Path, redis_url: str, ledger_env: dict[str, str], sink: Sink
) -> Iterator[Live]:
    """A ledger that has the 50号 since the morning of its issue."""
    with mailing(tmp_path, empty_schema, redis_url, ledger_env, sink) as live:
        yield live


@contextmanager
def mailing(folder: Path, schema: Path, redis_url: str, base: dict[str, str], sink: Sink) -> Iterator[Live]:
    url = f"smtp://127.0.0.1:{sink.port}?tls=none&from={SENDER}"
    with live_ledger(folder, schema, redis_url, base, DUBAN_SMTP_URL=url) as live:
        now = live.move("2022-10-18T09:00")
        live.app.store([one for one in digests() if one.document.number == ECO], now)
        yield live


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body
    return str(body.get_content())


def morning(mail: EmailMessage) -> str:
    return f"{parsedate_to_datetime(str(mail['Date'])):%Y-%m-%dT%H:%M}"


def to(sink: Sink, address: str) -> dict[str, EmailMessage]:
    """The mails to an address by their morning."""
    return {morning(mail): mail for mail in sink.mails if address in str(mail["To"])}


def meeting(live: Live) -> models.Occurrence:
    """五/（一）: the meeting to be held by 10-20."""
    (task,) = live.tasks(obligation__record__provision="五/（一）")
    return task


def test_a_deadline_is_told_two_days_before_on_the_day_and_after_it(live: Live, sink: Sink, redis_url: str) -> None:
    with live.workers():
        live.round("2022-10-18T09:00")
        live.round("2022-10-19T08:30")
        with redis.Redis.from_url(redis_url) as server:
            server.flushall()
        # The workers stay: a server that was emptied under them must not stop them.
        live.round("2022-10-20T08:30")
        live.round("2022-10-21T08:30")
    mails = to(sink, DESK)
    for at, word in (("18T09:00", "还有2天"), ("19T08:30", "还有1天"), ("20T08:30", "今日到期")):
        assert word in text_of(mails[f"2022-10-{at}"])
    late = to(sink, VICE_MAYOR)
    assert list(late) == ["2022-10-21T08:30"]
    assert "逾期" in late["2022-10-21T08:30"]["Subject"]
    assert "2022年10月20日（星期四）" in text_of(late["2022-10-21T08:30"])
    assert all(str(mail["Subject"]).startswith("【模拟台账】【督办】") for mail in sink.mails)
    one_each = Counter((str(mail["To"]), morning(mail)) for mail in sink.mails)
    assert set(one_each.values()) == {1}
    keys = models.Message.objects.using(ALIAS).filter(state="sent").values_list("key", flat=True)
    assert sorted(str(mail["Message-ID"]) for mail in sink.mails) == sorted(f"<{key}@dawukou.example>" for key in keys)


def test_what_is_done_between_the_round_and_the_send_is_not_sent(
    live: Live, sink: Sink, duban: Callable[..., "subprocess.CompletedProcess[str]"], redis_url: str
) -> None:
    live.hand_over("2022-10-18T09:00")
    assert live.due()
    settings = {name: live.env[name] for name in ("DUBAN_LEDGER", "DUBAN_NOW")}
    done = duban("done", str(meeting(live).pk), "--evidence", "会议已开，纪要见附件", REDIS_URL=redis_url, **settings)
    assert done.returncode == 0, done.stderr
    live.work_off()
    assert not live.due()
    assert sink.mails
    assert not any("领导小组会议" in text_of(mail) for mail in sink.mails)
    (notice,) = models.Notice.objects.using(ALIAS).filter(occurrence=meeting(live), step="lead-3")
    assert notice.state == "superseded"


def test_mails_still_come_after_the_queue_was_emptied(live: Live, sink: Sink, redis_url: str) -> None:
    live.hand_over("2022-10-19T08:30")
    owed = len(live.due())
    with redis.Redis.from_url(redis_url) as server:
        assert server.llen(f"rq:queue:duban:{LEDGER}:ordinary") > 0
        server.flushall()
    assert live.app.audit() == 0, "what is in flight is not handed over twice"
    live.move("2022-10-19T08:33")
    assert live.app.audit() == owed
    live.work_off()
    assert not live.due()
    assert len(sink.mails) == owed
    assert len({str(mail["To"]) for mail in sink.mails}) == owed


class Killing(Sink):
    """Takes the first mail for an address and kills the worker before it can hear so."""

    def __init__(self) -> None:
        super().__init__()
        self.victim = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        reply = await super().handle_DATA(server, session, envelope)
        if self.victim and DESK in envelope.rcpt_tos:
            os.kill(self.victim, signal.SIGKILL)
            assert ends(self.victim)
            self.victim = 0
        return reply


def test_a_worker_killed_before_it_could_record_repeats_the_same_message_id(
    unblocked: None, tmp_path: Path, empty_schema: Path, redis_url: str, ledger_env: dict[str, str]
) -> None:
    with (
        running(Killing()) as sink,
        mailing(tmp_path, empty_schema, redis_url, ledger_env, sink) as live,
        live.workers() as parent,
    ):
        assert until(lambda: "ordinary" in children(parent.pid))
        sink.victim = children(parent.pid)["ordinary"]
        live.hand_over("2022-10-19T08:30")
        assert until(lambda: sink.victim == 0)
        live.round("2022-10-19T08:33")
        keys = set(models.Message.objects.using(ALIAS).filter(state="sent").values_list("key", flat=True))
    sent = Counter((str(mail["To"]), str(mail["Message-ID"])) for mail in sink.mails)
    assert {count for (to, _), count in sent.items() if DESK in to} == {2}
    assert {count for (to, _), count in sent.items() if DESK not in to} == {1}
    assert {id for _, id in sent} == {f"<{key}@dawukou.example>" for key in keys}
