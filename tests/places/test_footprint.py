"""A place begins with its council area: codes, partners by law, and all of it back again."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.kit import imports
from placeweave.kit.access import Standing
from placeweave.kit.errors import NotReady
from placeweave.kit.models import Batch
from placeweave.places import areas, services
from placeweave.places.models import Member, Organisation, PlaceCode, Sector
from placeweave.places.services import Particulars
from tests import factories
from tests.places.bringing import begin, bring, database, outcomes, stage
from tests.shared_data import shared

ClientFor = Callable[[Member], Client]


def test_thirty_two_council_areas_come_with_one_of_each_cover() -> None:
    assert len(areas.known()) == 32
    for area in areas.known():
        assert [one.scheme for one in area.codes] == list(areas.SCHEMES)
    assert len({area.named("S37") for area in areas.known()}) == 31


def test_the_table_agrees_with_the_published_lookup_zone_by_zone() -> None:
    with shared("standards/geo/datazone2011_lookup_slim.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6976
    columns = {"S12": "LA_Code", "S08": "HB_Code", "S37": "HIA_Code", "S32": "SPD_Code", "S39": "SFRLSO_Code"}
    for row in rows:
        (area,) = [one for one in areas.known() if one.has_zone(row["DZ2011_Code"])]
        assert {one.scheme: one.code for one in area.codes if one.scheme in columns} == {
            scheme: row[column] for scheme, column in columns.items()
        }


def test_former_codes_and_every_published_name_find_their_council() -> None:
    with shared("standards/geo/scotland_council_areas_simplified.geojson").open(encoding="utf-8") as file:
        text = file.read()
    assert text.count('"source_code"') == 32
    assert areas.coded("S12000046") is areas.coded("S12000043") is areas.called("Glasgow City")
    with shared("standards/geo/simd2020v2_ranks.csv").open(encoding="utf-8-sig") as file:
        names = {row["Council_area"] for row in csv.DictReader(file)}
    assert len({areas.called(name) for name in names}) == len(names) == 32
    assert areas.called("Western Isles") is areas.called("Na h-Eileanan an Iar")
    assert areas.called("Clackmannan and Fife") is None


def test_a_footprint_brings_codes_and_partners_by_law(convener: Member) -> None:
    batch = begin(convener)
    assert set(outcomes(batch)) == {"created"}
    assert PlaceCode.objects.get(scheme="S08").code == "S08000019"
    assert all(one.vintage == "2019" for one in PlaceCode.objects.all())
    names = set(Organisation.objects.filter(is_statutory=True).values_list("name", flat=True))
    assert {"Falkirk Council", "NHS Forth Valley", "Police Scotland", "Scottish Enterprise"} <= names
    assert "Highlands and Islands Enterprise" not in names
    assert str(Organisation.objects.get(name="Falkirk Council").identifiers.get()) == "GB-LAS-FAL"
    assert not Organisation.objects.filter(is_partner=True).exists()
    assert "Open Government Licence" in batch.attribution


def test_those_with_a_duty_take_part_where_a_person_says_so(convener: Member) -> None:
    begin(convener, duty_takes_part=True)
    assert Organisation.objects.filter(is_partner=True).count() == 5


def test_the_same_footprint_twice_is_all_unchanged(convener: Member) -> None:
    begin(convener)
    before = database()
    assert set(outcomes(begin(convener))) == {"unchanged"}
    assert database() == before


def test_what_people_wrote_of_a_partner_stays_and_undo_puts_every_row_back(convener: Member) -> None:
    said = Particulars("Police Scotland", Sector.POLICING, "Our own words", is_partner=True)
    services.add_organisation(place=convener.place, said=said, by=convener)
    factories.OrganisationFactory(place=convener.place, name="falkirk council")
    before = database()
    batch = begin(convener)
    assert outcomes(batch)["updated"] == 2
    police = Organisation.objects.get(name="Police Scotland")
    assert (police.description, police.is_statutory, police.version) == ("Our own words", True, 2)
    assert database() != before
    imports.undo(batch=batch, by=convener)
    assert database() == before


def test_a_second_council_area_needs_a_choice(convener: Member) -> None:
    begin(convener)
    batch = begin(convener, "Fife")
    assert outcomes(batch)["conflict"] == 6
    assert PlaceCode.objects.get(scheme="GB-LAS").code == "FAL"


def test_undo_refuses_where_people_have_built_on_a_partner(convener: Member) -> None:
    batch = begin(convener)
    factories.PersonFactory(place=convener.place, organisation=Organisation.objects.get(name="Police Scotland"))
    with pytest.raises(NotReady, match="Police Scotland"):
        imports.undo(batch=batch, by=convener)


def test_an_area_of_another_country_comes_in_from_a_table_of_its_own(convener: Member) -> None:
    table = (
        "what,name,sector,scheme,code,vintage\n"
        "code,Anglesey,,W06,W06000001,2009\n"
        "partner,Isle of Anglesey County Council,local_government,,,\n"
    )
    assert outcomes(bring(convener, "footprint", table)) == {"created": 2}
    assert PlaceCode.objects.get().code == "W06000001"


def test_faulty_rows_say_what_is_wrong(convener: Member) -> None:
    header, *rows = ("what,name,sector,scheme,code", "place,A,,,", "code,B,,,", "partner,,,,", "partner,C,wizardry,,")
    table = "\n".join([header, *rows, "partner,D,,,", "partner,d,,,"])
    batch = stage(convener, "footprint", table)
    assert outcomes(batch) == {"rejected": 2, "held": 3, "created": 1}
    assert "“wizardry” is not a sector known here." in batch.rows.get(row=5).reason
    assert batch.rows.get(row=7).reason == "Row 6 of this file says the same."
    assert "lacks columns" in stage(convener, "footprint", "a,b\n1,2\n").failure


def test_the_first_page_previews_a_footprint_and_then_shows_it(convener: Member, client_for: ClientFor) -> None:
    browser, slug = client_for(convener), convener.place.slug
    assert "Begin with your council area" in browser.get(reverse("places:ground", args=[slug])).content.decode()
    asked = {"council": "FAL", "duty_takes_part": "on"}
    preview = browser.post(reverse("places:begin", args=[slug]), asked, follow=True)
    assert "Nothing has changed yet" in preview.content.decode()
    batch = Batch.objects.get()
    browser.post(reverse("places:import_accept", args=[slug, batch.pk]))
    page = browser.get(reverse("places:ground", args=[slug])).content.decode()
    for shown in ("S12000014", "Forth Valley", "Police Scotland", "Open Government Licence", "format=oscr"):
        assert shown in page
    assert "Begin with your council area" not in page


def test_without_a_choice_the_first_page_asks_again(convener: Member, client_for: ClientFor) -> None:
    answer = client_for(convener).post(reverse("places:begin", args=[convener.place.slug]), {"council": ""})
    assert answer.status_code == 422
    assert not Batch.objects.exists()


def test_guests_see_the_area_and_not_the_files_behind_it(
    convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    begin(convener)
    page = client_for(member_with(Standing.GUEST)).get(reverse("places:ground", args=[convener.place.slug]))
    assert "S12000014" in page.content.decode()
    assert "Files of the first day" not in page.content.decode()
