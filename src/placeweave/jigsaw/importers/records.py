"""What every importer of jigsaw does alike: telling a person's edit from a file's, and taking a batch back exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from placeweave.kit.errors import NotReady
from placeweave.kit.models import Batch, BatchChange

Record = TypeVar("Record", bound=models.Model)
Said = Mapping[str, Any]


def plain(value: Any) -> Any:
    """Give a value as it can be stored beside the record and compared with later."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def stored(record: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """Give the fields of a record in their plain form; a relation is named by its key."""
    found = {}
    for name in fields:
        field = record._meta.get_field(name)
        found[name] = plain(getattr(record, field.attname if isinstance(field, models.Field) else name))
    return found


def differences(record: models.Model, said: Said) -> dict[str, Any]:
    """Name the fields in which a file and a record differ, with what the file says."""
    now = stored(record, said)
    return {name: plain(value) for name, value in said.items() if plain(value) != now[name]}


def edited_by_people(record: models.Model, fields: Iterable[str], last_said: Said) -> list[str]:
    """Name the fields that no longer hold what the last file said: a person wrote them."""
    now = stored(record, fields)
    return [name for name in now if name not in last_said or last_said[name] != now[name]]


def note_before(batch: Batch, record: models.Model, fields: Iterable[str]) -> BatchChange:
    """Remember what a record was before a batch changes it."""
    before = stored(record, fields)
    return BatchChange(batch=batch, subject_type=record._meta.label_lower, subject_id=record.pk, before=before)


def put_back(batch: Batch, model: type[Record], *, people_edit: bool = True) -> None:
    """Put back what a batch changed, but for the fields people have written in since, where they can."""
    changes = batch.changes.filter(subject_type=model._meta.label_lower)
    before = {change.subject_id: change.before for change in changes}
    for record in model._default_manager.filter(pk__in=before):
        _restore(record, before[record.pk], getattr(record, "source_says", {}) if people_edit else {})


def _restore(record: models.Model, before: Said, said: Said) -> None:
    later = set(edited_by_people(record, [name for name in before if name in said], said))
    for name, value in before.items():
        if name in later:
            continue
        field = record._meta.get_field(name)
        assert isinstance(field, models.Field)  # noqa: S101 - only concrete fields are noted
        setattr(record, field.attname, field.to_python(value) if not field.is_relation else value)
    record.save()


def refuse_if_rested_on(records: models.QuerySet[Any]) -> None:
    """Refuse to take back what later records rest on, which deleting would silently untie."""
    model = records.model
    for relation in model._meta.related_objects:
        if not relation.many_to_many or relation.related_model._meta.app_label == model._meta.app_label:
            continue
        count = records.filter(**{f"{relation.name}__isnull": False}).distinct().count()
        if count:
            raise NotReady(
                _("%(count)s of these are already part of later work. Take that away first.") % {"count": count}
            )
