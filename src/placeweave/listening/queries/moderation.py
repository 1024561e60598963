"""What waits to be read by the team, for how long, and what was decided so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.utils import timezone

from placeweave.listening.models import Conversation, Ruling, Statement

Moderation = Statement.Moderation


@dataclass(frozen=True)
class Waiting:
    """A conversation with statements that nobody of the team has read yet."""

    conversation: Conversation
    count: int
    since: date | None

    @property
    def days(self) -> int:
        """How many days the oldest has waited."""
        return days_since(self.since)


def days_since(day: date | None) -> int:
    """Count the days from then to today; none where the day is not known."""
    return max((timezone.localdate() - day).days, 0) if day else 0


def to_read(place_id: int) -> list[Waiting]:
    """List the votings of a place with statements that wait, the longest wait first."""
    undecided = Q(statements__moderation=Moderation.UNDECIDED)
    held = (
        Conversation.objects.filter(place_id=place_id, voting__state__in=["open", "closed"])
        .annotate(unread=Count("statements", filter=undecided), since=Min("statements__made_on", filter=undecided))
        .filter(unread__gt=0)
        .select_related("host__account", "voting", "place")
    )
    return sorted((Waiting(one, one.unread, one.since) for one in held), key=lambda one: -one.days)


def statements_in(conversation: Conversation, moderation: str) -> QuerySet[Statement]:
    """List statements by what was decided about them; those that wait longest, or came last, first."""
    rows = conversation.statements.filter(moderation=moderation)
    rulings = Prefetch("rulings", Ruling.objects.order_by("-created_at", "-pk"))
    order = "pk" if moderation == Moderation.UNDECIDED else "-pk"
    return rows.prefetch_related(rulings).order_by(order)


def counts(conversation: Conversation) -> dict[str, int]:
    """Count the statements of a conversation by what was decided about them."""
    rows = conversation.statements.order_by().values_list("moderation").annotate(found=Count("pk"))
    return dict.fromkeys(Moderation.values, 0) | dict(rows)


def rulings(conversation: Conversation) -> QuerySet[Ruling]:
    """List everything that was ever decided about statements here, the latest first."""
    return Ruling.objects.filter(statement__conversation=conversation).select_related("statement")
