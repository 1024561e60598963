"""What waits on the team in all conversations of a place, in one reading: answers owed, and statements to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from placeweave.listening.models import Conversation, Statement
from placeweave.listening.queries.conversations import Owed, owed_in, with_untold
from placeweave.listening.queries.moderation import Waiting


@dataclass(frozen=True)
class OnUs:
    """Who is owed an answer, and which statements nobody has read; those who wait longest first."""

    owed: Sequence[Owed]
    unread: Sequence[Waiting]


def waiting_on_us(place_id: int) -> OnUs:
    """Read both at once: they are about the same conversations."""
    rows = list(_with_unread(with_untold(place_id)).filter(Q(untold__gt=0) | Q(unread__gt=0)))
    unread = [Waiting(one, one.unread, one.unread_since) for one in rows if one.unread]  # type: ignore[attr-defined]
    return OnUs(owed_in(rows), sorted(unread, key=lambda one: -one.days))


def _with_unread(rows: QuerySet[Conversation]) -> QuerySet[Conversation]:
    undecided = Statement.objects.filter(
        conversation=OuterRef("pk"),
        conversation__voting__state__in=["open", "closed"],
        moderation=Statement.Moderation.UNDECIDED,
    )
    grouped = undecided.order_by().values("conversation")
    return rows.annotate(
        unread=Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()),
        unread_since=Subquery(grouped.annotate(n=Min("made_on")).values("n")),
    )
