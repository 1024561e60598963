"""The programme of Clachan, and the workshop that more people want to come to than there are places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from placeweave.example.loading import cohorts, tables
from placeweave.example.loading.world import Record, World, read
from placeweave.gatherings import recipes, services
from placeweave.gatherings.models import Cohort, Letter, Parked, Session
from placeweave.gatherings.models.run_sheet import StepFacts
from placeweave.kit import links
from placeweave.places.models import Member

BEFOREHAND = timedelta(hours=2)


def weave(world: World) -> None:
    """Open the programme and its cohorts, let people sign up for the workshop, and let one of them leave."""
    file, by = read("gatherings.toml"), world.convener
    made = cohorts.weave(world)
    said = dict(file["session"])
    handed, recipe, prepared = (said.pop(name) for name in ("hand_over", "recipe", "preparation"))
    materials = said.pop("material")
    begins_at = _evening(said.pop("hour"))
    facts = services.SessionFacts(
        **{**said, "cohort": made[said["cohort"]]},
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=2),
        host=by,
    )
    session = services.open_up(session=services.make(place=world.place, facts=facts, by=by), by=by)
    _get_ready(session, prepared, by=by)
    for material in materials:
        address = f"https://clachan.example/{material['page']}"
        use = material.get("use", "before")
        services.add_material(session=session, title=material["title"], address=address, use=use, by=by)
    services.lay(session=session, steps=_recipe(recipe), by=by)
    _hand_over(world, session, handed)
    last = _last_time(world, file["last_time"], cohort=made[file["session"]["cohort"]])
    for record in file["parked"]:
        _park(world, last, record)
    for record in file["tried"]:
        _try(world, record)
    for record in file["learning_need"]:
        for who in record["who"]:
            services.state_need(title=record["title"], about=record.get("about", ""), by=world.members[who])
    for record in file["sign_up"]:
        _sign_up(session, record)
    leaving = [one["name"] for one in file["sign_up"] if one.get("leaves")]
    for one in session.sign_ups.filter(name__in=leaving):
        services.leave(sign_up=one)
    tables.lay(session, file["tables"], by=by)
    Letter.objects.filter(event__session=session).update(sent_at=timezone.now())  # nobody there reads mail


def _get_ready(session: Session, said: Record, *, by: Member) -> None:
    told = {name: said.get(name, "").strip() for name in ("purpose", "pre_work", "practice_task")}
    services.prepare(session=session, version=0, by=by, **told)


def _recipe(key: str) -> Sequence[StepFacts]:
    return next(one.steps for one in recipes.shipped() if one.key == key)


def _last_time(world: World, record: Record, *, cohort: Cohort) -> Session:
    """Lay the session before this one, as it was left when everybody had gone home."""
    by, begins_at = world.convener, world.moment(-record["days_ago"]).replace(hour=record["hour"], minute=30)
    facts = services.SessionFacts(
        **{name: record[name] for name in ("title", "kind", "where", "capacity")},
        begins_at=begins_at,
        ends_at=begins_at + timedelta(hours=3),
        host=by,
        cohort=cohort,
    )
    session = services.make(place=world.place, facts=facts, by=by)
    services.lay(session=session, steps=_recipe(record["recipe"]), by=by)
    _get_ready(session, record["preparation"], by=by)
    _hand_over(world, session, record["hand_over"])
    session.state = Session.State.HELD
    session.save(update_fields=["state"])
    return session


def _hand_over(world: World, session: Session, said: Record) -> None:
    told = {name: text.strip() for name, text in said.items() if name != "stand_in"}
    stand_in = next((one for one in world.members.values() if one.standing == said.get("stand_in")), None)
    facts = services.HandOverFacts(stand_in=stand_in, **told)
    services.hand_over(session=session, facts=facts, version=0, by=world.convener)


def _park(world: World, session: Session, record: Record) -> None:
    parked = services.park(session=session, words=record["words"], by=world.convener)
    Parked.objects.filter(pk=parked.pk).update(created_at=world.moment(-record["days_ago"]))
    if "outcome" in record:
        services.settle_parked(parked=parked, outcome=record["outcome"], by=world.convener)


def _try(world: World, record: Record) -> None:
    told = {name: text for name, text in record.items() if name not in {"who", "card", "days_ago"}}
    facts = services.TriedFacts(on=world.day(-record["days_ago"]), **told)
    services.log_practice(card=record["card"], facts=facts, by=world.members[record["who"]])


def _evening(hour: int) -> datetime:
    """Give the next evening that leaves time to sign up."""
    tonight = timezone.make_aware(datetime.combine(timezone.localdate(), time(hour)))
    return tonight if timezone.now() < tonight - BEFOREHAND else tonight + timedelta(days=1)


def _sign_up(session: Session, record: Record) -> None:
    told = {name: value for name, value in record.items() if name not in {"leaves", "comes_from"}}
    told["organisation"] = record.get("comes_from", "")
    email = f"{record['name'].lower().replace(' ', '.')}@clachan.example"
    services.sign_up(session=session, wish=services.Wish(email=email, **told), key=links.new_key())
