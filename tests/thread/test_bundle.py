"""A whole place leaves as one file, and comes back into an empty installation as it was."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from placeweave.formats.bundle import read_bundle, write_bundle
from placeweave.formats.problems import Unreadable
from placeweave.kit.errors import NotReady, Unsound
from placeweave.kit.models import Account
from placeweave.listening import services
from placeweave.listening.models import Participant, Ruling, Statement, Translation, Vote
from placeweave.places.models import FrameworkNode, Member, Place
from placeweave.themes.models import Theme
from placeweave.thread import bundle
from placeweave.thread.bundle import shape
from tests import factories
from tests.listening.voting import asked, opened, room_in, said

MemberMaker = Callable[..., Member]


@pytest.fixture
def full(convener: Member) -> Place:
    """A place with something in every room, another place beside it."""
    place = convener.place
    Place.objects.create(slug="braehead", name="Braehead", parent_workspace=place)
    coding = factories.CodingFactory(theme__place=place)
    merged = factories.ThemeFactory(place=place, merged_into=coding.theme)
    piece, need = factories.PieceFactory(place=place), factories.NeedFactory(place=place)
    need.themes.add(coding.theme)
    commitment = factories.CommitmentFactory(place=place)
    commitment.needs.add(need)
    commitment.pledges.create(piece=piece)
    issue = factories.IssueFactory(place=place)
    if node := FrameworkNode.objects.first():
        issue.topics.add(node)
    conversation = coding.quote.contribution.conversation
    statement = Statement.objects.create(conversation=conversation, text="Warm halls matter")
    voter = Participant.objects.create(conversation=conversation, external_id="1")
    Vote.objects.create(participant=voter, statement=statement, value=1)
    assert merged.pk
    factories.ContributionFactory(place=place, text="", sha256="", state="withdrawn", scope=1)
    factories.CodingFactory()
    return place


def wiped(place: Place) -> None:
    """Empty every record of the rooms and of kit, as a new installation is."""
    Theme.objects.update(merged_into=None, split_from=None)
    for model in reversed(shape.in_order()):
        model._base_manager.all().delete()
    Account.objects.all().delete()


def test_every_noun_of_every_room_is_in_the_bundle_or_named_as_left_behind() -> None:
    nouns = {
        model._meta.label_lower
        for room in shape.ROOMS
        if apps.is_installed(f"placeweave.{room}")
        for model in apps.get_app_config(room).get_models()
    }
    told = {model._meta.label_lower for model in shape.in_order()} | set(shape.LEFT_BEHIND)
    assert nouns == told & nouns


def test_a_place_comes_back_with_equal_counts_and_leaves_again_byte_for_byte(full: Place) -> None:
    content, count = bundle.write(full)
    slug = full.slug
    wiped(full)
    restored = bundle.restore(content=content, name="place.zip")
    assert restored.place.slug == slug
    assert sum(restored.counts.values()) == count
    assert bundle.write(restored.place)[0] == content


def test_a_bundle_from_before_a_field_was_there_comes_back(full: Place) -> None:
    content = bundle.write(full)[0]
    read = read_bundle(content, "place.zip")
    for name, gone in (("places.place", ("version", "contacts_version")), ("places.issue", ("version",))):
        rows = [json.loads(line) for line in read.members[f"json/{name}.jsonl"].splitlines()]
        older = [{key: value for key, value in row.items() if key not in gone} for row in rows]
        assert older != rows
        read.members[f"json/{name}.jsonl"] = b"\n".join(json.dumps(row).encode() for row in older)  # type: ignore[index]
    content = write_bundle(read)
    wiped(full)
    place = bundle.restore(content=content, name="place.zip").place
    assert (place.version, place.contacts_version) == (1, 1)


def test_another_places_records_stay_out(full: Place) -> None:
    members = read_bundle(bundle.write(full)[0], "place.zip").members
    places = [json.loads(line) for line in members["json/places.place.jsonl"].splitlines()]
    assert {one["slug"] for one in places} == {full.slug, "braehead"}


def test_nothing_in_the_bundle_opens_a_door(full: Place) -> None:
    everything = b"".join(read_bundle(bundle.write(full)[0], "place.zip").members.values())
    assert b"password" not in everything
    assert b"is_steward" not in everything


def test_a_place_is_not_brought_into_an_installation_that_holds_one(full: Place) -> None:
    with pytest.raises(NotReady):
        bundle.restore(content=bundle.write(full)[0], name="place.zip")


def rewritten(content: bytes, name: str, change: Callable[[dict[str, Any]], None]) -> bytes:
    read = read_bundle(content, "place.zip")
    lines = read.members[name].splitlines()
    row = json.loads(lines[0])
    change(row)
    members = {**read.members, name: b"\n".join([json.dumps(row).encode(), *lines[1:]])}
    return write_bundle(type(read)(members, read.counts, read.about))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("json/themes.theme.jsonl", lambda row: row.update(title="x" * 500)),
        ("json/places.place.jsonl", lambda row: row.update(kind="galaxy")),
        ("json/jigsaw.piece.jsonl", lambda row: row.update(organisation=99999999)),
        ("json/themes.coding.jsonl", lambda row: row.update(created_at="yesterday")),
    ],
)
def test_a_bundle_that_lies_is_refused_whole(full: Place, name: str, change: Any) -> None:
    content = rewritten(bundle.write(full)[0], name, change)
    wiped(full)
    with pytest.raises(Unsound):
        bundle.restore(content=content, name="place.zip")
    assert not Place.objects.exists()
    assert not Account.objects.exists()


def swapped(content: bytes, name: str, inside: bytes) -> bytes:
    """Put another file into a zip, leaving its manifest as it was."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, inside if one == name else old.read(one))
    return out.getvalue()


