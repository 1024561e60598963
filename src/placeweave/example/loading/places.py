"""The place, its partners and people, and the question they work on."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from django.db.models import QuerySet

from placeweave.example.loading.world import Record, World, read
from placeweave.formats.geojson import read_outlines
from placeweave.kit.models import Account
from placeweave.listening import services as listening
from placeweave.places import services
from placeweave.places.models import (
    Boundary,
    DutyContact,
    FrameworkNode,
    Issue,
    Member,
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    Person,
    Place,
    Question,
    Site,
)

TOPICS = ("2", "10", "12")
"""Public transport, social contact and feeling safe, of the place assessment."""


def weave(world: World) -> None:
    """Make the place and everybody in it."""
    services.load_frameworks()
    file = read("place.toml")
    _place(world, file["place"], file["neighbourhood"])
    _outlines(world)
    for record in read("organisations.toml")["organisation"]:
        world.organisations[record["key"]] = _organisation(world, record)
    for record in read("people.toml")["person"]:
        _person(world, record)
    DutyContact.objects.bulk_create(
        DutyContact(place=world.place, title=one["title"], how=one["how"], order=one["order"])
        for one in file["duty_contact"]
    )
    _issue(world, file["issue"], file["question"])
    with world.on(file["consent_text"]["day"]):
        listening.write_consent_text(body=file["consent_text"]["body"], by=world.convener)
    for record in read("neighbours.toml")["place"]:
        _neighbour(record)


def _outlines(world: World) -> None:
    """Draw the town and its neighbourhoods, upon the open sea: no street that is somewhere lies beneath them."""
    content = resources.files("placeweave.example").joinpath("outlines.geojson").read_bytes()
    Boundary.objects.bulk_create(
        Boundary(
            place=world.place,
            code=one.properties["code"],
            name=one.properties["name"],
            geometry=one.geometry,
            said=dict(one.properties),
        )
        for one in read_outlines(content, "outlines.geojson").outlines
    )


def _place(world: World, record: Record, neighbourhoods: list[Record]) -> None:
    names = ("name", "kind", "made_up", "is_public", "in_portfolio", "threshold", "description")
    made = Place.objects.create(
        slug=record["key"], created_at=world.moment(-100), **{name: record[name] for name in names}
    )
    world.place = made
    for one in neighbourhoods:
        world.neighbourhoods[one["key"]] = Place.objects.create(
            slug=f"{made.slug}-{one['key']}",
            name=one["name"],
            kind=Place.Kind.NEIGHBOURHOOD,
            description=one["description"],
            parent=made,
            parent_workspace=made,
            made_up=True,
        )


def _organisation(world: World, record: Record) -> Organisation:
    plain = ("name", "sector", "description", "is_statutory", "is_anchor")
    made = Organisation.objects.create(
        place=world.place, is_partner=True, created_at=world.moment(-96), **{name: record[name] for name in plain}
    )
    OrganisationName.objects.bulk_create(OrganisationName(organisation=made, **one) for one in record["names"])
    OrganisationIdentifier.objects.bulk_create(
        OrganisationIdentifier(organisation=made, source="example", **one) for one in record["identifiers"]
    )
    for one in record["sites"]:
        Site.objects.create(
            organisation=made,
            label=one["label"],
            neighbourhood=world.neighbourhoods.get(one.get("neighbourhood", "")),
            is_private=one["is_private"],
        )
    return made


def _person(world: World, record: Record) -> None:
    """Put somebody into the directory, with a way in where they have an address."""
    if record["standing"] == "steward":
        Account.objects.create_user(record["email"], name=record["name"], is_steward=True)
        return
    person = Person.objects.create(
        place=world.place,
        name=record["name"],
        role=record.get("role", ""),
        organisation=world.organisations.get(record.get("organisation", "")),
        about=record.get("about", ""),
        email=record["email"],
        is_listed=record.get("is_listed", False),
    )
    world.people[record["key"]] = person
    account = Account.objects.create_user(record["email"], name=record["name"])
    world.members[record["key"]] = Member.objects.create(
        place=world.place,
        account=account,
        person=person,
        standing=record["standing"],
        created_at=world.moment(-95),
    )


def _issue(world: World, record: Record, questions: list[Record]) -> None:
    issue = Issue.objects.create(
        place=world.place, title=record["title"], state=record["state"], created_at=world.moment(-96)
    )
    issue.facilitators.set(one for one in world.members.values() if one.standing == "facilitator")
    issue.organisations.set(world.organisations.values())
    issue.neighbourhoods.set(world.neighbourhoods.values())
    issue.topics.set(_topics(TOPICS))
    world.issues[record["key"]] = issue
    for one in questions:
        _question(world, issue, one)


def _topics(codes: Iterable[str]) -> QuerySet[FrameworkNode]:
    return FrameworkNode.objects.filter(framework__slug="place-assessment", code__in=codes)


def _neighbour(record: Record) -> None:
    """Add another place that only says what it works on."""
    made = Place.objects.create(
        slug=record["key"], name=record["name"], kind=record["kind"], made_up=True, in_portfolio=True
    )
    issue = Issue.objects.create(place=made, title=record["issue"])
    issue.topics.set(_topics(record["topics"]))


def _question(world: World, issue: Issue, record: Record) -> None:
    author, moment = world.member(record["author"]), world.moment(record["day"])
    Question.objects.create(
        issue=issue,
        number=record["number"],
        wording=record["wording"],
        why=record["why"],
        author=author,
        author_name=author.display_name,
        state=record["state"],
        created_at=moment,
        decided_at=moment,
        decided_by_name=world.member(record.get("decided_by")).display_name,
    )
