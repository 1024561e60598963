"""Which records make up a place, and how each of them leads to it.

The rooms are read through Django's own model registry, so a noun added to a room is in the bundle without a word
here. What must stay behind is named, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from django.apps import apps
from django.db import models

from placeweave.kit.models import Account, Analysis, AuditEntry, Batch, Export, Holding
from placeweave.places.models import Place

ROOMS: Final = ("places", "gatherings", "listening", "themes", "systems", "jigsaw", "action", "evaluation", "outreach")
LEFT_BEHIND: Final = {
    "places.framework": "published data that every installation holds",
    "places.frameworknode": "published data that every installation holds",
    "places.crosswalk": "published data that every installation holds",
    "places.invitation": "open doors to the old installation",
    "places.linkup": "belongs to two places",
    "gatherings.letter": "mail of the old installation, which posts it or has posted it",
    "gatherings.calendarkey": "an open door to the old installation",
    "jigsaw.liveaddress": "an open door to the old installation",
    "jigsaw.contactnote": "a convener's own notes, promised to be read by nobody else",
    "jigsaw.tierating": "told in confidence about one partner; only sums of several are ever shown",
}
KEPT_BACK: Final[dict[str, frozenset[str]]] = {
    "listening.participant": frozenset({"token_digest"}),
    "listening.voting": frozenset({"preview_digest", "preview_until"}),
}
"""Fields that never leave. A bundle holds every answer: together with the digest of the token that a device holds, it
would tell whoever has both whose answers those were. So nobody goes on answering under an old token in a restored
place, and a preview link does not outlive its installation. Tellers' keys do travel: they are promised to work."""
SHARED_ALONE: Final = {"gatherings.tried": ~models.Q(sharing="own")}
"""Records that are their writer's own until shared: what is not, stays behind."""
KIT: Final[tuple[type[models.Model], ...]] = (Batch, Analysis, AuditEntry, Export, Holding)
"""Records of kit that know their place by its key."""

Model = type[models.Model]


def kept_back(model: Model) -> frozenset[str]:
    """Name the fields of a model that stay behind."""
    return KEPT_BACK.get(model._meta.label_lower, frozenset())


def _held() -> list[Model]:
    rooms = [room for room in ROOMS if apps.is_installed(f"placeweave.{room}")]
    found = [model for room in rooms for model in apps.get_app_config(room).get_models(include_auto_created=False)]
    return [*KIT, *(model for model in found if model._meta.label_lower not in LEFT_BEHIND)]


def _targets(model: Model) -> set[Model]:
    """Name what must exist before a row of this model can: itself and people's accounts aside."""
    linked = {field.related_model for field in model._meta.fields if field.is_relation}
    return {target for target in linked if isinstance(target, type) and target not in {model, Account}}


@cache
def in_order() -> tuple[Model, ...]:
    """List the models of a place so that each comes after what it points at."""
    waiting, placed = _held(), []
    while waiting:
        ready = [model for model in waiting if not (_targets(model) & set(waiting))]
        placed += ready
        waiting = [model for model in waiting if model not in ready]
    return tuple(placed)


@cache
def way_home(model: Model) -> str:
    """Give the lookup that leads from a model to its place: "place", "theme__place", ..."""
    if model is Place:
        return ""
    return next(path for length in range(1, 5) for path in _ways(model, length))


def _ways(model: Model, length: int) -> Iterator[str]:
    for field in model._meta.fields:
        target = field.related_model
        if field.null or not field.is_relation or not isinstance(target, type):
            continue
        if target is Place and length == 1:
            yield field.name
        elif length > 1 and target not in {model, Account, Place}:
            yield from (f"{field.name}__{rest}" for rest in _ways(target, length - 1))


def rows(model: Model, place: Place) -> models.QuerySet[models.Model]:
    """Give every row of a model that belongs to a place, withdrawn words and all states included."""
    manager = model._base_manager
    if model is Place:
        return manager.filter(models.Q(pk=place.pk) | models.Q(parent_workspace=place)).order_by("pk")
    if model is Holding:
        return manager.filter(export__place_id=place.pk).order_by("pk")
    if model in KIT:
        return manager.filter(place_id=place.pk).order_by("pk")
    shared = SHARED_ALONE.get(model._meta.label_lower, models.Q())
    return manager.filter(shared, **{way_home(model): place}).order_by("pk")
