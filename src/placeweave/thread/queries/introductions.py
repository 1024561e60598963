"""Introductions worth making: the synergies that wait for a decision, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from placeweave.jigsaw.models import Synergy
from placeweave.places.models import Place


@dataclass(frozen=True)
class InWords:
    """One suggested synergy with its sentence."""

    synergy: Synergy
    title: str
    sentence: str
    url: str


def worth_making(place: Place, *, most: int) -> Sequence[InWords]:
    """Give the matches and overlaps that score highest and wait for a decision."""
    rows = Synergy.objects.filter(place=place, state=Synergy.State.OPEN).exclude(kind=Synergy.Kind.GAP)
    return [
        InWords(one, str(one.need or ""), "", reverse("jigsaw:synergy", args=[place.slug, one.pk]))
        for one in rows.select_related("need").prefetch_related("organisations")[:most]
    ]
