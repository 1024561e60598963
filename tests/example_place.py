"""The example place, loaded through its own verbs once a process, and after that laid again row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from pytest_django.plugin import DjangoDbBlocker

from placeweave.example.load import load
from placeweave.places.models import Place

Rows = dict[type[models.Model], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Kept:
    """What lay there before a place was made, the number of that place, and the rows that came with it."""

    upon: Rows
    place: int
    made: Rows


_kept: dict[str, Kept] = {}


@contextmanager
def clachan(blocker: DjangoDbBlocker) -> Iterator[Place]:
    """Let Clachan be there for as long as the block lasts; each test may then change it in a transaction of its own."""
    with blocker.unblock(), transaction.atomic():
        yield laid("clachan", load)
        transaction.set_rollback(True)


def laid(name: str, make: Callable[[], Place]) -> Place:
    """Make a place the first time, and write the rows of it again every other time.

    Loading takes seconds and laying a fraction of one; what is there afterwards is the same, and a test says so.
    Rows are laid only upon what they were made upon: tests that commit bring the frameworks back under other numbers.
    """
    before = rows()
    known = _kept.get(name)
    if known is None or known.upon != before:
        place = make()
        made = {model: [one for one in found if one not in before[model]] for model, found in rows().items()}
        _kept[name] = known = Kept(before, place.pk, made)
    else:
        for model, found in known.made.items():
            _write(model, found)
    _tell_the_planner()
    return Place.objects.get(pk=known.place)


def _tell_the_planner() -> None:
    """Have PostgreSQL count: it takes tables that were filled in a transaction for empty, and plans accordingly.

    Ours alone: counting all would hold the server's own tables until the end of the transaction, which may last as long
    as a module, and every other process that counts would wait for it.
    """
    if connection.vendor == "postgresql":
        tables = sorted(_quoted(model._meta.db_table) for model in apps.get_models(include_auto_created=True))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def rows() -> Rows:
    """Give every row of every table as the database holds it."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT {_columns(model)} FROM {_quoted(model._meta.db_table)} ORDER BY 1")
            found[model] = cursor.fetchall()
    return found


def _write(model: type[models.Model], found: list[tuple[Any, ...]]) -> None:
    places = ", ".join("%s" for _field in model._meta.concrete_fields)
    sql = f"INSERT INTO {_quoted(model._meta.db_table)} ({_columns(model)}) VALUES ({places})"
    with connection.cursor() as cursor:
        cursor.executemany(sql, found)


def _columns(model: type[models.Model]) -> str:
    return ", ".join(_quoted(field.column) for field in model._meta.concrete_fields)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
