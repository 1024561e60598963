"""The pieces, needs and ties of Clachan."""

from __future__ import annotations

from decimal import Decimal

from placeweave.example.loading.world import Record, World, read
from placeweave.formats.points import read_point
from placeweave.jigsaw.models import Difficulty, Help, Introduction, Need, Piece, Programme, Tie
from placeweave.jigsaw.models.introduction import ASK_AFTER
from placeweave.places.models import FrameworkNode, Organisation, Place

PRIORITIES = {"later": Need.Priority.LATER, "soon": Need.Priority.SOON, "pressing": Need.Priority.PRESSING}


def weave(world: World) -> None:
    """Lay out who holds what, who wants what, and who works with whom."""
    for record in read("pieces.toml")["piece"]:
        world.pieces[record["key"]] = _piece(world, record)
    for record in read("needs.toml")["need"]:
        world.needs[record["key"]] = _need(world, record)
    for record in read("ties.toml")["tie"]:
        _tie(world, record)
    for record in read("what_for.toml")["for"]:
        for key in record["pieces"]:
            _serves(world, world.pieces[key], record)
    _together(world, read("together.toml"))


def _piece(world: World, record: Record) -> Piece:
    return Piece.objects.create(
        place=world.place,
        organisation=world.organisations.get(record.get("organisation", "")),
        title=record["title"],
        kind=record["kind"],
        sharability=record["sharability"],
        note=record.get("note", ""),
        amount=Decimal(record["amount"]) if "amount" in record else None,
        currency=record.get("currency", ""),
        quantity=record.get("quantity", ""),
        when=record.get("when", ""),
        neighbourhood=world.neighbourhoods.get(record.get("neighbourhood", "")),
        point=point.written if (point := read_point(record.get("point", ""))) else "",
        expires_on=world.some_day(record, "expires_day"),
        last_checked_on=world.some_day(record, "checked_day"),
        created_at=world.moment(record.get("checked_day", -60)),
    )


def _serves(world: World, piece: Piece, record: Record) -> None:
    piece.themes.add(*(world.themes[key] for key in record.get("themes", ())))
    if record.get("issue"):
        piece.issues.add(*world.issues.values())
    piece.topics.add(*(_heading(name) for name in record.get("topics", ())))
    if "hours" in record:
        piece.hours_a_month = Decimal(record["hours"])
    piece.what_stops = record.get("stops", piece.what_stops)
    piece.save(update_fields=["hours_a_month", "what_stops"])


def _together(world: World, file: Record) -> None:
    """Write down what partners share, how they helped each other, and one piece that another place lets be seen."""
    for record in file["difficulty"]:
        made = Difficulty.objects.create(place=world.place, wording=record["wording"], created_at=world.moment(-20))
        made.organisations.set(world.organisations[key] for key in record["organisations"])
        made.themes.set(world.themes[key] for key in record.get("themes", ()))
    for record in file["programme"]:
        programme = Programme.objects.create(place=world.place, name=record["name"], about=record["about"])
        programme.partners.set(world.organisations[key] for key in record["partners"])
        programme.outcomes.set(_heading(name) for name in record["outcomes"])
    for record in file["help"]:
        _helped(world, record)
    for record in file["introduction"]:
        _introduced(world, record)
    for record in file["beyond"]:
        place = Place.objects.get(slug=record["place"])
        holder = Organisation.objects.create(place=place, name=record["holder"], is_partner=True)
        said = {name: record[name] for name in ("title", "kind", "when", "sharability")}
        Piece.objects.create(place=place, organisation=holder, is_shared_beyond=True, **said)


def _helped(world: World, record: Record) -> None:
    need, given_on = world.needs[record["need"]], world.some_day(record, "day")
    Help.objects.create(
        place=world.place,
        need=need,
        giver=world.organisations[record["giver"]],
        receiver=need.asked_by,
        received_by="" if need.asked_by else need.asked_for,
        words=record["words"],
        state=Help.State.GIVEN if given_on else Help.State.OFFERED,
        given_on=given_on,
        thanks=record.get("thanks", ""),
        thanked_on=given_on if "thanks" in record else None,
        created_at=world.moment(record.get("day", -3)),
    )


def _introduced(world: World, record: Record) -> None:
    made_on = world.day(record["day"])
    Introduction.objects.create(
        place=world.place,
        one=world.organisations[record["one"]],
        other=world.organisations[record["other"]],
        subject=record["subject"],
        words=record["words"].strip(),
        made_by=world.convener,
        made_on=made_on,
        ask_on=made_on + ASK_AFTER,
        created_at=world.moment(record["day"]),
    )


def _heading(name: str) -> FrameworkNode:
    framework, code = name.split(":")
    return FrameworkNode.objects.get(framework__slug=framework, framework__valid_to=None, code=code)


def _need(world: World, record: Record) -> Need:
    made = Need.objects.create(
        place=world.place,
        title=record["title"],
        detail=record.get("detail", ""),
        asked_by=world.organisations.get(record.get("asked_by", "")),
        asked_for=record.get("asked_for", ""),
        kind=record["kind"],
        when=record.get("when", ""),
        neighbourhood=world.neighbourhoods.get(record.get("neighbourhood", "")),
        priority=PRIORITIES[record["priority"]],
        state=record["state"],
        created_at=world.moment(record["day"]),
    )
    made.themes.set(world.themes[key] for key in record.get("themes", ()))
    made.quotes.set(world.quotes[key] for key in record.get("quotes", ()))
    if record.get("issue"):
        made.issues.add(*world.issues.values())
    made.topics.add(*(_heading(name) for name in record.get("topics", ())))
    return made


def _tie(world: World, record: Record) -> None:
    Tie.objects.create(
        place=world.place,
        source=world.organisations[record["source"]],
        target=world.organisations[record["target"]],
        level=record["level"],
        kind=record["kind"],
        note=record.get("note", ""),
        reported_by=world.member(record["reported_by"]),
        reported_on=world.day(record["day"]),
        created_at=world.moment(record["day"]),
    )
