"""What the tests of files that come in share: bringing one, its outcomes, and the database as it stands."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.apps import apps
from django.db import connection

from placeweave.kit import imports
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch
from placeweave.places import areas
from placeweave.places.importers import footprint
from placeweave.places.models import Member

OF_THE_IMPORT_ITSELF = frozenset({"kit_batch", "kit_batchrow", "kit_batchquestion", "kit_auditentry", "kit_turn"})


def stage(by: Member, format: str, content: str | bytes, *, name: str = "file", **options: Any) -> Batch:  # noqa: A002
    """Preview a file."""
    raw = content.encode() if isinstance(content, str) else content
    return imports.stage(format=format, upload=Upload(name, raw), place_id=by.place_id, options=options, by=by)


def bring(by: Member, format: str, content: str | bytes, *, name: str = "file", **options: Any) -> Batch:  # noqa: A002
    """Bring a file in."""
    batch = stage(by, format, content, name=name, **options)
    assert batch.state == Batch.State.STAGED, batch.failure
    return imports.accept(batch=batch, by=by)


def begin(by: Member, council: str = "Falkirk", *, duty_takes_part: bool = False) -> Batch:
    """Give a place its council area."""
    area = areas.called(council)
    assert area is not None
    return bring(by, "footprint", footprint.table_of(area, duty_takes_part=duty_takes_part), name=f"{council}.csv")


def outcomes(batch: Batch) -> dict[str, int]:
    """Count a batch's rows by outcome; every row has exactly one."""
    counted = Counter(batch.rows.values_list("outcome", flat=True))
    assert sum(counted.values()) == batch.totals["rows"]
    assert {name: counted[name] for name in counted} == {
        name: count for name, count in batch.totals.items() if count and name != "rows"
    }
    return dict(counted)


def database() -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table but those in which an import keeps its own history."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - OF_THE_IMPORT_ITSELF
    quote = connection.ops.quote_name
    found: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {quote(table)}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found
