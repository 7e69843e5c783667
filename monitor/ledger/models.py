"""The ledger's tables. ``tenant`` stands in every key; what may exist once is unique by constraint.

Moments are stored in UTC. Nothing here decides: the rows are read into values of ``monitor.domain`` and written back.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Ledger(models.Model):
    """One tenant's ledger: made live or simulated, once; the head of its hash chain; when it was last swept;
    ``ladders`` the digest of those that tasks not yet begun are planned with, ``calendar`` the mark of the working
    calendar that due dates were last reckoned with."""

    tenant = models.CharField(primary_key=True, max_length=80)
    simulated = models.BooleanField()
    acceptance = models.CharField(max_length=40, default="ask")
    created_at = models.DateTimeField()
    swept_at = models.DateTimeField(null=True)
    ladders = models.CharField(max_length=64, default="")
    directory = models.CharField(max_length=64, default="")
    history_seq = models.BigIntegerField(default=0)
    history_head = models.CharField(max_length=64, default="")
    calendar = models.CharField(max_length=80, default="")


class Document(models.Model):
    """A document (公文) as imported; a corrected text replaces ``sha256`` and adds to ``version``."""

    tenant = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    title = models.TextField()
    issuer = models.TextField(default="")
    issued = models.DateField(null=True)
    file = models.TextField()
    sha256 = models.CharField(max_length=64)
    repeals = models.JSONField(default=list)
    urgency = models.CharField(max_length=8, default="普通")
    version = models.IntegerField(default=1)
    known_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "name"), name="one_document_by_name"),)


class PostChange(models.Model):
    """A change of post (任免) that a document announces; ``day`` is the first one that its text vouches for."""

    tenant = models.CharField(max_length=80)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="post_changes")
    position = models.IntegerField()
    person = models.CharField(max_length=80)
    post = models.CharField(max_length=200)
    change = models.CharField(max_length=12)
    day = models.DateField(null=True)
    counted = models.TextField(default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "document", "position"), name="one_post_change_by_position"),
        )


class Obligation(models.Model):
    """A derived duty (责任事项): the register's record, whole, and whether the office accepted it (立项)."""

    tenant = models.CharField(max_length=80)
    uid = models.CharField(max_length=80)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="obligations")
    position = models.IntegerField()
    kind = models.CharField(max_length=12)
    record = models.JSONField()
    state = models.CharField(max_length=12)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=80, default="")
    planned_until = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "uid"), name="one_obligation_by_uid"),)


class Occurrence(models.Model):
    """A tracked task (任务): one obligation, one owner, one window or event."""

    tenant = models.CharField(max_length=80)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="occurrences")
    owner_ref = models.CharField(max_length=160)
    owner_name = models.CharField(max_length=160)
    party = models.CharField(max_length=160)
    role = models.CharField(max_length=12)
    window = models.CharField(max_length=80)
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    due = models.DateTimeField(null=True)
    opens_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    count_min = models.IntegerField(default=1)
    reports = models.IntegerField(default=0)
    core_from = models.DateField(null=True)
    core_to = models.DateField(null=True)
    steps = models.JSONField(default=list)
    why = models.JSONField(default=list)
    copies = models.JSONField(default=list)
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=12)
    missed = models.BooleanField(default=False)
    handled_until = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    silent_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    returned = models.IntegerField(default=0)
    due_original = models.DateTimeField(null=True)
    extensions = models.IntegerField(default=0)
    disputed_at = models.DateTimeField(null=True)
    evidence = models.TextField(default="")
    next_change_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "obligation", "owner_ref", "window"), name="one_occurrence_by_owner_and_window"
            ),
        )
        indexes = (
            # Partial: closed rows, which pile up for years, stay out of the one question that every sweep asks.
            models.Index(
                fields=("tenant", "next_change_at"),
                name="occurrence_next_change",
                condition=Q(next_change_at__isnull=False),
            ),
            models.Index(fields=("tenant", "state", "due"), name="occurrence_state_due"),
        )


class Event(models.Model):
    """Something that happened and starts clocks (事件), told from outside or the completion of a ``task``."""

    tenant = models.CharField(max_length=80)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    organ = models.CharField(max_length=160, default="")
    basis = models.TextField(default="")
    told_by = models.CharField(max_length=80)
    task = models.ForeignKey(Occurrence, on_delete=models.PROTECT, null=True, related_name="events")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "key"), name="one_event_by_key"),)
        indexes = (models.Index(fields=("tenant", "at"), name="event_at"),)


