"""Write very many plain rows at once, where making a record of each would take most of the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of plain values, given in the order of ``fields`` (attribute names, so ``batch_id``, not ``batch``).

    Nothing but the database checks them, no signal is sent and no key comes back; ten times as fast as
    ``bulk_create`` for tens of thousands of rows.
    """
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    columns = [str(model._meta.get_field(name).column) for name in fields]  # type: ignore[union-attr]
    names, places = ", ".join(quote(column) for column in columns), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - names are ours
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))
