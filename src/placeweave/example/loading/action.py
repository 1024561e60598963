"""The purpose of Clachan in its three versions, and the fourteen promises."""

from __future__ import annotations

from placeweave.action import services
from placeweave.action.models import Assent, Commitment, Pledge, Purpose, PurposeVersion, Update
from placeweave.example.loading.world import Record, World, read
from placeweave.places.models import Member


def weave(world: World) -> None:
    """Word the purpose, say who stands where, make the promises, and say how they go."""
    file = read("purpose.toml")
    purpose = Purpose.objects.create(
        place=world.place,
        title=file["purpose"]["title"],
        issue=world.issues[file["purpose"]["issue"]],
        created_at=world.moment(file["version"][0]["day"]),
    )
    versions = {one["number"]: _version(world, purpose, one) for one in file["version"]}
    for record in file["assent"]:
        _assent(world, versions[record["version"]], record)
    for record in read("commitments.toml")["commitment"]:
        world.commitments[record["key"]] = _commitment(world, purpose, record)


def _version(world: World, purpose: Purpose, record: Record) -> PurposeVersion:
    author = world.member(record["author"])
    return PurposeVersion.objects.create(
        purpose=purpose,
        number=record["number"],
        wording=record["wording"],
        why=record["why"],
        state=record["state"],
        author=author,
        author_name=author.display_name,
        created_at=world.moment(record["day"]),
        adopted_at=world.moment(record["decided_day"]),
    )


def _assent(world: World, version: PurposeVersion, record: Record) -> None:
    by = world.member(record["said_by"])
    Assent.objects.create(
        version=version,
        organisation=world.organisations.get(record.get("organisation", "")),
        member=by,
        said_by_name=by.display_name,
        gradient=record["gradient"],
        concern=record.get("concern", ""),
        created_at=world.moment(record["day"]),
    )


def _commitment(world: World, purpose: Purpose, record: Record) -> Commitment:
    promise = services.Promise(
        what=record["what"],
        promised_to=record["promised_to"],
        person=world.people[record["person"]],
        organisation=world.organisations.get(record.get("organisation", "")),
        detail=record.get("detail", ""),
        due_on=world.some_day(record, "due_day"),
        purpose=purpose,
        together_with=[world.organisations[key] for key in record.get("together_with", ())],
        themes=[world.themes[key] for key in record.get("themes", ())],
        quotes=[world.quotes[key] for key in record.get("quotes", ())],
        needs=[world.needs[key] for key in record.get("needs", ())],
        pieces=[world.pieces[key] for key in record.get("pieces", ())],
    )
    with world.on(record["day"]):
        made = services.promise(place=world.place, promise=promise, by=world.convener)
    for update in record.get("updates", ()):
        _update(world, made, update)
    made.refresh_from_db()
    if made.state != record["state"]:
        made.state = record["state"]
        made.save(update_fields=["state"])
    Pledge.objects.filter(commitment=made).update(created_at=world.moment(record["day"]))
    return made


def _update(world: World, commitment: Commitment, record: Record) -> Update:
    with world.on(record["day"]):
        return services.report(
            commitment=commitment,
            words=record["words"],
            state=record.get("state", ""),
            by=_speaker(world, commitment, record["by"]),
        )


def _speaker(world: World, commitment: Commitment, key: str) -> Member:
    """Give who said it; others' words are written down by the convener under the speaker's own name."""
    member = world.member(key)
    return member if services.may_speak_for(commitment, member) else world.convener
