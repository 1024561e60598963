"""Two versions of one record, as people compare them."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import Context, Template

from placeweave.jigsaw.models import Piece
from placeweave.kit import audit, versions
from placeweave.kit.errors import Conflict
from placeweave.places.models import Member, Organisation
from tests import factories


def test_fields_are_said_as_people_say_them(db: None) -> None:
    shed = factories.OrganisationFactory(name="The Shed")
    values = {
        "kind": "vehicle_equipment",
        "organisation": shed,
        "expires_on": date(2026, 5, 3),
        "is_gone": True,
        "note": "",
    }
    labels = {name: name for name in values}
    assert versions.in_words(values, labels=labels, of=Piece) == {
        "kind": "Vehicles and equipment",
        "organisation": "The Shed",
        "expires_on": "3 May 2026",
        "is_gone": "yes",
        "note": "",
    }


def test_a_conflict_names_who_changed_it_and_carries_the_newer_version(convener: Member) -> None:
    body = factories.OrganisationFactory(place=convener.place, name="The Shed", version=4)
    audit.write(by=convener, place_id=convener.place_id, verb="mended", subject=body)
    audit.write(by=None, place_id=convener.place_id, verb="looked at", subject=body)
    with pytest.raises(Conflict, match=convener.display_name) as clash:
        versions.require_version(body, 3, said={"name": "Mine"}, labels={"name": "Name"}, verbs=["mended"])
    assert (clash.value.theirs, clash.value.yours) == ({"Name": "The Shed"}, {"Name": "Mine"})
    assert clash.value.version == 4


@pytest.mark.parametrize("version", [4, None])
def test_what_was_read_last_may_be_written(version: int | None) -> None:
    versions.require_version(Organisation(version=4), version, said={}, labels={"name": "Name"})


def test_only_what_differs_is_laid_side_by_side() -> None:
    both = Conflict("Ann changed it.", theirs={"A": "same", "B": "hers"}, yours={"A": "same", "B": "mine"}, version=2)
    html = Template("{% conflict both %}").render(Context({"both": both}))
    assert "hers" in html
    assert "same</p>" not in html
    lists = Conflict("Ann changed it.", theirs={"On it": "Shed\nChoir"}, yours={"On it": "Shed\nPier"}, version=2)
    html = Template("{% conflict both %}").render(Context({"both": lists}))
    assert [line in html for line in ("<strong>Choir", "<strong>Pier", "<strong>Shed")] == [True, True, False]
    agreed = Conflict("Ann changed it.", theirs={"A": "same"}, yours={"A": "same"}, version=2)
    assert "says the same" in Template("{% conflict both %}").render(Context({"both": agreed}))
