"""Many rows in one statement: a model's instance for each row costs more than all else that is done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connections
from django.db.models import JSONField, Model

AS_IT_IS = frozenset({str, int, bool, type(None)})
"""Types that both databases take as they are, but in JSON."""


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
    prepare = [_preparer(using, _field(model, name)) for name in names]
    values = [[prepared(value) for prepared, value in zip(prepare, row, strict=True)] for row in rows]
    if values:
        with connections[using].cursor() as cursor:
            cursor.executemany(statement, values)


def _preparer(using: str, field: Any) -> Callable[[Any], Any]:
    """What makes the database's value of a field's."""
    connection, prepare = connections[using], field.get_db_prep_save

    def prepared(value: Any) -> Any:
        return value if type(value) in AS_IT_IS and not isinstance(field, JSONField) else prepare(value, connection)

    return prepared


def _table(using: str, model: type[Model]) -> str:
    return str(connections[using].ops.quote_name(model._meta.db_table))


def _columns(using: str, model: type[Model], names: Sequence[str]) -> list[str]:
    quote = connections[using].ops.quote_name
    return [str(quote(_field(model, name).column)) for name in names]


def _field(model: type[Model], name: str) -> Any:
    # A relation seen from its other side has no column; nobody writes one here.
    return model._meta.get_field(name)
