"""Change kept records because a file says so, in a way that can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models

from placeweave.kit.models import Batch, BatchChange


def make(record: models.Model, after: Mapping[str, Any], *, batch: Batch) -> None:
    """Set fields of one record, and keep what they were and what they became."""
    before = {name: [_plain(getattr(record, name)), _plain(value)] for name, value in after.items()}
    for name, value in after.items():
        setattr(record, name, value)
    record.save(update_fields=list(after))
    BatchChange.objects.create(batch=batch, subject_type=record._meta.label_lower, subject_id=record.pk, before=before)


def take_back(records: models.QuerySet[Any], *, batch: Batch) -> None:
    """Put back what a batch changed, field by field, except where somebody has changed it again since."""
    kind = records.model._meta.label_lower
    changed = {change.subject_id: change for change in BatchChange.objects.filter(batch=batch, subject_type=kind)}
    for record in records.filter(pk__in=changed).iterator():
        fields = [
            (name, old)
            for name, (old, new) in changed[record.pk].before.items()
            if _plain(getattr(record, name)) == new
        ]
        for name, old in fields:
            setattr(record, name, old)
        if fields:
            record.save(update_fields=[name for name, _old in fields])
    BatchChange.objects.filter(batch=batch, subject_type=kind).delete()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
