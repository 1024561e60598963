"""Whatever published file meets whatever reader: a sentence of refusal, or one outcome for every row."""

from __future__ import annotations

import pytest

from placeweave.kit.models import Batch
from placeweave.places.models import Member
from tests.places.bringing import begin, outcomes, stage
from tests.shared_data import shared

FORMATS = ("footprint", "oscr", "simd", "boundaries", "hsds", "aliss", "360giving")
ROWS = {
    ("orgs/SYNTHETIC_oscr_register_clean.csv", "oscr"): 120,
    ("orgs/SYNTHETIC_oscr_register_messy.csv", "oscr"): 48,
    ("geo/simd2020v2_ranks.csv", "simd"): 6976,
    ("geo/scotland_council_areas_simplified.geojson", "boundaries"): 32,
    ("hsds/uk-profile/examples/service_full.json", "hsds"): 1,
    ("hsds/hsds3/examples/service_list.json", "hsds"): 1,
    ("aliss/aliss_v41_service_sample.json", "aliss"): 3,
    ("aliss/aliss_v41_service_search_sample.json", "aliss"): 1,
    ("360giving/abct-grants.json", "360giving"): 783,
    ("360giving/wolfson-grantnav-test-baddates.json", "360giving"): 379,
}
"""How many rows each file has for the reader it is meant for."""
OTHERS = (
    "geo/la_name_variants.csv",
    "geo/nspl_postcode_sample.json",
    "geo/clackmannanshire_datazones_2001vintage.geojson",
    "orgs/companies_house_basic_test_extract.zip",
    "orgs/org-id-lists/gb-las.json",
    "hsds/uk-profile/examples/taxonomy.json",
)
FILES = (*dict.fromkeys(name for name, _format in ROWS), *OTHERS)


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_one_outcome_or_the_file_is_refused_in_one_sentence(convener: Member, name: str) -> None:
    begin(convener)
    content = shared(f"standards/{name}").read_bytes()
    for format_name in FORMATS:
        batch = stage(convener, format_name, content, name=name.rsplit("/", 1)[-1])
        if batch.state == Batch.State.REFUSED:
            assert batch.failure.endswith((".", "!", "?"))
            assert (name, format_name) not in ROWS
        else:
            assert sum(outcomes(batch).values()) == batch.totals["rows"]
            assert batch.totals["rows"] == ROWS.get((name, format_name), batch.totals["rows"])


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"\xff\xfe\x00", b"[" * 60_000, b"PK\x03\x04", b'"', b"a,b\n1"])
def test_hostile_bytes_are_refused_in_one_sentence(convener: Member, format_name: str, content: bytes) -> None:
    begin(convener)
    batch = stage(convener, format_name, content, name="odd.bin")
    assert batch.state == Batch.State.REFUSED
    assert "Traceback" not in batch.failure
