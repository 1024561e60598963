"""What was answered in a voting: how many said what, what one person said, and what a kept analysis makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from placeweave.listening.models import (
    AboutYou,
    Conversation,
    Participant,
    Ruling,
    Statement,
    Translation,
    Vote,
    Voting,
)
from placeweave.listening.queries.opinion import finding
from placeweave.listening.queries.statements import statements_of

ACCEPTED = Statement.Moderation.ACCEPTED


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people said what to one statement that is asked now."""

    statement: int
    agree: int
    disagree: int
    passed: int


def counted(conversation: Conversation) -> list[Counted]:
    """Count the standing answers to each statement that is asked now, in one query."""
    rows = statements_of(conversation).filter(moderation=ACCEPTED)
    counts = rows.values_list("pk", "agree", "disagree", "passed")  # type: ignore[misc]  # annotated by statements_of
    return [Counted(*row) for row in counts]


@dataclass(frozen=True, slots=True)
class Own:
    """The answer of one person that stands."""

    value: int
    turn: int


def own_answers(participant: Participant) -> dict[int, Own]:
    """Give what somebody answered, by statement."""
    rows = Vote.objects.filter(participant=participant, is_standing=True).values_list("statement_id", "value", "turn")
    return {statement: Own(value, turn) for statement, value, turn in rows}


def asked(conversation_id: int, keys: Iterable[int]) -> dict[int, Statement]:
    """Give statements that are asked now, by key, each with its translations."""
    translated = Prefetch("translations", Translation.objects.order_by("language"))
    rows = Statement.objects.filter(conversation_id=conversation_id, moderation=ACCEPTED).prefetch_related(translated)
    return rows.in_bulk(list(keys))


def said_already(voting: Voting) -> QuerySet[Statement]:
    """List what somebody may say again without knowing: the statements that were let in."""
    return Statement.objects.filter(conversation_id=voting.conversation_id, moderation=ACCEPTED)


def own_statements(participant: Participant) -> QuerySet[Statement]:
    """List what somebody said in their own words, newest first, with what was ruled of it."""
    rulings = Prefetch("rulings", Ruling.objects.order_by("-created_at", "-pk"))
    rows = Statement.objects.filter(
        conversation_id=participant.conversation_id,
        author_ref=participant.external_id,
        origin=Statement.Origin.PARTICIPANT,
    )
    return rows.order_by("-pk").prefetch_related(rulings)


def about_you(voting: Voting) -> QuerySet[AboutYou]:
    """List what participants are asked about themselves."""
    return voting.about_you.all()


@dataclass(frozen=True, slots=True)
class KnownGroups:
    """The groups that the newest finding shows, in figures that it shows: nothing else is ever told to a phone.

    Attributes
    ----------
    sizes : people in each group
    cells : for each statement and group how many agreed, disagreed and passed; None where that is held back
    says : for each group the statements that set it apart, each with the side it takes
    """

    sizes: tuple[int, ...]
    cells: Mapping[int, tuple[tuple[int, int, int] | None, ...]]
    says: tuple[tuple[tuple[int, str], ...], ...]


def known_groups(conversation: Conversation) -> KnownGroups | None:
    """Read the groups of the newest finding; None where nobody has looked, or where no stable groups were found."""
    found = finding(conversation)
    result: dict[str, Any] = found.result if found is not None and isinstance(found.result, dict) else {}
    groups = sorted(result.get("groups", ()), key=lambda one: int(one["number"]))
    if len(groups) < 2 or not result.get("is_stable"):
        return None
    return KnownGroups(
        sizes=tuple(one["size"] or result["minimum"] for one in groups),
        cells={row["key"]: tuple(map(_cell, row["by_group"])) for row in result["statements"] if "by_group" in row},
        says=tuple(tuple((said["key"], said["side"]) for said in one["says"]) for one in groups),
    )


def _cell(row: Mapping[str, int | None]) -> tuple[int, int, int] | None:
    agree, disagree, passed = row["agree"], row["disagree"], row["passed"]
    return None if agree is None or disagree is None or passed is None else (agree, disagree, passed)
