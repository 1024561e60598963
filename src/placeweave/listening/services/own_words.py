"""Look, before somebody sends a statement, whether the same has been said: a hint, never a refusal."""

from __future__ import annotations

from placeweave.engines.opinion.wording import nearest
from placeweave.listening import queries
from placeweave.listening.models import Statement, Voting


def said_nearly(*, voting: Voting, text: str) -> list[Statement]:
    """List up to three statements that were let in and come near a text, nearest first."""
    said = list(queries.said_already(voting))
    return [said[one.statement] for one in nearest(text, [one.text for one in said])]
