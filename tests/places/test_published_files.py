"""Every published file that can be brought in: one outcome a row, twice the same, and back row for row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from placeweave.jigsaw.models import FundingFlow
from placeweave.kit import imports
from placeweave.kit.models import Batch
from placeweave.places import areas
from placeweave.places.importers import footprint
from placeweave.places.models import Member
from tests.places.bringing import begin, bring, database, outcomes, stage
from tests.shared_data import shared


@dataclass(frozen=True)
class Published:
    """A file as somebody published it, what its rows become, and what they become where another file came before it."""

    path: str
    format: str
    first: Mapping[str, int]
    before: str
    later: Mapping[str, int] | None = None

    @property
    def content(self) -> bytes:
        """Its bytes; a folder of tables as the zip people would upload."""
        if self.format == "footprint":
            area = areas.called(self.path)
            assert area is not None
            return footprint.table_of(area, duty_takes_part=True)
        path = shared(f"standards/{self.path}")
        return zipped(path) if path.is_dir() else path.read_bytes()


def zipped(folder: Path) -> bytes:
    """Pack the tables of a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for table in sorted(folder.glob("*.csv")):
            package.writestr(table.name, table.read_bytes())
    return out.getvalue()


ZONES_OF_2001 = "geo/clackmannanshire_datazones_2001vintage.geojson"
COUNCILS = "geo/scotland_council_areas_simplified.geojson"
UK, THREE, ALISS = "hsds/uk-profile/examples", "hsds/hsds3/examples", "aliss/aliss_v41_service"
REGISTER, GRANTS, BAD_DATES = "orgs/SYNTHETIC_oscr_register", "360giving/abct-grants", "wolfson-grantnav-test-baddates"
ONE, NEW = {"created": 1}, {"updated": 1}
FILES = {
    one.path: one
    for one in (
        Published("Falkirk", "footprint", {"created": 19}, f"{GRANTS}.json"),
        Published(f"{REGISTER}_clean.csv", "oscr", {"created": 19, "rejected": 101}, f"{REGISTER}_messy.csv"),
        Published(f"{REGISTER}_messy.csv", "oscr", {"created": 12, "held": 1, "rejected": 35}, f"{REGISTER}_clean.csv"),
        Published("geo/simd2020v2_ranks.csv", "simd", {"created": 214, "rejected": 6762}, COUNCILS),
        Published(COUNCILS, "boundaries", {"created": 1, "rejected": 31}, f"{REGISTER}_clean.csv"),
        Published(f"{GRANTS}.json", "360giving", {"created": 783}, f"360giving/{BAD_DATES}.json"),
        Published(f"{GRANTS}.xlsx", "360giving", {"created": 783}, f"{REGISTER}_clean.csv"),
        Published(f"360giving/{BAD_DATES}.json", "360giving", {"created": 379}, f"{GRANTS}.json"),
        Published(f"{UK}/service_full.json", "hsds", ONE, f"{THREE}/service_full.json", NEW),
        Published(f"{UK}/service_list.json", "hsds", ONE, f"{UK}/service_full.json", NEW),
        Published(f"{UK}/csv", "hsds", ONE, f"{THREE}/csv", NEW),
        Published(f"{THREE}/service_full.json", "hsds", ONE, f"{UK}/csv", NEW),
        Published(f"{THREE}/service_list.json", "hsds", ONE, f"{THREE}/service_full.json", NEW),
        Published(f"{THREE}/csv", "hsds", ONE, f"{UK}/service_full.json", NEW),
        Published(f"{ALISS}_sample.json", "aliss", {"created": 3}, f"{ALISS}_search_sample.json"),
        Published(f"{ALISS}_search_sample.json", "aliss", ONE, f"{ALISS}_sample.json"),
    )
}
every_file = pytest.mark.parametrize("file", FILES.values(), ids=FILES)


def grounded(by: Member, *files: Published) -> None:
    """Give the place its council area where a file is cut down to one."""
    if {one.format for one in files} & {"oscr", "simd", "boundaries"}:
        begin(by)


def brought(by: Member, file: Published) -> Batch:
    """Bring a published file in."""
    return bring(by, file.format, file.content, name=file.path.rsplit("/", 1)[-1])


def as_a_second_time(first: Mapping[str, int]) -> dict[str, int]:
    """Say what rows become once their file is here: what came in is unchanged, what did not still waits."""
    came_in = sum(first.get(name, 0) for name in ("created", "updated"))
    return {"unchanged": came_in} | {name: n for name, n in first.items() if name in {"held", "rejected"}}


def told(batch: Batch) -> list[tuple[Any, ...]]:
    """Give what was said of the rows that did not come in."""
    rows = batch.rows.filter(outcome__in=["held", "rejected", "conflict"]).order_by("row")
    return list(rows.values_list("row", "outcome", "field", "reason"))


def there_and_back(by: Member, file: Published, first: Mapping[str, int]) -> None:
    """Bring a file in twice and take both away again, the later one first."""
    before = database()
    batch = brought(by, file)
    assert outcomes(batch) == first
    between = database()
    again = brought(by, file)
    assert outcomes(again) == as_a_second_time(first)
    assert told(again) == told(batch)
    assert database() == between
    for one, left in ((again, between), (batch, before)):
        imports.undo(batch=one, by=by)
        assert database() == left


