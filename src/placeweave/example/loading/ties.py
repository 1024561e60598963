"""The waves of ties of Clachan, answered through the same verbs that people use, and its convener's own notes."""

from __future__ import annotations

from placeweave.example.loading.world import Record, World, read
from placeweave.jigsaw import services
from placeweave.jigsaw.models import Tie, TieReply, TieSurvey
from placeweave.jigsaw.services import NoteSaid, ReplySaid
from placeweave.jigsaw.services.surveys import ITEMS


def weave(world: World) -> None:
    """Hold the waves, and note whom the convener spoke with."""
    told = read("waves.toml")
    for record in told["wave"]:
        _wave(world, record)
    for record in told["note"]:
        _note(world, record)


def _wave(world: World, record: Record) -> None:
    with world.on(record["day"]):
        survey = services.open_survey(place=world.place, lead=record["lead"], closes_on=None, by=world.convener)
    for one in record["answer"]:
        day = one.get("day", record["day"])
        with world.on(day):
            _answer(world, survey, one)
        Tie.objects.filter(survey=survey, source=world.organisations[one["organisation"]]).update(
            reported_on=world.day(day)
        )
    TieSurvey.objects.filter(pk=survey.pk).update(closes_on=world.some_day(record, "closes_day"))
    if "closed_day" in record:
        with world.on(record["closed_day"]):
            services.close_survey(survey=survey, by=world.convener)


def _answer(world: World, survey: TieSurvey, record: Record) -> None:
    reply = TieReply.objects.get(survey=survey, organisation=world.organisations[record["organisation"]])
    key = {name: one.pk for name, one in world.organisations.items()}
    said = ReplySaid(
        levels={key[name]: level for name, level in record["says"].items()},
        ratings={key[name]: dict(zip(ITEMS, given, strict=True)) for name, given in record.get("finds", {}).items()},
    )
    services.save_reply(
        reply=reply,
        said=said,
        version=reply.version,
        is_sent=record.get("is_sent", True),
        by=world.member(record["by"]),
    )


def _note(world: World, record: Record) -> None:
    with world.on(record["day"]):
        services.note_contact(
            said=NoteSaid(
                spoke_with=record["spoke_with"],
                shifted=record["shifted"],
                organisations=[world.organisations[key] for key in record["about"]],
                happened_on=world.day(record["day"]),
                feel=record.get("feel", "fine"),
            ),
            by=world.convener,
        )
