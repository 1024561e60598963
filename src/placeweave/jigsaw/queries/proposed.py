"""Needs that low scores of the place suggest, without those somebody decided about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from placeweave.jigsaw.models import Need, ProposedNeed
from placeweave.places.models import Place
from placeweave.themes import queries as theme_queries
from placeweave.themes.queries.assessed import LowScore, address


def proposed_needs(place: Place) -> list[LowScore]:
    """List the low scores nobody has taken up or refused, the lowest first; a refused one stays away."""
    low = theme_queries.low_scores(place)
    decided = {one.subject for one in ProposedNeed.objects.filter(place=place)} if low else set()
    return [one for one in low if one.subject not in decided]


def proposal(place: Place, subject: tuple[int, str, int]) -> LowScore | None:
    """Find one proposal that waits for a decision by what it is about."""
    return next((one for one in proposed_needs(place) if one.subject == subject), None)


@dataclass(frozen=True)
class Scored:
    """The scores a need was taken up from, as they stood, and where they stand."""

    sentence: str
    url: str


def scores_beneath(place: Place, need: Need) -> Sequence[Scored]:
    """Give the scores a need rests on."""
    return [Scored(one.rests_on, address(place, one.assessment)) for one in need.proposed.all()]
