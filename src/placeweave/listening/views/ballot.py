"""How a statement is laid before somebody: its words in their language, who said it, why it is this one."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from placeweave.kit.asking import number_of
from placeweave.listening import queries, services
from placeweave.listening.models import Statement, Vote, Voting
from placeweave.listening.services import Card
from placeweave.listening.views.door import VoterRequest


def card(one: Card, language: str, *, turn: int = 1) -> dict[str, Any]:
    """Write a statement as the page and its script both read it."""
    statement = one.statement
    read = language.split("-", maxsplit=1)[0]
    translated = next((each for each in statement.translations.all() if each.language.split("-")[0] == read), None)
    in_original = translated is None or statement.language.split("-")[0] == read
    return {
        "statement": statement.pk,
        "turn": turn,
        "who": said_by(statement),
        "text": statement.text if in_original or translated is None else translated.text,
        "language": statement.language if in_original else read,
        "original": "" if in_original else statement.text,
        "original_language": "" if in_original else statement.language,
        "reason": one.reason,
    }


def said_by(statement: Statement) -> str:
    """Say whose statement it is: never more than host or participant."""
    return _("From the hosts") if statement.origin == Statement.Origin.HOST else _("Somebody here said")


def again(request: VoterRequest, key: int) -> list[dict[str, Any]]:
    """Lay one statement before somebody that they named themselves: to answer it, or to change their answer."""
    found = queries.asked(request.voting.conversation_id, [key])
    if key not in found:
        raise Http404
    own = queries.own_answers(request.voter).get(key)
    chosen = Card(found[key], _("You chose it yourself."))
    return [card(chosen, get_language() or "", turn=own.turn + 1 if own else 1)]


def ahead(voting: Voting) -> int:
    """Say how many statements a phone is given: two sittings, so that it can go on for a while without a network."""
    return min(2 * voting.a_sitting, services.deck.MOST)


def page(request: VoterRequest, cards: list[dict[str, Any]]) -> dict[str, Any]:
    """Put together what the page of one statement shows, and what its script needs."""
    voting, room = request.voting, request.voter.room
    is_again = "again" in request.GET
    at = min(number_of(request.GET.get("at")) or 1, voting.a_sitting + 1)
    size = 1 if is_again else min(voting.a_sitting, at - 1 + len(cards))
    is_in_room = room is not None and room.closed_at is None
    is_over = not cards or (at > size and not is_again)
    left = len(cards) - (0 if is_over else size - at + 1)
    more = min(left, voting.a_sitting)
    return {
        "voting": voting,
        "voter": request.voter,
        "card": None if is_over else cards[0],
        "at": at,
        "dots": [] if is_again else range(1, size + 1),
        "has_more": is_again or more > 0,
        "more": 0 if is_again else more,
        "last": _last(request),
        "is_again": is_again,
        "is_paused": is_in_room and room is not None and room.is_paused,
        "has_about": voting.about_you.exists(),
        "deck": {
            "cards": cards,
            "all": not is_again and len(cards) < ahead(voting),
            "at": at,
            "sitting": voting.a_sitting,
            "code": voting.code,
            "again": is_again,
            "room": is_in_room,
            "addresses": _addresses(voting.code),
        },
    }


def _addresses(code: str) -> dict[str, str]:
    return {name: reverse(f"voting:{name}", args=[code]) for name in ("answer", "statements", "now", "door")}


def _last(request: VoterRequest) -> dict[str, Any] | None:
    """Say what is kept of the last answer: read from what is kept, not from what was sent."""
    key = number_of(request.GET.get("last"))
    own = queries.own_answers(request.voter).get(key) if key is not None else None
    return {"statement": key, "value": Vote.Value(own.value).label} if own else None
