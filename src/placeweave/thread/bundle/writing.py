"""Write a whole place: JSON to bring it back, CSV to read it without us, and a manifest with a hash of each file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext as _

from placeweave import __version__
from placeweave.formats.bundle import Bundle, write_bundle
from placeweave.formats.tables import write_csv
from placeweave.kit.exports import Exported, Exporter, Taker, register
from placeweave.kit.models import Account
from placeweave.places.models import FrameworkNode, Place
from placeweave.thread.bundle import shape

Row = dict[str, Any]


def as_row(record: models.Model) -> Row:
    """Give a record as plain values: keys for what it points at, an e-mail for an account."""
    row: Row = {}
    stays = shape.kept_back(type(record))
    for field in (one for one in record._meta.concrete_fields if one.name not in stays):
        value = field.value_from_object(record)
        if field.related_model is Account and value is not None:
            value = getattr(record, field.name).email
        # Written out in full: JSON as Django writes it would cut a moment to the millisecond.
        row[field.name] = value.isoformat() if isinstance(value, date) else value
    for many in record._meta.many_to_many:
        if many.remote_field.through._meta.auto_created:  # type: ignore[union-attr]
            row[many.name] = [_far_end(other) for other in getattr(record, many.name).all()]
    return row


def _far_end(other: models.Model) -> Any:
    """Name the far end of a many-to-many link: a framework's heading by its code, anything else by its key."""
    if isinstance(other, FrameworkNode):
        return [other.framework.slug, other.framework.version, other.code]
    return other.pk


def _read(model: shape.Model, place: Place) -> list[Row]:
    accounts = [field.name for field in model._meta.fields if field.related_model is Account]
    links = [many.name for many in model._meta.many_to_many if many.remote_field.through._meta.auto_created]  # type: ignore[union-attr]
    found = shape.rows(model, place).select_related(*accounts).prefetch_related(*links)
    return [as_row(record) for record in found]


def _json(rows: Sequence[Row]) -> bytes:
    lines = (json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True) for row in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def _csv(model: shape.Model, rows: Sequence[Row]) -> bytes:
    columns = list(rows[0]) if rows else _columns(model)
    return write_csv(columns, [[_cell(row[column]) for column in columns] for row in rows])


def _columns(model: shape.Model) -> list[str]:
    stays = shape.kept_back(model)
    return [field.name for field in model._meta.concrete_fields if field.name not in stays]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return str(value)


def _accounts(place: Place) -> list[Row]:
    """List the people who can sign in: name and address, and never anything that opens a door."""
    found = Account.objects.filter(memberships__place=place).distinct().order_by("email")
    return [{"email": one.email, "name": one.name} for one in found]


def write(place: Place) -> tuple[bytes, int]:
    """Give the bundle of a place and the number of records in it; equal places give equal bytes."""
    members: dict[str, bytes] = {"json/accounts.jsonl": _json(_accounts(place))}
    counts: dict[str, int] = {}
    for model in shape.in_order():
        label = model._meta.label_lower
        rows = _read(model, place)
        counts[label] = len(rows)
        members[f"json/{label}.jsonl"] = _json(rows)
        members[f"csv/{label}.csv"] = _csv(model, rows)
    about = {"place": place.name, "slug": place.slug, "placeweave": __version__, "read me": _READ_ME}
    return write_bundle(Bundle(members, counts, about)), sum(counts.values())


_READ_ME = (
    "Everything placeweave holds of one place. json/ brings it back into an empty installation "
    "(placeweave place restore FILE); csv/ holds the same rows for a spreadsheet. It holds words given in confidence: "
    "keep it as carefully as you kept the place."
)


def _export(place_id: int, _taker: Taker) -> Exported:
    place = Place.objects.get(pk=place_id)
    content, count = write(place)
    contributions = next(model for model in shape.in_order() if model._meta.label_lower == "listening.contribution")
    keys = shape.rows(contributions, place).exclude(text="").values_list("pk", flat=True)
    scope = _("everything, words given in confidence included")
    return Exported(content, f"{place.slug}-placeweave.zip", "application/zip", count, scope, frozenset(keys))


def offer() -> None:
    """Offer the export to conveners."""
    register(Exporter("place", _("The whole place (zip)"), "thread.export_place", _export))
