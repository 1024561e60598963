"""What a batch changed in records that were there before, kept so that it can be put back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Min, Q

from placeweave.kit.models import Batch, BatchChange


def plain(value: Any) -> Any:
    """Give a value as it can be stored beside a record and compared with later."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def stored(record: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """Give the fields of a record in their plain form; a relation is named by its key, several by theirs in order."""
    return {name: _keys(record, name) if _links(record, name) else _kept(record, name) for name in fields}


def _links(record: models.Model, name: str) -> bool:
    return bool(record._meta.get_field(name).many_to_many)


def _keys(record: models.Model, name: str) -> list[int]:
    return sorted(one.pk for one in getattr(record, name).all())


def _kept(record: models.Model, name: str) -> Any:
    return plain(getattr(record, _field(record, name).attname))


def _field(record: models.Model, name: str) -> models.Field[Any, Any]:
    field = record._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - only what a table holds is ever changed by a file
    return field


def noted(record: models.Model, before: Mapping[str, Any], *, batch: Batch) -> BatchChange:
    """Give what a batch has made of fields that were ``stored`` before: [what it was, what it became] of each."""
    after = stored(record, before)
    changed = {name: [old, after[name]] for name, old in before.items() if after[name] != old}
    return BatchChange(batch=batch, subject_type=record._meta.label_lower, subject_id=record.pk, before=changed)


def make(record: models.Model, after: Mapping[str, Any], *, batch: Batch) -> None:
    """Set fields of one record because a file says so, and note it."""
    before = stored(record, after)
    for name, value in after.items():
        if _links(record, name):
            getattr(record, name).set(value)
        else:
            setattr(record, _field(record, name).attname, value.pk if isinstance(value, models.Model) else value)
    record.save(update_fields=[name for name in after if not _links(record, name)])
    noted(record, before, batch=batch).save()


def built_on_by(batch: Batch) -> Batch | None:
    """Give a later file that changed what this one made or changed: that one has to be taken back first."""
    others = BatchChange.objects.filter(batch__place_id=batch.place_id).exclude(batch=batch)
    own = BatchChange.objects.filter(batch=batch)
    since = own.aggregate(first=Min("pk"))["first"] or 0
    for kind in others.order_by().values_list("subject_type", flat=True).distinct():
        again = Q(pk__gt=since, subject_id__in=own.filter(subject_type=kind).values("subject_id"))
        if found := others.filter(again | Q(subject_id__in=_made(kind, batch)), subject_type=kind).first():
            return found.batch
    return None


def _made(kind: str, batch: Batch) -> models.QuerySet[Any]:
    """Give the keys of the records of one kind that a batch made; some kinds do not say which file they are from."""
    model = apps.get_model(kind)
    says = any(field.name == "batch" for field in model._meta.fields)
    found: models.QuerySet[Any] = model._base_manager.filter(batch=batch) if says else model._base_manager.none()
    return found.values("pk")


def take_back(records: models.QuerySet[Any], *, batch: Batch) -> None:
    """Put back what a batch changed, field by field, except where somebody has changed it again since."""
    kind = records.model._meta.label_lower
    made = BatchChange.objects.filter(batch=batch, subject_type=kind)
    changed = {change.subject_id: change.before for change in made}
    for record in records.filter(pk__in=changed).iterator():
        _put_back(record, changed[record.pk])
    made.delete()


def _put_back(record: models.Model, changed: Mapping[str, Any]) -> None:
    now = stored(record, changed)
    fields = [name for name, (_old, new) in changed.items() if now[name] == new]
    for name in filter(partial(_links, record), fields):
        getattr(record, name).set(changed[name][0])
    own = [name for name in fields if not _links(record, name)]
    for name in own:
        field, old = _field(record, name), changed[name][0]
        setattr(record, field.attname, old if field.is_relation else field.to_python(old))
    if own:
        record.save(update_fields=own)
