"""A point as people write it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.formats.points import Point, point_at, read_point


@pytest.mark.parametrize("text", ["56.1165, -3.7936", "56.1165 -3.7936", " 56.1165,-3.7936 ", "+56.1165,  -3.7936"])
def test_a_point_is_read_however_its_two_numbers_are_parted(text: str) -> None:
    assert read_point(text) == Point(56.1165, -3.7936)


@pytest.mark.parametrize("text", ["", "0, 0", "91, 0", "56.1, 181", "NS 5846", "56,1165 -3,7936", "56.1", "1e3, 2"])
def test_what_is_no_point_on_the_earth_is_none(text: str) -> None:
    assert read_point(text) is None


@pytest.mark.parametrize("latitude", [math.nan, math.inf, None])
def test_no_number_is_no_point(latitude: float | None) -> None:
    assert point_at(latitude, 1.0) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_written_is_read_back_as_the_same(latitude: float, longitude: float) -> None:
    point = point_at(latitude, longitude)
    if point is not None and (point.latitude, point.longitude) != (0, 0):
        assert read_point(point.written) == point
