"""Taking back the organisations a file brought, unless people have built on them since."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _

from placeweave.kit.errors import NotReady
from placeweave.kit.models import Batch
from placeweave.places.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    RegisterEntry,
    Site,
    SourceRecord,
)
from placeweave.places.services import references
from placeweave.places.services.references import Relation

OF_THE_ENTRY = (OrganisationIdentifier, OrganisationName, Site, RegisterEntry, SourceRecord)
"""What belongs to an organisation itself: what its file said goes with it, what others added does not."""


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
    for relation in references.relations():
        if not relation.is_suggested:
            _refuse_if_rested_on(made, relation, batch)
    made.delete()


def _refuse_if_rested_on(made: models.QuerySet[Organisation], relation: Relation, batch: Batch) -> None:
    rows = relation.rows(**{f"{relation.field}__in": made})
    if relation.model in OF_THE_ENTRY:
        rows = rows.exclude(batch=batch)
    rested = made.filter(pk__in=rows.values(relation.field)).order_by("name").first()
    if rested is not None:
        raise NotReady(
            _("Something here rests on “%(name)s” by now. Take that away first, then this import.")
            % {"name": rested.name}
        )
