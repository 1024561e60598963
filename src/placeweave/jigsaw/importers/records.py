"""What every importer of jigsaw does alike: telling a person's edit from a file's, and what later work rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from placeweave.kit.changes import plain, stored
from placeweave.kit.errors import NotReady

Said = Mapping[str, Any]


def differences(record: models.Model, said: Said) -> dict[str, Any]:
    """Name the fields in which a file and a record differ, with what the file says."""
    now = stored(record, said)
    return {name: plain(value) for name, value in said.items() if plain(value) != now[name]}


def edited_by_people(record: models.Model, fields: Iterable[str], last_said: Said) -> list[str]:
    """Name the fields that no longer hold what the last file said: a person wrote them."""
    now = stored(record, fields)
    return [name for name in now if name not in last_said or last_said[name] != now[name]]


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