class EventVerdict(models.Model):
    """The office's word on whether an event of that plain name is the one that a duty waits for."""

    tenant = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="event_verdicts")
    holds = models.BooleanField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "name", "obligation"), name="one_verdict_by_name"),)


class Notice(models.Model):
    """One step owed to one recipient about one subject; kept for ever, also where it was passed over."""

    tenant = models.CharField(max_length=80)
    subject = models.CharField(max_length=160)
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, null=True, related_name="notices")
    step = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    recipient = models.CharField(max_length=80)
    urgent = models.BooleanField(default=False)
    born_at = models.DateTimeField()
    deliver_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=80, default="")
    slip_number = models.CharField(max_length=40, default="")
    remark = models.TextField(default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "subject", "step", "recipient"), name="one_notice_by_subject_step_recipient"
            ),
        )


class Message(models.Model):
    """What leaves on one channel: the notices in it, the idempotency key, the sender's lease, the receipt."""

    tenant = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    slot = models.CharField(max_length=200)
    recipient = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, default="")
    outage = models.BooleanField(default=False)
    state = models.CharField(max_length=12)
    reason = models.TextField(default="")
    created_at = models.DateTimeField()
    send_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=80, default="")
    attempts = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=200, default="")
    answer = models.TextField(default="")
    delivered_at = models.DateTimeField(null=True)
    subject = models.TextField(default="")
    text = models.TextField(default="")
    notices = models.ManyToManyField(Notice, related_name="messages")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "key"), name="one_message_by_key"),
            models.UniqueConstraint(fields=("tenant", "slot"), name="one_message_by_slot"),
        )
        indexes = (
            models.Index(
                fields=("tenant", "next_attempt_at"),
                name="message_next_attempt",
                condition=Q(next_attempt_at__isnull=False),
            ),
            # How many left by a channel within its last minute, whatever has piled up since.
            models.Index(
                fields=("tenant", "channel", "sent_at"), name="message_sent_at", condition=Q(sent_at__isnull=False)
            ),
        )


class DeadAddress(models.Model):
    """An address that does not exist, as its provider says; passed over until the office says that it is alive."""

    tenant = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=200)
    recipient = models.CharField(max_length=80)
    reason = models.TextField()
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "channel", "address"), name="one_dead_address_by_channel"),
        )


class Pause(models.Model):
    """A channel whose provider asked for no message before ``until``."""

    tenant = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    until = models.DateTimeField()
    reason = models.TextField(default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "channel"), name="one_pause_by_channel"),)


class Canary(models.Model):
    """A message that proves its channel, the ``number``-th of it: to be confirmed by ``due_at``."""

    tenant = models.CharField(max_length=80)
    channel = models.CharField(max_length=20)
    number = models.BigIntegerField()
    token = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)
    back_by = models.CharField(max_length=80, default="")
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "channel", "number"), name="one_canary_by_channel_and_number"),
            models.UniqueConstraint(fields=("tenant", "token"), name="one_canary_by_token"),
        )


class Question(models.Model):
    """What could not be computed: shown to the office until somebody answers it."""

    tenant = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    text = models.TextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "key"), name="one_question_by_key"),)


class HolidayNotice(models.Model):
    """A holiday notice (放假通知) that the office imported: which days are off, which are made up, by name."""

    tenant = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    title = models.TextField()
    issuer = models.TextField()
    issued = models.DateField()
    year = models.IntegerField()
    kind = models.CharField(max_length=12)
    days_off = models.JSONField(default=dict)
    make_up = models.JSONField(default=dict)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "name", "year"), name="one_holiday_notice_by_name_and_year"),
        )


class SlipNumber(models.Model):
    """The last running number given to a 催办单 or a 督办单 (``series``) in a year."""

    tenant = models.CharField(max_length=80)
    series = models.CharField(max_length=8, default="催办单")
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "series", "year"), name="one_slip_counter_by_year"),)


class Slip(models.Model):
    """A numbered 催办单 or 督办单: which task and step it was made out for, when and by whom."""

    tenant = models.CharField(max_length=80)
    series = models.CharField(max_length=8)
    year = models.IntegerField()
    number = models.IntegerField()
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="slips")
    step = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tenant", "series", "year", "number"), name="one_slip_by_number"),
            models.UniqueConstraint(fields=("tenant", "occurrence", "step"), name="one_slip_by_occurrence_and_step"),
        )


class History(models.Model):
    """One entry a change: who, for whom, when, what, why. Append-only (triggers), hash-chained per tenant."""

    tenant = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=160)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tenant", "seq"), name="one_history_entry_by_seq"),)
        indexes = (models.Index(fields=("tenant", "subject"), name="history_subject"),)
