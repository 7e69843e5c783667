"""Many rows in one statement: a model's instance for each row costs more than all else that is done with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections
from django.db.models import Model


def insert(using: str, model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows; the values stand in the order of ``names``."""
    columns = ", ".join(_columns(using, model, names))
    places = ", ".join(["%s"] * len(names))
    _execute(using, model, f"INSERT INTO {_table(using, model)} ({columns}) VALUES ({places})", names, rows)


def update(using: str, model: type[Model], names: Sequence[str], rows: Iterable[tuple[Sequence[Any], int]]) -> None:
    """Change rows, each to values of its own in the order of ``names``; its id stands behind them."""
    changes = ", ".join(f"{column} = %s" for column in _columns(using, model, names))
    statement = f"UPDATE {_table(using, model)} SET {changes} WHERE id = %s"
    _execute(using, model, statement, (*names, "id"), ((*values, id) for values, id in rows))


def _execute(
    using: str, model: type[Model], statement: str, names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    connection = connections[using]
    prepare = [_field(model, name).get_db_prep_save for name in names]
    values = [[prepared(value, connection) for prepared, value in zip(prepare, row, strict=True)] for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _table(using: str, model: type[Model]) -> str:
    return str(connections[using].ops.quote_name(model._meta.db_table))


def _columns(using: str, model: type[Model], names: Sequence[str]) -> list[str]:
    quote = connections[using].ops.quote_name
    return [str(quote(_field(model, name).column)) for name in names]


def _field(model: type[Model], name: str) -> Any:
    # A relation seen from its other side has no column; nobody writes one here.
    return model._meta.get_field(name)
