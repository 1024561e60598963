"""Bring the example place into an installation, once, through the same verbs that people use."""

from __future__ import annotations

from django.db import transaction

from placeweave.example.loading import (
    action,
    analysed,
    assessment,
    events,
    gatherings,
    grants,
    jigsaw,
    listening,
    places,
    themes,
    ties,
    told,
)
from placeweave.example.loading.world import World
from placeweave.places.models import Place

SLUG = "clachan"
PARTS = (
    *(places, gatherings, events, listening, assessment, themes),
    *(jigsaw, grants, ties, action, told, analysed),
)


@transaction.atomic
def load() -> Place:
    """Load Clachan unless it is there already; the same content every time, dated from today."""
    found = Place.objects.workspaces().filter(slug=SLUG).first()
    if found is not None:
        return found
    world = World()
    for part in PARTS:
        part.weave(world)
    return world.place
