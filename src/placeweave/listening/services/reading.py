"""Lay before the team each statement to decide about, with what helps to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from placeweave.engines.opinion.wording import nearest
from placeweave.listening import queries
from placeweave.listening.models import Conversation, Ruling, Statement

MOST_ALIKE = 2
Moderation = Statement.Moderation


@dataclass(frozen=True)
class ToDecide:
    """One statement to decide about: how long it has waited, what stands here that is like it, the last decision."""

    statement: Statement
    days: int
    alike: Sequence[Statement]
    last: Ruling | None

    @property
    def is_late(self) -> bool:
        """Whether it has waited for more than a day."""
        return self.statement.moderation == Moderation.UNDECIDED and self.days > 1


def to_decide(*, conversation: Conversation, statements: Sequence[Statement]) -> list[ToDecide]:
    """Put beside each statement how long it waited, those it resembles, and what was last decided about it.

    ``statements`` come from :func:`placeweave.listening.queries.statements_in`, with their rulings.
    """
    standing = list(conversation.statements.exclude(moderation=Moderation.REJECTED).only("text", "conversation"))
    return [_beside(one, [other for other in standing if other.pk != one.pk]) for one in statements]


def _beside(statement: Statement, others: Sequence[Statement]) -> ToDecide:
    near = nearest(statement.text, [one.text for one in others], limit=MOST_ALIKE)
    rulings = list(statement.rulings.all())
    return ToDecide(
        statement,
        queries.days_since(statement.made_on),
        [others[one.statement] for one in near],
        rulings[0] if rulings else None,
    )
