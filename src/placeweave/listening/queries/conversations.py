"""Conversations and series, with how much was heard in each and who has not been heard yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from placeweave.listening.models import Contribution, Conversation, RiskFlag, Series, Statement
from placeweave.listening.models.contribution import ContributionQuerySet
from placeweave.places.models import DutyContact, Organisation, Place

ANSWER_WITHIN = timedelta(days=28)
"""How long people wait, at most, to be told what came of what they said."""


def kept(place_id: int) -> ContributionQuerySet:
    """Give every contribution of a place that was not withdrawn, for counting and for telling its teller."""
    return Contribution.raw.filter(place_id=place_id).exclude(state=Contribution.State.WITHDRAWN)


def _contributions_each() -> Coalesce:
    rows = Contribution.raw.filter(conversation=OuterRef("pk")).exclude(state=Contribution.State.WITHDRAWN)
    counted = rows.order_by().values("conversation").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _statements_each() -> Coalesce:
    counted = (
        Statement.objects.filter(conversation=OuterRef("pk"))
        .order_by()
        .values("conversation")
        .annotate(found=Count("pk"))
        .values("found")
    )
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def conversations(place_id: int) -> QuerySet[Conversation]:
    """List the conversations of a place, the latest first, each with ``heard`` (contributions) and ``answered``."""
    return (
        Conversation.objects.filter(place_id=place_id)
        .select_related("series", "neighbourhood", "host__person", "place", "wave", "voting", "harvest__session")
        .annotate(heard=_contributions_each(), answered=_statements_each())
    )


def series(place_id: int) -> QuerySet[Series]:
    """List the series of a place, each with the number of its conversations."""
    return Series.objects.filter(place_id=place_id).select_related("issue").annotate(held=Count("conversations"))


@dataclass(frozen=True)
class NotHeard:
    """Invited organisations and neighbourhoods of the place from which nothing has been heard."""

    organisations: Sequence[Organisation]
    neighbourhoods: Sequence[Place]

    @property
    def is_empty(self) -> bool:
        """Whether everybody invited, and every neighbourhood, has been heard."""
        return not self.organisations and not self.neighbourhoods


def not_yet_heard(place_id: int, *, of: Series | None = None) -> NotHeard:
    """Say who has not been heard yet, in the whole place or in one series; names only, never counts of people."""
    said = kept(place_id)
    invited = Organisation.objects.filter(place_id=place_id, invited_to__isnull=False)
    if of is not None:
        said = said.filter(conversation__series=of)
        invited = invited.filter(invited_to__series=of)
    silent = invited.distinct().exclude(Exists(said.filter(organisation=OuterRef("pk"))))
    quiet = Place.objects.filter(parent_workspace_id=place_id).exclude(
        Exists(said.filter(Q(neighbourhood=OuterRef("pk")) | Q(conversation__neighbourhood=OuterRef("pk"))))
    )
    return NotHeard(list(silent), list(quiet))


@dataclass(frozen=True)
class Owed:
    """People of one conversation who have not been told what came of what they said."""

    conversation: Conversation
    untold: int
    since: date
    is_overdue: bool


def owed_an_answer(place_id: int, *, today: date | None = None) -> list[Owed]:
    """List conversations whose tellers have not all been told what happened, those who wait longest first."""
    return owed_in(with_untold(place_id), today=today)


def with_untold(place_id: int) -> QuerySet[Conversation]:
    """Give every conversation with how many were not told what came of it, and since when."""
    waiting = Contribution.raw.filter(conversation=OuterRef("pk"), told_on=None, state=Contribution.State.LIVE)
    grouped = waiting.order_by().values("conversation")
    return Conversation.objects.filter(place_id=place_id).annotate(
        untold=Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()),
        first_said=Subquery(grouped.annotate(n=Min("said_on")).values("n")),
        first_kept=Subquery(grouped.annotate(n=Min("created_at")).values("n")),
    )


def owed_in(rows: Iterable[Conversation], *, today: date | None = None) -> list[Owed]:
    """Keep those in which somebody waits to be told, of conversations read by ``with_untold``."""
    limit = (today or timezone.localdate()) - ANSWER_WITHIN
    found = [_owed(row, limit) for row in rows if row.untold]  # type: ignore[attr-defined]
    return sorted(found, key=lambda one: one.since)


def _owed(row: Conversation, limit: date) -> Owed:
    said, held, came = row.first_said, row.held_on, timezone.localdate(row.first_kept)  # type: ignore[attr-defined]
    since = min(day for day in (said, held, came) if day is not None)
    return Owed(row, row.untold, since, since < limit)  # type: ignore[attr-defined]


def overdue(place_id: int, *, today: date | None = None) -> list[Owed]:
    """List only those who have waited too long to be told."""
    return [one for one in owed_an_answer(place_id, today=today) if one.is_overdue]


def duty_contacts(place_id: int) -> QuerySet[DutyContact]:
    """List whom to turn to in this place when someone may be at risk."""
    return DutyContact.objects.filter(place_id=place_id)


def risks_raised(place_id: int) -> QuerySet[RiskFlag]:
    """List when somebody was worried about a person, and who raised it; what about is never kept."""
    return RiskFlag.objects.filter(place_id=place_id).select_related("raised_by__person")
