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

    @property
    def percent_agree(self) -> int | None:
        """The share of those who answered that agree, in whole percent."""
        return self._percent(self.agree)

    @property
    def percent_disagree(self) -> int | None:
        """The share that disagree."""
        return self._percent(self.disagree)

    @property
    def percent_passed(self) -> int | None:
        """The share that passed."""
        return self._percent(self.passed)

    def _percent(self, count: int | None) -> int | None:
        return None if count is None or not self.answered else round(100 * count / self.answered)


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    """List the statements of a conversation with their standing votes counted."""
    standing = Q(votes__is_standing=True)
    return conversation.statements.annotate(
        agree=Count("votes", filter=standing & Q(votes__value=Vote.Value.AGREE)),
        disagree=Count("votes", filter=standing & Q(votes__value=Vote.Value.DISAGREE)),
        passed=Count("votes", filter=standing & Q(votes__value=Vote.Value.PASS)),
    ).order_by("pk")


_READ_BY_ALL = Q(moderation=Statement.Moderation.ACCEPTED) | Q(conversation__voting=None)


def read_by_all(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Keep what everybody may read: where voting is held here, what was let in; what a file brought was public before.

    What waits to be read and what was refused is for the team alone: somebody could be made out from it.
    """
    return statements.filter(_READ_BY_ALL)


def let_in(conversation: Conversation) -> QuerySet[Statement]:
    """List the statements that count, oldest first: of those everybody may read, all that were not refused."""
    return read_by_all(conversation.statements.exclude(moderation=Statement.Moderation.REJECTED)).order_by("pk")


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
    names = ("agree", "disagree", "passed")
    return [tally_of(one, {name: int(getattr(one, name)) for name in names}, threshold) for one in statements]


def asked_of(conversation: Conversation, keys: Sequence[int]) -> list[Statement]:
    """Give some statements that were let in, with the answers to them counted, in one query."""
    return list(statements_of(conversation).filter(pk__in=keys, moderation=Statement.Moderation.ACCEPTED))


def tally_of(statement: Statement, counts: Mapping[str, int], threshold: int | None) -> Tally:
    """Count the answers to one statement from its figures, blanked as in :func:`tallies`."""
    answered = sum(counts.values())
    if threshold is None:
        return Tally(statement, counts["agree"], counts["disagree"], counts["passed"], answered)
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
    waiting: int = 0
    """Statements that nobody of the team has decided about."""


def answered(conversation: Conversation) -> Answered:
    """Count statements, people, standing votes and the earlier votes kept as history."""
    votes = Vote.objects.filter(statement__conversation=conversation).aggregate(
        standing=Count("pk", filter=Q(is_standing=True)), earlier=Count("pk", filter=Q(is_standing=False))
    )
    statements = conversation.statements.aggregate(
        all=Count("pk"), waiting=Count("pk", filter=Q(moderation=Statement.Moderation.UNDECIDED))
    )
    return Answered(
        statements["all"],
        conversation.participants.count(),
        votes["standing"],
        votes["earlier"],
        statements["waiting"],
    )
