"""One thread for the linear algebra of these tests, so that equal means equal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from threadpoolctl import threadpool_limits

from placeweave.engines.themes.records import Unit

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Keep BLAS and OpenMP to one thread."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def winter() -> list[Unit]:
    """Fifty invented notes from a coastal town in winter, with the table each was written at as its group."""
    lines = (HERE / "winter_notes.txt").read_text(encoding="utf-8").splitlines()
    return [Unit(f"n{i}", line, speaker=f"person {i % 23}", group=f"table {i % 4}") for i, line in enumerate(lines)]


@pytest.fixture
def summer() -> list[tuple[str, Unit]]:
    """Fifty invented notes from another place, each with the subject its writer had in mind; nothing is tuned on it."""
    rows = [line.split("\t") for line in (HERE / "summer_notes.txt").read_text(encoding="utf-8").splitlines()]
    return [(subject, Unit(f"s{i}", text)) for i, (subject, text) in enumerate(rows)]
