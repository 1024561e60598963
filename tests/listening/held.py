"""A voting that is held, for tests: its statements, people who have come in, and the phones they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

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


# --- What a phone sends and is shown -------------------------------------------------------------


def at(name: str, where: Voting, **query: object) -> str:
    found = reverse(f"voting:{name}", args=[where.code])
    return found + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def deck(response: Any) -> dict[str, Any]:
    found = re.search(r'<script id="deck" type="application/json">(.*?)</script>', response.content.decode())
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def asked(response: Any) -> int:
    found = re.search(r'name="statement" value="(\d+)"', response.content.decode())
    assert found
    return int(found[1])


def send(client: Client, where: Voting, *answers: tuple[int, str, int], **more: object) -> Any:
    rows = {
        "statement": [one[0] for one in answers],
        "value": [one[1] for one in answers],
        "turn": [one[2] for one in answers],
    }
    return client.post(at("answer", where), {**rows, **more})


def send_json(client: Client, where: Voting, *answers: tuple[int, str, int]) -> Any:
    rows = {
        "statement": [one[0] for one in answers],
        "value": [one[1] for one in answers],
        "turn": [one[2] for one in answers],
    }
    return client.post(at("answer", where), rows, headers={"accept": "application/json"})
