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


def refuse_if_built_on(made: models.QuerySet[Any]) -> None:
    """Refuse to take back what people have changed, or what later records rest on: deleting would silently untie it.

    A file counts its own changes in the version too, but it is taken back before the file that made the record.
    """
    if changed := made.filter(version__gt=1).first():
        count = made.filter(version__gt=1).count()
        raise NotReady(
            _("%(count)s of these were changed by people since, “%(title)s” for one. Settle those by hand first.")
            % {"count": count, "title": changed.title}
        )
    for relation in made.model._meta.related_objects:
        if relation.one_to_one or getattr(relation.related_model, "is_suggested", False):
            continue
        if count := made.filter(**{f"{relation.name}__isnull": False}).distinct().count():
            raise NotReady(
                _("%(count)s of these are already part of later work. Take that away first.") % {"count": count}
            )
