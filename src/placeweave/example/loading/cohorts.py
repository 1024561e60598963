"""The programme of Clachan as it stands after the first offers: a cohort that is full, and those who wait."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from placeweave.example.loading.world import Record, World, read
from placeweave.gatherings.models import Application, Cohort, CohortEvent, Programme
from placeweave.gatherings.services import cohorts, designs

Kind = CohortEvent.Kind
State = Application.State


def weave(world: World) -> dict[str, Cohort]:
    """Open the programme and its cohorts, and let people apply; give the cohorts by their title."""
    file, by = read("cohorts.toml"), world.convener
    names = "\n".join(one.name for one in world.neighbourhoods.values())
    facts = cohorts.ProgrammeFacts(neighbourhoods=names, **file["programme"])
    programme = cohorts.begin_programme(place=world.place, facts=facts, by=by)
    _designed(world, programme, file)
    made = {}
    for said in file["cohort"]:
        cohort_facts = cohorts.CohortFacts(host=by, **said)
        made[said["title"]] = cohorts.begin_cohort(programme=programme, facts=cohort_facts, by=by)
    full = made[file["cohort"][0]["title"]]
    wanted = [cohorts.Wanted(**one) for one in file["wanted"]]
    full = cohorts.hope_for(cohort=full, wanted=wanted, version=full.version, by=by)
    full = cohorts.open_to_applications(cohort=full, by=by)
    _applied(world, full, file["applicant"])
    full.state = Cohort.State.OFFERS
    full.save(update_fields=["state"])
    return made


def _designed(world: World, programme: Programme, file: Record) -> None:
    """Write the outline, keep it, and improve one session of it, which is not kept yet."""
    by = world.convener
    for one in file["outline"]:
        designs.add_session(programme=programme, facts=designs.OutlineFacts(**one), by=by)
    designs.keep_version(programme=programme, because="", by=by)
    line, said = programme.outline.all()[file["improved"]["at"]], file["outline"][file["improved"]["at"]]
    facts = designs.OutlineFacts(**said | {"minutes": file["improved"]["minutes"]})
    designs.change_session(line=line, facts=facts, version=1, by=by)


def _applied(world: World, cohort: Cohort, records: list[Record]) -> None:
    """Lay those who applied and what happened to each, all at once: the first have places, the others wait in line."""
    days = len(records)
    told = [
        Application(
            cohort=cohort,
            asked_at=world.moment(number - days - 14),
            email=f"{record['name'].lower().replace(' ', '.')}@clachan.example",
            dates=record.get("dates", "all"),
            **{name: value for name, value in record.items() if name not in {"comes_from", "neighbourhood", "dates"}},
            organisation=record.get("comes_from", ""),
            neighbourhood=world.neighbourhoods[record["neighbourhood"]].name,
        )
        for number, record in enumerate(records)
    ]
    people = Application.objects.bulk_create(told)
    members, waiting = people[: cohort.capacity], people[cohort.capacity :]
    lines: Counter[str] = Counter()
    place = {}
    for one in waiting:
        lines[one.sector] += 1
        place[one.pk] = lines[one.sector]
    waiting.sort(key=lambda one: (place[one.pk], one.asked_at))
    for rank, one in enumerate(waiting, start=1):
        one.rank = rank
    for one in members:
        one.state = State.IN
    Application.objects.bulk_update(people, ["state", "rank"])
    CohortEvent.objects.bulk_create(_events(world, cohort, members, [(one, place[one.pk]) for one in waiting]))


def _events(
    world: World, cohort: Cohort, members: list[Application], waiting: list[tuple[Application, int]]
) -> list[CohortEvent]:
    sent, until = world.moment(-7), world.moment(0)
    in_order = sorted([*members, *(one for one, _ in waiting)], key=lambda one: one.asked_at)
    number = {one.pk: at for at, one in enumerate(in_order, start=1)}
    asked = [_event(cohort, one, Kind.APPLIED, one.asked_at) for one in in_order]
    chosen = _event(cohort, None, Kind.CHOSEN, sent)
    chosen.facts = {"offers": len(members), "applied": len(in_order), "proved": True}
    given = [_event(cohort, one, Kind.OFFERED, sent) for one in members]
    for taken, offered in enumerate(given):
        offered.free, offered.rank, offered.until = cohort.capacity - taken, taken + 1, until
    ranked = [_event(cohort, one, Kind.RANKED, sent) for one, _ in waiting]
    for rank, (event, (one, in_line)) in enumerate(zip(ranked, waiting, strict=True), start=1):
        line = {"kept": "all_longer", "shorter": 0, "of_all": number[one.pk], "missed": []}
        event.free, event.rank, event.facts = 0, rank, line | {"line": one.sector, "in_line": in_line}
    accepted = [_event(cohort, one, Kind.ACCEPTED, world.moment(-5)) for one in members]
    for event in accepted:
        event.free, event.until = 0, until
    return [*asked, chosen, *given, *ranked, *accepted]


def _event(cohort: Cohort, one: Application | None, kind: Kind, at: datetime) -> CohortEvent:
    free = cohort.capacity
    return CohortEvent(cohort=cohort, application=one, kind=kind, created_at=at, capacity=cohort.capacity, free=free)
