"""Bring a whole place back, into an installation that holds none.

Keys are kept, because records speak of each other by key in more ways than foreign keys alone; so the installation
must be empty. Only people's accounts and published frameworks are met where they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from placeweave.formats.bundle import Bundle, read_bundle
from placeweave.kit.errors import NotReady, Unsound
from placeweave.kit.models import Account
from placeweave.places.models import FrameworkNode, Place
from placeweave.thread.bundle import shape

Row = dict[str, Any]
Links = list[tuple[models.Model, str, list[Any]]]


@dataclass(frozen=True)
class Restored:
    """What came back: the place, and how many records of each noun."""

    place: Place
    counts: Mapping[str, int]


def _rows(bundle: Bundle, label: str) -> list[Row]:
    found = []
    for number, line in enumerate(bundle.members.get(f"json/{label}.jsonl", b"").splitlines(), start=1):
        try:
            row = json.loads(line)
        except ValueError as fault:
            raise Unsound(
                _("json/%(label)s.jsonl, line %(number)s is not valid JSON.") % {"label": label, "number": number}
            ) from fault
        if not isinstance(row, dict):
            raise Unsound(
                _("json/%(label)s.jsonl, line %(number)s is not a record.") % {"label": label, "number": number}
            )
        found.append(row)
    return found


def _accounts(bundle: Bundle) -> dict[str, Account]:
    """Meet or make each account by its address; nobody comes back with more rights than a plain account."""
    met = {}
    for row in _rows(bundle, "accounts"):
        email = str(row.get("email", "")).lower()
        found = Account.objects.filter(email=email).first()
        met[email] = found or Account.objects.create_user(email, name=str(row.get("name", ""))[:120])
    return met


def _build(model: shape.Model, row: Row, accounts: Mapping[str, Account]) -> models.Model:
    values: dict[str, Any] = {}
    stays = shape.kept_back(model)
    for field in (one for one in model._meta.concrete_fields if one.name not in stays):
        # What a bundle of an earlier day had no word for yet begins as in a new record.
        value = row.get(field.name, field.get_default() if field.has_default() else None)
        if field.related_model is Account:
            values[field.name] = accounts.get(str(value).lower()) if value else None
        elif field.is_relation:
            values[field.attname] = value
        else:
            values[field.attname] = field.to_python(value)
    record = model(**values)
    record.clean_fields(exclude=[field.name for field in model._meta.concrete_fields if field.is_relation])
    return record


def _restore(model: shape.Model, bundle: Bundle, accounts: Mapping[str, Account], links: Links) -> int:
    records = []
    label = model._meta.label_lower
    many = [one.name for one in model._meta.many_to_many if one.remote_field.through._meta.auto_created]  # type: ignore[union-attr]
    for number, row in enumerate(_rows(bundle, label), start=1):
        try:
            record = _build(model, row, accounts)
        except (ValidationError, TypeError, ValueError) as fault:
            reason = "; ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)
            place = {"label": label, "number": number, "reason": reason}
            raise Unsound(_("json/%(label)s.jsonl, line %(number)s: %(reason)s") % place) from fault
        records.append(record)
        links += [(record, name, row[name]) for name in many if row.get(name)]
    model._base_manager.bulk_create(_parents_first(model, records), batch_size=500)
    return len(records)


def _parents_first(model: shape.Model, records: list[models.Model]) -> list[models.Model]:
    """Order rows so that one which points at another of its own kind comes after it."""
    own = [field.attname for field in model._meta.fields if field.related_model is model]
    known = {record.pk for record in records}
    done: set[Any] = set()
    ordered: list[models.Model] = []
    waiting = records
    while waiting:
        ready = [
            one for one in waiting if all(getattr(one, name) in done or getattr(one, name) not in known for name in own)
        ]
        if not ready:
            raise Unsound(
                _("Records of %(noun)s point at each other in a circle.") % {"noun": model._meta.verbose_name}
            )
        ordered += ready
        done |= {one.pk for one in ready}
        waiting = [one for one in waiting if one.pk not in done]
    return ordered


def _far_ends(record: models.Model, name: str, keys: list[Any]) -> list[Any]:
    if record._meta.get_field(name).related_model is not FrameworkNode:
        return keys
    found = []
    for slug, version, code in keys:
        node = FrameworkNode.objects.filter(framework__slug=slug, framework__version=version, code=code).first()
        if node is not None:
            found.append(node.pk)
    return found


def _catch_up_sequences() -> None:
    """Let PostgreSQL go on numbering after the keys that came back."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(shape.in_order()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@transaction.atomic
def restore(*, content: bytes, name: str) -> Restored:
    """Bring a bundle back, whole or not at all.

    Raises
    ------
    NotReady
        If this installation already holds a place.
    Unsound
        If a record in the bundle cannot be what it says it is.
    Unreadable
        If the file is not a bundle, or was changed since it was written.
    """
    if Place.objects.exists():
        raise NotReady(_("A whole place can only be brought into an installation that holds none yet."))
    bundle = read_bundle(content, name)
    accounts = _accounts(bundle)
    links: Links = []
    try:
        with transaction.atomic():
            counts = {m._meta.label_lower: _restore(m, bundle, accounts, links) for m in shape.in_order()}
            for record, field, keys in links:
                getattr(record, field).set(_far_ends(record, field, keys))
            connection.check_constraints()
    except IntegrityError as fault:
        raise Unsound(
            _("The records in %(name)s do not fit together: %(reason)s.") % {"name": name, "reason": fault}
        ) from fault
    _catch_up_sequences()
    return Restored(Place.objects.workspaces().get(), counts)
