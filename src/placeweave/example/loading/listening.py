"""What was said in Clachan, and the votes a seeded model cast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from placeweave.example.loading.world import Record, World, read
from placeweave.gatherings.models import Session
from placeweave.listening import services
from placeweave.listening.models import (
    Contribution,
    Conversation,
    Harvest,
    Naming,
    Participant,
    Scope,
    Series,
    Statement,
    VoiceType,
    Vote,
)
from placeweave.listening.services import Consent, Teller, Words

FILES = ("1-tuesday-table", "2-shore-road-evening", "3-harbour-breakfast", "4-academy-afternoon", "5-station-round")
TABLES = 4
SCOPES = {"notes": Scope.NOTES, "partners": Scope.PARTNERS, "public": Scope.PUBLIC}


def weave(world: World) -> None:
    """Hold the conversations, write down what was said, and let the model vote."""
    file = read("conversations.toml")
    series = _series(world, file["series"])
    for record in file["conversation"]:
        world.conversations[record["key"]] = _conversation(world, record, series)
    _harvest(world, read("gatherings.toml")["last_time"])
    for name in FILES:
        _contributions(world, read(f"contributions/{name}.toml")["contribution"])
    _statements(world, series, read("statements.toml"))


def _harvest(world: World, last_time: Record) -> None:
    """Say at which session a conversation was held."""
    session = Session.objects.get(place=world.place, title=last_time["title"])
    Harvest.objects.create(session=session, conversation=world.conversations[last_time["harvest"]])


def _series(world: World, record: Record) -> Series:
    return Series.objects.create(
        place=world.place,
        issue=world.issues[record["issue"]],
        title=record["title"],
        guiding_question=record["guiding_question"],
        intention=record["intention"],
        created_at=world.moment(-80),
    )


def _conversation(world: World, record: Record, series: Series) -> Conversation:
    made = Conversation.objects.create(
        place=world.place,
        series=series,
        title=record["title"],
        guiding_question=record["guiding_question"],
        method=record["method"],
        held_on=world.day(record["day"]),
        neighbourhood=world.neighbourhoods.get(record.get("neighbourhood", "")),
        host=world.member(record["host"]),
        description=f"{record['description']}\n\n{record['who_came']}",
        harvest_note=record["harvest_note"],
        created_at=world.moment(record["day"]),
    )
    made.invited.set(world.organisations[key] for key in record["invited"])
    return made


def _contributions(world: World, records: Sequence[Record]) -> None:
    conversation = world.conversations[records[0]["conversation"]]
    text = services.text_in_force(world.place.pk)
    many = [_words(world, one) for one in records]
    if Harvest.objects.filter(conversation=conversation).exists():
        many = [_at_a_table(words, number) for number, words in enumerate(many)]
    made = services.write_down(
        conversation=conversation,
        many=many,
        consent_text=text,
        captured_by=conversation.host,
    )
    for record, one in zip(records, made, strict=True):
        one.created_at = one.consented_at = world.moment(record["day"])
        one.told_on = world.some_day(record, "told_day")
        world.contributions[record["key"]] = one
    Contribution._base_manager.bulk_update(made, ["created_at", "consented_at", "told_on"], batch_size=100)
    for record, one in zip(records, made, strict=True):
        if "withdrawn_day" in record:
            with world.on(record["withdrawn_day"]):
                services.withdraw(contribution=one)


def _at_a_table(words: Words, number: int) -> Words:
    """Let the tables of a session bring in what was said, in equal parts."""
    return replace(words, extra={**words.extra, "group": f"Table {number % TABLES + 1}", "side": "room"})


def _words(world: World, record: Record) -> Words:
    naming, shown = Naming(record["naming"]), record.get("teller", "")
    return Words(
        text=record.get("text") or "withdrawn",
        voice_type=VoiceType(record["voice_type"]),
        consent=Consent(SCOPES[record["scope"]], naming, may_recontact=record["recontact"]),
        teller=Teller(
            name=shown if naming == Naming.NAMED else "",
            pseudonym=shown if naming == Naming.PSEUDONYM else "",
            described_as=shown if naming in {Naming.ANONYMOUS, Naming.ONLY_IN_THEMES} else "",
            neighbourhood=world.neighbourhoods.get(record.get("neighbourhood", "")),
            organisation=world.organisations.get(record.get("organisation", "")),
        ),
        said_on=world.day(record["day"]),
        external_id=record["key"],
    )


def _statements(world: World, series: Series, file: Record) -> None:
    voting = file["voting"]
    conversation = Conversation.objects.create(
        place=world.place,
        series=series,
        title=voting["title"],
        guiding_question=voting["guiding_question"],
        method=Conversation.Method.STATEMENTS,
        held_on=world.day(voting["day"]),
        host=world.convener,
        description=voting["note"],
        created_at=world.moment(voting["day"]),
    )
    statements = Statement.objects.bulk_create(
        Statement(
            conversation=conversation,
            external_id=one["key"],
            text=one["text"],
            origin=one["origin"],
            moderation="accepted" if one["moderation"] == "accepted" else "undecided",
            made_on=world.day(one["day"]),
        )
        for one in file["statement"]
    )
    accepted = [
        (kept, record)
        for kept, record in zip(statements, file["statement"], strict=True)
        if record["moderation"] == "accepted"
    ]
    people = Participant.objects.bulk_create(
        Participant(conversation=conversation, external_id=str(number)) for number in range(file["model"]["people"])
    )
    votes = _votes(people, accepted, file)
    Vote.objects.bulk_create(votes, batch_size=1000)
    _held_here(world, conversation, voting)
    _refused(world, statements, file["statement"])


def _held_here(world: World, conversation: Conversation, voting: Record) -> None:
    """Let people come in to it, under a code that is the same in every installation."""
    with world.on(voting["day"]):
        rules = services.Rules(guide=voting["guide"], policy=voting["policy"])
        prepared = services.prepare(conversation=conversation, rules=rules, by=world.convener)
        prepared.code = voting["code"]
        prepared.save(update_fields=["code"])
        services.open_door(voting=prepared, by=world.convener)


def _refused(world: World, statements: Sequence[Statement], records: Sequence[Record]) -> None:
    """Decide about those that were not let in, the day after each was written."""
    for kept, record in zip(statements, records, strict=True):
        if "reason_code" in record:
            with world.on(record["day"] + 1):
                services.rule(
                    statement=kept,
                    outcome="rejected",
                    reason=record["reason_code"],
                    note=record.get("note", ""),
                    by=world.convener,
                )


def _votes(people: Sequence[Participant], accepted: Sequence[tuple[Statement, Record]], file: Record) -> Iterator[Vote]:
    """Draw every answer in the order the content's README lays down, so that all installations agree."""
    random = Random(file["model"]["seed"])  # noqa: S311 - a model of opinions, not a secret
    for person in people:
        leaning = _leaning(random.random(), [one["share"] for one in file["leaning"]])
        for statement, record in accepted:
            if random.random() >= file["model"]["answer_rate"]:
                continue
            passes, agrees = random.random() < record["pass"], random.random() < record["agree"][leaning]
            value = Vote.Value.PASS if passes else Vote.Value.AGREE if agrees else Vote.Value.DISAGREE
            yield Vote(participant=person, statement=statement, value=value)


def _leaning(drawn: float, shares: Sequence[float]) -> int:
    total = 0.0
    for number, share in enumerate(shares):
        total += share
        if drawn < total:
            return number
    return len(shares) - 1
