"""A voting to test with: a conversation in statements that is open, and people who answer it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from placeweave.listening import queries, services
from placeweave.listening.models import Conversation, Room, Statement, Voting
from placeweave.places.models import Member
from tests.factories import ConversationFactory

At = Callable[..., str]
RULES = services.Rules(guide="Say one thing.", policy="We let in what answers the question.")
SEEDS = ("The last bus should be later.", "The hall should be open.", "Ask us before you decide.")


def drafted(by: Member) -> Voting:
    conversation = ConversationFactory(place=by.place, title="Winter", method=Conversation.Method.STATEMENTS, host=by)
    voting = services.prepare(conversation=conversation, rules=RULES, by=by)
    services.ask_many(conversation=conversation, lines=SEEDS, by=by)
    return voting


def opened(by: Member) -> Voting:
    return services.open_door(voting=drafted(by), by=by)


def room_in(voting: Voting, by: Member) -> Room:
    return services.open_room(voting=voting, title="The hall", by=by)


def asked(voting: Voting) -> list[Statement]:
    return [one for _number, one in queries.numbered(voting.conversation_id)]


def said(voting: Voting, text: str, *, days_ago: int = 0) -> Statement:
    """Somebody comes in and says something of their own, so many days ago."""
    participant, _token = services.come_in(voting=voting)
    made = services.say(voting=voting, participant=participant, text=text)
    made.made_on -= timedelta(days=days_ago)  # type: ignore[operator]
    made.save(update_fields=["made_on"])
    return made


def answered(voting: Voting, statement: Statement, *values: int) -> None:
    """People come in, each to answer one statement."""
    for value in values:
        participant, _token = services.come_in(voting=voting)
        voter = queries.Voter(participant.pk, voting.conversation_id, may_answer=True, is_paused=False)
        services.answer(voter=voter, answers=[services.Answer(statement.pk, value)])
