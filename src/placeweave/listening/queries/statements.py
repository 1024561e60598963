"""Statements and how they were answered: counts of people, blanked where a few could be made out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from placeweave.kit import smallnumbers
from placeweave.listening.models import Conversation, Participant, Statement, Vote


@dataclass(frozen=True)
class Tally:
    """How one statement was answered; None means fewer people than may be shown."""

    statement: Statement
    agree: int | None
    disagree: int | None
    passed: int | None
    answered: int | None


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    """List the statements of a conversation with their standing votes counted."""
    standing = Q(votes__is_standing=True)
    return conversation.statements.annotate(
        agree=Count("votes", filter=standing & Q(votes__value=Vote.Value.AGREE)),
        disagree=Count("votes", filter=standing & Q(votes__value=Vote.Value.DISAGREE)),
        passed=Count("votes", filter=standing & Q(votes__value=Vote.Value.PASS)),
    ).order_by("pk")


def tallies(statements: Sequence[Statement], *, threshold: int | None) -> list[Tally]:
    """Count the answers to each statement.

    Parameters
    ----------
    statements
        From :func:`statements_of`.
    threshold
        Counts below it are blanked, and as many more as it takes that none can be worked out. None for readers
        inside the place, who may see the figures of their own work.
    """
    return [_tally(statement, threshold) for statement in statements]


def asked_of(conversation: Conversation, keys: Sequence[int]) -> list[Statement]:
    """Give some statements that were let in, with the answers to them counted, in one query."""
    return list(statements_of(conversation).filter(pk__in=keys, moderation=Statement.Moderation.ACCEPTED))


def most_agreed(conversation: Conversation, *, threshold: int, limit: int = 5) -> list[Tally]:
    """List the statements that most of those who answered agree with, as far as their counts may be shown."""
    accepted = statements_of(conversation).filter(moderation=Statement.Moderation.ACCEPTED)
    shown = [one for one in tallies(list(accepted), threshold=threshold) if one.agree and one.answered]
    shared = [one for one in shown if 2 * (one.agree or 0) > (one.answered or 0)]
    return sorted(shared, key=lambda one: -(one.agree or 0) / (one.answered or 1))[:limit]


def _tally(statement: Statement, threshold: int | None) -> Tally:
    counts = {name: int(getattr(statement, name)) for name in ("agree", "disagree", "passed")}
    answered = sum(counts.values())
    if threshold is None:
        return Tally(statement, **counts, answered=answered)
    if not smallnumbers.is_shown(answered, threshold=threshold):
        return Tally(statement, None, None, None, None)  # beside two blanks even a nought would tell
    shown = smallnumbers.suppress(counts, threshold=threshold)
    return Tally(statement, shown["agree"], shown["disagree"], shown["passed"], answered)


def published_groups(conversation: Conversation, *, threshold: int | None) -> Mapping[str, int | None]:
    """Count the groups another program put people in: information that came with the file, never a finding."""
    rows = (
        Participant.objects.filter(conversation=conversation)
        .exclude(published_group="")
        .values_list("published_group")
        .annotate(people=Count("pk"))
        .order_by("published_group")
    )
    counts = dict(rows)
    return counts if threshold is None else smallnumbers.suppress(counts, threshold=threshold)


@dataclass(frozen=True)
class Answered:
    """What a conversation in statements holds altogether."""

    statements: int
    participants: int
    votes: int
    revotes: int


def answered(conversation: Conversation) -> Answered:
    """Count statements, people, standing votes and the earlier votes kept as history."""
    votes = Vote.objects.filter(statement__conversation=conversation).aggregate(
        standing=Count("pk", filter=Q(is_standing=True)), earlier=Count("pk", filter=Q(is_standing=False))
    )
    return Answered(
        conversation.statements.count(), conversation.participants.count(), votes["standing"], votes["earlier"]
    )