def test_a_bundle_changed_after_it_was_written_is_refused(full: Place) -> None:
    content = swapped(bundle.write(full)[0], "json/themes.theme.jsonl", b"{}\n")
    wiped(full)
    with pytest.raises(Unreadable):
        bundle.restore(content=content, name="place.zip")


def test_new_records_can_follow_after_a_restore(full: Place) -> None:
    content = bundle.write(full)[0]
    wiped(full)
    place = bundle.restore(content=content, name="place.zip").place
    factories.ThemeFactory(place=place)
    call_command("check")


def test_a_voting_comes_back_with_its_rooms_and_rulings_and_without_any_token(convener: Member) -> None:
    voting = opened(convener)
    room = services.order(room=room_in(voting, convener), statements=[asked(voting)[1].pk], by=convener)
    said(voting, "Mend the pier.")
    services.rule(statement=asked(voting)[0], outcome="rejected", reason="spam", by=convener)
    services.translate(statement=asked(voting)[0], language="gd", text="Fosgail an talla.", by=convener)
    services.preview_link(voting=voting, by=convener)
    Participant.objects.update(about={"1": 2}, table="Window")
    participant, voting = Participant.objects.get(), type(voting).objects.get()
    content, _count = bundle.write(convener.place)
    everything = b"".join(read_bundle(content, "place.zip").members.values())
    for secret in (participant.token_digest, voting.preview_digest):
        assert len(secret) == 64
        assert secret.encode() not in everything
    wiped(convener.place)
    bundle.restore(content=content, name="place.zip")
    back = Participant.objects.get()
    assert (back.external_id, back.about, back.table, back.room_id, back.token_digest) == (
        participant.external_id, {"1": 2}, "Window", room.pk, "",
    )  # fmt: skip
    restored = type(voting).objects.get()
    assert (restored.code, restored.policy, restored.preview_digest) == (voting.code, voting.policy, "")
    assert type(room).objects.get().run_sheet == room.run_sheet
    assert (Ruling.objects.get().reason, Translation.objects.get().text) == ("spam", "Fosgail an talla.")