@every_file
def test_an_empty_place_takes_it_once_and_gives_every_row_back(convener: Member, file: Published) -> None:
    grounded(convener, file)
    there_and_back(convener, file, file.first)


@every_file
def test_a_place_that_holds_another_file_is_given_back_row_for_row(convener: Member, file: Published) -> None:
    grounded(convener, file, FILES[file.before])
    brought(convener, FILES[file.before])
    there_and_back(convener, file, file.later or file.first)


def test_files_of_one_day_are_taken_back_one_by_one_down_to_the_empty_place(convener: Member) -> None:
    states, batches = [database()], []
    for file in FILES.values():
        batches.append(brought(convener, file))
        states.append(database())
    while batches:
        assert database() == states.pop()
        imports.undo(batch=batches.pop(), by=convener)
    assert database() == states.pop()


FLOW = ("external_id", "amount", "currency", "awarded_on", "starts_on", "ends_on", "funder__name", "recipient__name")


def test_a_publishers_json_and_workbook_give_the_same_flows_and_total(convener: Member) -> None:
    found = []
    for form, other in (("json", "xlsx"), ("xlsx", "json")):
        batch = brought(convener, FILES[f"{GRANTS}.{form}"])
        total = FundingFlow.objects.aggregate(total=Sum("amount"))["total"]
        found.append((total, list(FundingFlow.objects.order_by("external_id").values_list(*FLOW))))
        assert outcomes(brought(convener, FILES[f"{GRANTS}.{other}"])) == {"unchanged": 783}
        imports.undo(batch=batch, by=convener)
    assert found[0] == found[1]
    assert found[0][0] == Decimal(12_785_625)


PLANTED = [
    ("Falkirk", 42, "rejected", "Charity Number", "Row 2 of this file has the same number.", "SC900200"),
    ("Perth and Kinross", 43, "held", "Charity Number", "Did you mean SC900201?", "SCO900201"),
    ("Falkirk", 44, "rejected", "Registered Date", "is not a date that exists", "31/02/2019 00:00"),
    ("Falkirk", 45, "held", "Most recent year income", "is 12000 meant?", "£12,000"),
    ("Eilean Siar", 46, "created", "", "There is no postcode. “Western Isles” is read as Eilean Siar.", ""),
    ("Falkirk", 47, "rejected", "Charity Number", "There is no charity number", "Kirkton Community Transport"),
    ("Falkirk", 48, "created", "", "“sc900904” is read as SC900904. Objectives begin like a formula", ""),
    ("Fife", 49, "created", "", "Registered Date: ", ""),
]
"""Each fault of the messy register, in a place whose council area that charity works in."""


@pytest.mark.parametrize(("council", "row", "outcome", "field", "words", "value"), PLANTED)
def test_each_planted_fault_of_the_messy_register_is_named(
    convener: Member, council: str, row: int, outcome: str, field: str, words: str, value: str
) -> None:
    begin(convener, council)
    found = stage(convener, "oscr", FILES[f"{REGISTER}_messy.csv"].content).rows.get(row=row)
    assert (found.outcome, found.field, found.value) == (outcome, field, value)
    assert words in found.reason


def test_the_bad_dates_say_how_they_were_read_and_every_grant_of_nothing_is_told(convener: Member) -> None:
    batch = stage(convener, "360giving", FILES[f"360giving/{BAD_DATES}.json"].content)
    for field in ("awardDate", "dateModified"):
        assert any(note.startswith(f"{field}: dates read as day/month/year") for note in batch.notes)
    assert batch.rows.filter(reason="amountAwarded: This amount is 0.").count() == 114


def test_each_doubtful_charity_number_of_a_grant_is_told_with_what_was_written(convener: Member) -> None:
    batch = stage(convener, "360giving", FILES[f"{GRANTS}.json"].content)
    doubtful = batch.rows.exclude(reason="").order_by("row")
    assert len(doubtful) == 9
    assert all("charity number" in one.reason and one.value for one in doubtful)


@pytest.mark.parametrize(
    ("path", "format_name", "words"),
    [
        (f"{THREE}/location.json", "hsds", "services of Open Referral UK 3 were expected"),
        ("geo/nspl_postcode_sample.json", "hsds", "services of Open Referral UK 3 were expected"),
        ("geo/nspl_postcode_sample.json", "360giving", "grants"),
        (
            ZONES_OF_2001,
            "boundaries",
            "0 of 64 outlines of file join the data zones of vintage 2011; most are of 2001.",
        ),
    ],
)
def test_a_published_file_of_another_kind_is_refused_whole(
    convener: Member, path: str, format_name: str, words: str
) -> None:
    begin(convener, "Clackmannanshire")
    before = database()
    batch = stage(convener, format_name, shared(f"standards/{path}").read_bytes())
    assert (batch.state, batch.totals) == (Batch.State.REFUSED, {})
    assert words in batch.failure
    assert database() == before
