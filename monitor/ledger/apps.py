"""Django's name for the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger app."""

    name = "monitor.ledger"
    label = "ledger"
