"""A voting that is held, for tests: its statements, people who have come in, and the phones they hold."""

from __future__ import annotations

from collections.abc import Mapping

from django.test import Client
from django.urls import reverse

from placeweave.listening import queries, services
from placeweave.listening.models import Conversation, Participant, Statement, Vote, Voting
from placeweave.places.models import Member
from tests import factories

AGREE, PASS, DISAGREE = 1, 0, -1


def voting(by: Member, *texts: str, opened: bool = True, **rules: object) -> Voting:
    """Hold a conversation in these statements; it is open unless the test says otherwise."""
    conversation = factories.ConversationFactory(
        place=by.place, method=Conversation.Method.STATEMENTS, title="Winter evenings", guiding_question="What helps?"
    )
    made = services.prepare(
        conversation=conversation,
        rules=services.Rules(**{"policy": "Be kind.", **rules}),  # type: ignore[arg-type]
        by=by,
    )
    for text in texts:
        services.ask(conversation=conversation, text=text, by=by)
    return services.open_door(voting=made, by=by) if opened else made


def numbered(n: int) -> list[str]:
    return [f"Statement number {place} says something of its own {place}." for place in range(n)]


def statements(of: Voting) -> list[Statement]:
    return list(Statement.objects.filter(conversation_id=of.conversation_id).order_by("pk"))


def voter(of: Participant, where: Voting) -> queries.Voter:
    return queries.Voter(of.pk, where.conversation_id, where.takes_answers, False)


def somebody(where: Voting, answers: Mapping[int, int] | None = None) -> Participant:
    """Let somebody in who has answered so."""
    came, _token = services.come_in(voting=where)
    Vote.objects.bulk_create(Vote(participant=came, statement_id=key, value=v) for key, v in (answers or {}).items())
    return came


def crowd(where: Voting, key: int, *, agree: int = 0, disagree: int = 0, passed: int = 0) -> None:
    """Let many in who have answered one statement."""
    for value, count in ((AGREE, agree), (DISAGREE, disagree), (PASS, passed)):
        for _one in range(count):
            somebody(where, {key: value})


def phone(where: Voting) -> Client:
    """A phone that has come in."""
    client = Client()
    assert client.post(reverse("voting:door", args=[where.code])).status_code == 302
    return client


def holder(client: Client, where: Voting) -> Participant:
    """Whose phone it is."""
    from placeweave.kit import links

    digest = links.digest(client.cookies["placeweave_voter"].value)
    return Participant.objects.get(token_digest=digest, conversation_id=where.conversation_id)
