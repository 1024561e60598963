"""Issues that rest on one organisation alone, and whom else one might ask, with the reason (A2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from placeweave.jigsaw.models import Piece
from placeweave.places.models import Issue, Organisation, Place


@dataclass(frozen=True)
class LonelyIssue:
    """An issue only one organisation is on; ``others`` hold pieces where the issue is, with how many."""

    issue: Issue
    holder: Organisation
    others: Sequence[tuple[Organisation, int]]


def issues_resting_on_one(place: Place, *, most: int = 20) -> list[LonelyIssue]:
    """Find the live issues that name a single organisation: no one body can resolve them alone."""
    counted = Issue.objects.filter(place=place, state=Issue.State.LIVE).annotate(bodies=Count("organisations"))
    lonely = list(counted.filter(bodies=1).prefetch_related("organisations", "neighbourhoods")[:most])
    if not lonely:
        return []
    held = Piece.objects.filter(place=place, is_gone=False, organisation__is_partner=True).exclude(sharability="no")
    rows = list(held.select_related("organisation"))
    return [_lonely(issue, rows) for issue in lonely]


def _lonely(issue: Issue, rows: Sequence[Piece]) -> LonelyIssue:
    holder = issue.organisations.all()[0]
    near = {one.pk for one in issue.neighbourhoods.all()}
    counts: Counter[Organisation] = Counter()
    for piece in rows:
        if piece.organisation and piece.organisation != holder and (not near or piece.neighbourhood_id in near):
            counts[piece.organisation] += 1
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0].name))
    return LonelyIssue(issue, holder, ranked[:3])
