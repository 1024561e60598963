"""Taking back the organisations a file brought, unless people have built on them since."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from placeweave.kit.errors import NotReady
from placeweave.kit.models import Batch
from placeweave.places.models import Organisation

OF_THE_ENTRY = frozenset({"identifiers", "names", "sites", "entries", "records", "merges", "merged_by"})
"""What belongs to an organisation itself, or tells of what became of it, and goes with it."""


def take_back_organisations(batch: Batch) -> None:
    """Delete the organisations a batch made.

    Raises
    ------
    NotReady
        If a person has changed one since, or anything else here rests on one: deleting would silently untie it.
    """
    made = Organisation.objects.filter(batch=batch)
    if changed := made.filter(version__gt=1).order_by("name").first():
        raise NotReady(
            _("“%(name)s” was changed by a person since, so this import can no longer be taken back as one.")
            % {"name": changed.name}
        )
    for relation in Organisation._meta.related_objects:
        if relation.get_accessor_name() not in OF_THE_ENTRY and relation.related_name != "+":
            _refuse_if_rested_on(made, relation)
    made.delete()


def _refuse_if_rested_on(made: models.QuerySet[Organisation], relation: models.ForeignObjectRel) -> None:
    rested = made.filter(**{f"{relation.name}__isnull": False}).order_by("name").first()
    if rested is not None:
        raise NotReady(
            _("Something here rests on “%(name)s” by now. Take that away first, then this import.")
            % {"name": rested.name}
        )
