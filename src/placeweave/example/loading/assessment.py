"""How Clachan was scored by its people, in two waves."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from placeweave.example.loading.listening import SCOPES
from placeweave.example.loading.world import Record, World, read
from placeweave.jigsaw import queries as jigsaw
from placeweave.jigsaw.services import refuse_proposed
from placeweave.listening import services
from placeweave.listening.models import (
    Assessment,
    AssessmentGroup,
    Contribution,
    Naming,
    ScoreCount,
    ScoreReason,
    VoiceType,
    Wave,
)
from placeweave.listening.services import AssessmentFacts, Consent, Teller, Words

Groups = dict[str, AssessmentGroup | None]


def weave(world: World) -> None:
    """Ask twice, count what was scored, keep why, and choose what comes first."""
    file = read("assessment.toml")
    assessment = _assessment(world, file)
    groups: Groups = dict(zip([one["key"] for one in file["group"]], assessment.groups.all(), strict=True))
    for record in file["wave"]:
        _wave(world, assessment, groups, record, [one for one in file["reason"] if one["wave"] == record["number"]])
    _choose(world, assessment, file)
    for record in file["refused"]:
        _refuse(world, assessment, groups, record)
    _leave_open(world, file["still_open"])


def _assessment(world: World, file: Record) -> Assessment:
    facts = AssessmentFacts(
        title=file["title"],
        about=file["about"].strip(),
        why_groups=file["why_groups"],
        groups=[one["name"] for one in file["group"]],
    )
    with world.on(file["day"]):
        return services.begin_assessment(facts=facts, by=world.member(file["by"]))


def _wave(world: World, assessment: Assessment, groups: Groups, record: Record, reasons: list[Record]) -> None:
    with world.on(record["opened_day"]):
        wave = services.open_wave(assessment=assessment, by=world.convener)
    ScoreCount.objects.bulk_create(
        ScoreCount(wave=wave, group=groups.get(key), heading=heading, score=score, people=people)
        for heading, by_group in record["people"].items()
        for key, counts in by_group.items()
        for score, people in enumerate(counts, start=1)
        if people
    )
    _reasons(world, wave, record, reasons)
    with world.on(record["closed_day"]):
        services.close_wave(assessment=assessment, by=world.convener)
    opened, closed = world.day(record["opened_day"]), world.day(record["closed_day"])
    Wave.objects.filter(pk=wave.pk).update(opened_on=opened, closed_on=closed)
    wave.conversation.held_on = opened
    wave.conversation.save(update_fields=["held_on"])


def _reasons(world: World, wave: Wave, record: Record, reasons: list[Record]) -> None:
    day = world.day(record["closed_day"])
    made = services.write_down(
        conversation=wave.conversation,
        many=[_words(world, record, one) for one in reasons],
        consent_text=services.text_in_force(world.place.pk),
    )
    for one in made:
        one.created_at = one.consented_at = timezone.make_aware(datetime.combine(day, time.min))
        one.told_on = world.some_day(record, "told_day")
    Contribution._base_manager.bulk_update(made, ["created_at", "consented_at", "told_on"])
    ScoreReason.objects.bulk_create(
        ScoreReason(wave=wave, heading=said["heading"], contribution=one)
        for said, one in zip(reasons, made, strict=True)
    )


def _words(world: World, wave: Record, said: Record) -> Words:
    naming, shown = Naming(said["naming"]), said.get("teller", "")
    return Words(
        text=said["text"],
        voice_type=VoiceType(said["voice_type"]),
        consent=Consent(SCOPES[said["scope"]], naming),
        teller=Teller(
            pseudonym=shown if naming == Naming.PSEUDONYM else "",
            described_as=shown if naming == Naming.ANONYMOUS else "",
        ),
        said_on=world.day(wave["closed_day"]),
    )


def _choose(world: World, assessment: Assessment, file: Record) -> None:
    assessment.refresh_from_db()
    services.choose_priorities(
        assessment=assessment,
        chosen=[(one["heading"], one["why"]) for one in file["priority"]],
        version=assessment.version,
        by=world.convener,
    )


def _refuse(world: World, assessment: Assessment, groups: Groups, record: Record) -> None:
    group = groups[record["group"]]
    low = jigsaw.proposal(world.place, (assessment.pk, record["heading"], group.pk if group else 0))
    if low is None:
        raise LookupError(record["heading"])
    with world.on(record["day"]):
        refuse_proposed(place=world.place, low=low, why=record["why"], by=world.member(record["by"]))


def _leave_open(world: World, record: Record) -> None:
    facts = AssessmentFacts(record["title"], record["about"], world.neighbourhoods[record["neighbourhood"]])
    by = world.member(record["by"])
    with world.on(record["day"]):
        made = services.begin_assessment(facts=facts, by=by)
        wave = services.open_wave(assessment=made, by=by)
    wave.opened_on = wave.conversation.held_on = world.day(record["day"])
    wave.save(update_fields=["opened_on"])
    wave.conversation.save(update_fields=["held_on"])
