"""The live address for Kumu: secret, withdrawable, and never more than may be published."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse

from placeweave.jigsaw import services
from placeweave.jigsaw.models import LiveAddress, Need, Piece, Tie
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady, Refused
from placeweave.kit.models import AuditEntry
from placeweave.places.models import Member, Place
from tests import factories

TEXT = {"type": "string", "minLength": 1}
BLUEPRINT = {
    "type": "object",
    "required": ["elements", "connections"],
    "properties": {
        "elements": {
            "type": "array",
            "items": {"type": "object", "required": ["label", "type"], "properties": {"label": TEXT, "type": TEXT}},
        },
        "connections": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["from", "to"],
                "properties": {"from": TEXT, "to": TEXT, "direction": {"enum": ["directed", "undirected", "mutual"]}},
            },
        },
    },
}


@pytest.fixture
def address(place: Place, convener: Member) -> str:
    """A place with two partners that share things, and its live address."""
    shed = factories.OrganisationFactory(place=place, name="The Shed", is_partner=True)
    council = factories.OrganisationFactory(place=place, name="Council", is_partner=True)
    factories.OrganisationFactory(place=place, name="Nan herself", is_partner=True, sector="resident")
    factories.OrganisationFactory(place=place, name="Only named", is_partner=False)
    factories.PieceFactory(place=place, organisation=shed, title="Van", sharability="ask", note="Ask Moira")
    factories.PieceFactory(place=place, organisation=shed, title="Safe", sharability="no")
    factories.PieceFactory(place=place, organisation=shed, title="Old hall", is_gone=True)
    factories.NeedFactory(place=place, title="Driver", asked_by=council, detail="for Nan")
    factories.NeedFactory(place=place, title="Met already", asked_by=council, state=Need.State.MET)
    Tie.objects.create(place=place, source=shed, target=council, level=3, note="hard going")
    return reverse("live:kumu", args=[services.make_live(place=place, by=convener).key])


def read(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    told: dict[str, Any] = json.loads(answer.content)
    return told


def test_it_gives_a_blueprint_whose_ends_all_exist(client: Client, address: str) -> None:
    told = read(client, address)
    jsonschema.Draft202012Validator(BLUEPRINT).validate(told)
    labels = [one["label"] for one in told["elements"]]
    assert len(set(labels)) == len(labels)
    assert {end for one in told["connections"] for end in (one["from"], one["to"])} <= set(labels)


def test_only_what_may_be_published_is_read(client: Client, address: str) -> None:
    labels = {one["label"] for one in read(client, address)["elements"]}
    assert labels == {"The Shed", "Council", "Van", "Driver"}
    written = client.get(address).content.decode()
    assert not any(hidden in written for hidden in ("Moira", "Nan", "hard going", "level"))


def test_a_tie_is_told_only_where_both_sides_say_so(client: Client, address: str) -> None:
    tie = Tie.objects.get()
    assert "works with" not in {one["type"] for one in read(client, address)["connections"]}
    Tie.objects.create(place=tie.place, source=tie.target, target=tie.source, level=2)
    assert "works with" in {one["type"] for one in read(client, address)["connections"]}


def test_any_site_may_read_it_and_no_other_page(
    client: Client, address: str, convener: Member, client_for: Callable[[Member], Client]
) -> None:
    assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
    board = client_for(convener).get(reverse("jigsaw:board", args=[convener.place.slug]))
    assert "Access-Control-Allow-Origin" not in board.headers


def test_what_has_not_changed_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    since = client.get(address, headers={"if-modified-since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    Piece.objects.filter(title="Van").update(title="Green van")
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


def test_a_withdrawn_address_is_nowhere_and_a_new_one_is_another(
    client: Client, address: str, place: Place, convener: Member
) -> None:
    services.withdraw_live(place=place, by=convener)
    assert client.get(address).status_code == 404
    again = services.make_live(place=place, by=convener)
    assert reverse("live:kumu", args=[again.key]) != address
    assert client.get(address).status_code == 404


def test_making_and_withdrawing_are_in_the_log(address: str, place: Place, convener: Member) -> None:
    services.withdraw_live(place=place, by=convener)
    told = AuditEntry.objects.filter(place_id=place.pk)
    assert list(told.order_by("pk").values_list("verb", flat=True)) == ["opened", "withdrew"]
    assert not told.filter(summary__contains=LiveAddress.objects.get().key).exists()


def test_there_is_one_address_at_a_time(address: str, place: Place, convener: Member) -> None:
    with pytest.raises(NotReady):
        services.make_live(place=place, by=convener)


@pytest.mark.parametrize("standing", [one for one in Standing if one not in {Standing.CONVENER, Standing.VISITOR}])
def test_only_a_convener_makes_one(standing: Standing, place: Place, member_with: Callable[..., Member]) -> None:
    with pytest.raises(Refused):
        services.make_live(place=place, by=member_with(standing))


def test_the_page_shows_the_address_and_what_is_read_there(
    address: str, convener: Member, client_for: Callable[[Member], Client]
) -> None:
    page = client_for(convener).get(reverse("jigsaw:live", args=[convener.place.slug])).content.decode()
    assert address in page
    assert "Driver" in page
    assert "Safe" not in page


@pytest.mark.parametrize(("standing", "is_told"), [(Standing.CONVENER, True), (Standing.PARTNER, False)])
def test_the_files_to_take_away_lead_a_convener_to_it(
    standing: Standing,
    is_told: bool,
    place: Place,
    member_with: Callable[..., Member],
    client_for: Callable[..., Client],
) -> None:
    page = client_for(member_with(standing)).get(reverse("places:exports", args=[place.slug])).content.decode()
    assert (reverse("jigsaw:live", args=[place.slug]) in page) == is_told
