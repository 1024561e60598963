"""Offers of other places for the needs of this one: only what their conveners let be seen, looked up anew each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from placeweave.jigsaw.models import Need, Piece, PieceKind
from placeweave.places.models import Place

MOST = 60


@dataclass(frozen=True)
class OfferElsewhere:
    """What may be known of a piece of another place: no holder, no note, no key, no figure."""

    title: str
    kind: str
    when: str
    place: str


@dataclass(frozen=True)
class Beyond:
    """One need of this place, and an offer elsewhere that might meet it."""

    need: Need
    offer: OfferElsewhere
    words: Sequence[str]


def shared_beyond(place_id: int) -> QuerySet[Piece]:
    """Give the pieces of other places that may be seen here: chosen by their convener, there, shared and not over."""
    still = Q(expires_on=None) | Q(expires_on__gte=timezone.localdate())
    found = Piece.objects.filter(still, is_shared_beyond=True, is_gone=False, organisation__isnull=False)
    return found.exclude(place=place_id).exclude(sharability="no").exclude(kind=PieceKind.IN_BETWEEN)


def beyond(place: Place, found: Sequence[Mapping[str, Any]]) -> list[Beyond]:
    """Say what the search found in words, as far as it may still be seen today."""
    rows = found[:MOST]
    pieces = shared_beyond(place.pk).select_related("place").in_bulk([one["piece"] for one in rows])
    needs = Need.objects.filter(place=place, state=Need.State.OPEN).select_related("asked_by")
    wanted = needs.in_bulk([one["need"] for one in rows])
    return [
        Beyond(wanted[one["need"]], _offer(pieces[one["piece"]]), one["words"])
        for one in rows
        if one["piece"] in pieces and one["need"] in wanted
    ]


def _offer(piece: Piece) -> OfferElsewhere:
    return OfferElsewhere(piece.title, piece.get_kind_display(), piece.when, piece.place.name)
