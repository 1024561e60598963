"""Directories of services: each published example, every item told of, and what we write read back and judged."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from typing import Any

import jsonschema
import pytest

from placeweave.formats.hsds import Services, read_aliss, read_services, write_services
from placeweave.formats.json_text import unstorable
from placeweave.formats.problems import Unreadable
from tests.shared_data import shared

HSDS = "standards/hsds/"


def service(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Lunch club",
        "status": "active",
        "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "The Hall", "description": "A hall"},
    }
    return {name: value for name, value in (told | changes).items() if value is not None}


def page(*items: Any, **changes: Any) -> bytes:
    return json.dumps({"contents": list(items), "total_items": len(items)} | changes).encode()


def read(*items: Any) -> Services:
    return read_services(page(*items), "feed.json")


def place(latitude: Any, longitude: Any) -> list[dict[str, Any]]:
    return [{"location": {"id": "x", "name": "Hall", "latitude": latitude, "longitude": longitude}}]


@pytest.mark.parametrize("profile", ["uk-profile", "hsds3"])
@pytest.mark.parametrize("name", ["service_full.json", "service_list.json"])
def test_published_examples_are_read(profile: str, name: str) -> None:
    found = read_services(shared(f"{HSDS}{profile}/examples/{name}").read_bytes(), name)
    assert [one.name for one in found.services] == ["Community Counselling"]


@pytest.mark.parametrize("profile", ["uk-profile", "hsds3"])
def test_a_package_of_tables_is_the_same_service(profile: str) -> None:
    folder, out = shared(f"{HSDS}{profile}/examples/csv"), io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for file in folder.glob("*.csv"):
            packed.writestr(file.name, file.read_bytes())
    (tables,) = read_services(out.getvalue(), "package.zip").services
    name = "service_full.json"
    (nested,) = read_services(shared(f"{HSDS}{profile}/examples/{name}").read_bytes(), name).services
    for field in ("id", "name", "status", "description", "holder", "schedules", "areas", "modified"):
        assert getattr(tables, field) == getattr(nested, field), field


@pytest.mark.parametrize("name", ["organization_list.json", "taxonomy.json", "service_at_location_full.json"])
def test_what_is_no_list_of_services_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(Unreadable, match="services of Open Referral UK 3 were expected"):
        read_services(shared(f"{HSDS}uk-profile/examples/{name}").read_bytes(), name)


def test_version_one_is_named() -> None:
    with pytest.raises(Unreadable, match="looks like Open Referral UK 1"):
        read_services(b'{"totalElements": 1, "content": [{"id": "1"}]}', "feed.json")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"contents": [\n{"id": }]}', "line 2, column 8"),
        (b"[" * 100_000, "of a kind that no such file needs"),
        (b'{"contents": [{"id": NaN}]}', "of a kind that no such file needs"),
        (b"4", "were expected"),
        (b"PK\x03\x04 cut", "not a complete zip file"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_one_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_services(content, "feed.json")


def test_many_services_under_one_id_are_one_and_the_rest_is_told() -> None:
    found = read_services(page(*(service() for _ in range(128)), total_items=500), "feed.json")
    assert len(found.services) == 1
    assert Counter(one.severity for one in found.problems) == {"rejected": 127}
    assert "500 services in all; this file holds 128" in found.notes[0]


@pytest.mark.parametrize(
    ("changes", "field", "severity"),
    [
        ({"name": None}, "name", "held"),
        ({"status": "open"}, "status", "held"),
        ({"organization": None}, "organization", "held"),
        ({"id": None}, "id", "rejected"),
        ({"name": "a\x00b"}, "name", "rejected"),
        ({"email": False}, "email", "warning"),
        ({"schedules": [{"freq": "WEEKLY", "byday": "Thursdays"}]}, "schedules", "warning"),
        ({"service_at_locations": place(0, 0)}, "latitude, longitude", "warning"),
        ({"service_at_locations": place(-3.7, 56.0)}, "latitude, longitude", "warning"),
    ],
)
def test_a_faulty_item_is_told_of_by_field(changes: dict[str, Any], field: str, severity: str) -> None:
    other = service(id="0bc248fa-dc27-4650-9ba4-8f1a24ef16a2")
    found = read(service(**changes), other)
    assert [(one.row, one.field, one.severity) for one in found.problems] == [(1, field, severity)]
    assert len(found.services) == (2 if severity == "warning" else 1)


def test_swapped_coordinates_are_named_and_right_ones_kept_from_text() -> None:
    assert "swapped" in read(service(service_at_locations=place(-3.7, 56.0))).problems[0].reason
    (one,) = read(service(service_at_locations=place("56.01", "-3.70"))).services
    assert (one.locations[0].latitude, one.locations[0].longitude) == (56.01, -3.7)


def test_aliss_samples_are_read_with_licence_and_every_line_of_attribution() -> None:
    found = read_aliss(shared("standards/aliss/aliss_v41_service_sample.json").read_bytes(), "aliss.json")
    assert len(found.services) == found.rows == 3
    one = read_aliss(shared("standards/aliss/aliss_v41_service_search_sample.json").read_bytes(), "aliss.json")
    assert one.services[0].locations[0].postcode == "TD12 4JN"
    for read_back in (found, one):
        assert "creativecommons.org/licenses/by/4.0" in read_back.licence
        assert "Office of the Scottish Charity Regulator" in read_back.attribution
    listed = {"meta": {}, "results": [{"id": "1", "name": "Tea", "organisation": {"id": "2", "name": "Hall"}}]}
    assert len(read_aliss(json.dumps(listed).encode(), "aliss.json").services) == 1


def test_what_we_write_is_valid_by_the_published_schema_and_reads_back_equal() -> None:
    name = "service_full.json"
    (whole,) = read_services(shared(f"{HSDS}uk-profile/examples/{name}").read_bytes(), name).services
    written = write_services([whole])
    schema = json.loads(shared(f"{HSDS}schema/uk-compiled-service.json").read_text())
    judge = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    told = json.loads(written)
    assert [one.message for item in told["contents"] for one in judge.iter_errors(item)] == []
    assert told["total_items"] == len(told["contents"])
    assert read_services(written, "again.json").services == (whole,)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0131 496 0000", "0131 496 0000"),
        ('"+44 1234 234567"', "+44 1234 234567"),
        ("(01259) 49600 ext. 12", "(01259) 49600 ext. 12"),
        ("Ask for Ann Persona: 01259 496000, evenings", "01259 496000"),
    ],
)
def test_of_a_telephone_the_number_alone_is_kept(written: str, kept: str) -> None:
    found = read(service(phones=[{"id": "p", "number": written}]))
    assert found.services[0].phones == (kept,)
    assert [one.value for one in found.problems] == ([written] if "Persona" in written else [])


def test_what_is_no_number_is_left_out_with_a_warning() -> None:
    found = read(service(phone="ask at the hall"))
    assert found.services[0].phones == ()
    assert [(one.field, one.severity) for one in found.problems] == [("phones", "warning")]


def test_a_number_of_a_person_is_never_read() -> None:
    own = [{"number": "01259 496001"}, {"number": "01259 496001"}, {"number": "01259 496002"}]
    theirs = [{"number": "01259 496003", "contact_id": "c"}, {"number": "01259 496004"}]
    contacts = [{"id": "c", "name": "Ann Persona", "phones": [{"number": "01259 496004"}]}]
    (one,) = read(service(phones=[*own, *theirs], contacts=contacts)).services
    assert one.phones == ("01259 496001", "01259 496002")


def test_telephones_are_written_as_the_standard_has_them_and_read_back_equal() -> None:
    (one,) = read(service(phones=[{"number": "01259 496001"}, {"number": "0800 496 002"}])).services
    written = write_services([one])
    told = json.loads(written)["contents"][0]["phones"]
    for standard in ("schema/uk-phone.json", "hsds3/schema/phone.json"):
        schema = json.loads(shared(f"{HSDS}{standard}").read_text())
        alone = {
            name: {**said, "items": True} if "items" in said else said for name, said in schema["properties"].items()
        }
        judge = jsonschema.Draft202012Validator(
            {**schema, "properties": alone}, format_checker=jsonschema.FormatChecker()
        )
        assert [fault.message for phone in told for fault in judge.iter_errors(phone)] == []
    assert len({phone["id"] for phone in told}) == 2
    assert read_services(written, "again.json").services[0].phones == one.phones


def test_a_character_no_text_may_hold_is_found_however_deep_it_lies() -> None:
    deep: object = {"b": "half of a pair \ud800"}
    for _level in range(5_000):
        deep = [deep]
    assert unstorable({"a": deep}) == "a/b"
