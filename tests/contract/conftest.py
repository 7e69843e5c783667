"""The ledger on both of its databases."""

from tests.ledger_world import postgres_template, sqlite_template, using, world

__all__ = ["postgres_template", "sqlite_template", "using", "world"]
