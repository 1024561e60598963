"""Numbers of registers: nothing is lost, nothing is mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.linkage.registers import PATTERNS, Number, read, split


@pytest.mark.parametrize(
    ("scheme", "written", "kept"),
    [
        ("GB-SC", "sc012345", "SC012345"),
        ("GB-SC", " SC 012 345 ", "SC012345"),
        ("gb-coh", "00123456", "00123456"),
        ("GB-COH", "ip12345r", "IP12345R"),
        ("GB-LAS", "zet", "ZET"),
        ("GB-CHC", "GB-CHC-1161363", "1161363"),
    ],
)
def test_case_and_spaces_are_tidied(scheme: str, written: str, kept: str) -> None:
    assert read(scheme, written).number == (scheme.upper(), kept)


@pytest.mark.parametrize(
    ("scheme", "written", "offered"),
    [
        ("GB-SC", "SCO12345", "SC012345"),
        ("GB-SC", "12345", "SC012345"),
        ("GB-COH", "1234567", "01234567"),
        ("GB-CHC", "1O61363", "1061363"),
    ],
)
def test_a_likely_reading_is_offered_and_never_taken(scheme: str, written: str, offered: str) -> None:
    reading = read(scheme, written)
    assert (reading.verdict, reading.value, reading.offered, reading.number) == ("held", written, offered, None)


@pytest.mark.parametrize("written", ["TBC", "1161363 (New Unity - host charity)", "08351247", "SCO900201"])
def test_prose_and_numbers_of_other_registers_identify_nobody(written: str) -> None:
    reading = read("GB-CHC", written)
    assert reading.number is None
    assert reading.value == written


def test_what_is_private_to_one_publisher_or_unknown_is_text() -> None:
    assert read("360G-abct", "org-1").fault == "private"
    assert read("hsds:feed", "3f2b").fault == "private"
    assert read("XX-NEW", "1").fault == "unknown_register"
    assert split("360G-abct-1") is None


def test_an_identifier_is_split_at_its_own_register() -> None:
    found = split("gb-sc-sc012345")
    assert found is not None
    assert found.number == Number("GB-SC", "SC012345")
    assert str(found.number) == "GB-SC-SC012345"
    schools = split("GB-SCOTEDU-8200123")
    assert schools is not None
    assert schools.scheme == "GB-SCOTEDU"


@given(st.sampled_from(sorted(PATTERNS)), st.text(max_size=20))
def test_what_is_no_number_stays_as_it_was_written(scheme: str, written: str) -> None:
    reading = read(scheme, written)
    if reading.number is None:
        assert reading.value == written.strip()
    else:
        assert read(scheme, reading.value) == reading
