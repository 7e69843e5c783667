"""Many rows in one statement, as plain values: what every round does.

Building a query costs Django several times what the database needs to answer it, and a model's instance for each row
costs more than all else that is done with it. The statements hold for SQLite and PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from json import dumps
from typing import Any

from django.db import connections
from django.db.models import DateField, DateTimeField, JSONField, Model

Names = tuple[str, ...]
_Codec = Callable[[Any], Any]


def read(
    using: str, model: type[Model], names: Names, rest: str, values: Sequence[Any] = (), *, lock: bool = False
) -> list[list[Any]]:
    """The values of ``names`` in the rows that ``rest`` asks for, JSON as its text; with ``lock`` held until the
    transaction ends.

    In ``rest`` the table is ``t``; ``obligation__uid`` is the ``uid`` of the row that ``obligation`` refers to.
    """
    connection = connections[using]
    head, decode = _reading(connection.vendor, model, names)
    # SQLite locks the whole file when the transaction begins; only servers need row locks.
    held = " FOR UPDATE OF t" if lock and connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{head} {rest}{held}", _sent(using, values))
        rows = [list(row) for row in cursor.fetchall()]
    _convert(rows, decode)
    return rows


def places(values: Sequence[Any]) -> str:
    """The place holders of so many values, for ``IN (…)``; none matches nothing."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def insert(using: str, model: type[Model], names: Names, rows: Iterable[Sequence[Any]], *, new: bool = True) -> None:
    """Write rows; the values stand in the order of ``names``, JSON as values or as text; other columns get the model's
    defaults. Without ``new`` what exists already stays as it is."""
    others, defaults = _defaults(model, names)
    columns = ", ".join(_column(model, name) for name in (*names, *others))
    unless = "" if new else " ON CONFLICT DO NOTHING"
    statement = f"INSERT INTO {_table(model)} ({columns}) VALUES ({places((*names, *others))}){unless}"
    _many(using, model, statement, (*names, *others), ((*row, *defaults) for row in rows))


@lru_cache(maxsize=256)
def _defaults(model: type[Model], names: Names) -> tuple[Names, Sequence[Any]]:
    unnamed = (f for f in model._meta.concrete_fields if f.name not in names and f.has_default())
    defaults = {field.name: field.get_default() for field in unnamed}
    return tuple(defaults), tuple(defaults.values())


def update(using: str, model: type[Model], names: Names, rows: Iterable[tuple[Sequence[Any], int]]) -> None:
    """Change rows, each to values of its own in the order of ``names``; its id stands behind them."""
    changes = ", ".join(f"{_column(model, name)} = %s" for name in names)
    statement = f"UPDATE {_table(model)} SET {changes} WHERE id = %s"
    _many(using, model, statement, (*names, "id"), ((*values, id) for values, id in rows))


def change(using: str, model: type[Model], changes: str, values: Sequence[Any]) -> int:
    """Change rows alike, as ``changes`` (``state = 'sent' WHERE …``) says; their number."""
    with connections[using].cursor() as cursor:
        cursor.execute(f"UPDATE {_table(model)} SET {changes}", _sent(using, values))
        return int(cursor.rowcount)


def _many(using: str, model: type[Model], statement: str, names: Names, rows: Iterable[Sequence[Any]]) -> None:
    values = [list(row) for row in rows]
    _convert(values, _encoding(connections[using].vendor, model, names))
    if values:
        with connections[using].cursor() as cursor:
            cursor.executemany(statement, values)


def _convert(rows: Iterable[list[Any]], codecs: Sequence[tuple[int, _Codec]]) -> None:
    for row in rows:
        for place, codec in codecs:
            if row[place] is not None:
                row[place] = codec(row[place])


@lru_cache(maxsize=256)
def _reading(vendor: str, model: type[Model], names: Names) -> tuple[str, Sequence[tuple[int, _Codec]]]:
    """The beginning of a SELECT, and what makes values of its columns."""
    columns = [f"{relation or 't'}.{_column(model, name)}" for name in names for relation in [name.rpartition("__")[0]]]
    relations = dict.fromkeys(name.rpartition("__")[0] for name in names if "__" in name)
    joins = "".join(_join(model, relation) for relation in relations)
    decode = _codecs(names, lambda name: _decoder(vendor, _field(model, name)))
    return f"SELECT {', '.join(columns)} FROM {_table(model)} t{joins}", decode


def _join(model: type[Model], relation: str) -> str:
    field = _field(model, relation)
    return f' JOIN {_table(field.related_model)} {relation} ON {relation}.id = t."{field.column}"'


@lru_cache(maxsize=256)
def _encoding(vendor: str, model: type[Model], names: Names) -> Sequence[tuple[int, _Codec]]:
    return _codecs(names, lambda name: _encoder(vendor, _field(model, name)))


def _codecs(names: Names, find: Callable[[str], _Codec | None]) -> Sequence[tuple[int, _Codec]]:
    return [(place, codec) for place, codec in enumerate(map(find, names)) if codec]


def _decoder(vendor: str, field: Any) -> _Codec | None:
    """Django's SQLite gives moments as they are stored: in UTC, without saying so."""
    return _in_utc if vendor == "sqlite" and isinstance(field, DateTimeField) else None


def _encoder(vendor: str, field: Any) -> _Codec | None:
    if isinstance(field, JSONField):
        return _json
    if vendor != "sqlite" or not isinstance(field, DateField):
        return None
    return _moment_text if isinstance(field, DateTimeField) else str


def _json(value: Any) -> str:
    return value if isinstance(value, str) else dumps(value)


def _sent(using: str, values: Sequence[Any]) -> Sequence[Any]:
    if connections[using].vendor != "sqlite":
        return values
    return [_moment_text(value) if isinstance(value, datetime) else value for value in values]


def _in_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC)


# A ledger knows far fewer moments than it has rows.
@lru_cache(maxsize=65536)
def _moment_text(value: datetime) -> str:
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'


def _column(model: type[Model], name: str) -> str:
    return f'"{_field(model, name).column}"'


def _field(model: type[Model], name: str) -> Any:
    relation, _, last = name.rpartition("__")
    # A relation seen from its other side has no column; nobody writes one here.
    return _field(_field(model, relation).related_model, last) if relation else model._meta.get_field(last)
