"""Where the openly licensed test data lies, if it is there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"


def shared(relative: str) -> Path:
    """Give the path of a shared data file, or skip the test where it is absent."""
    path = SHARED / relative
    if not path.exists():
        pytest.skip(f"shared data {relative} is not on this machine")
    return path
