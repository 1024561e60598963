"""What the claims about places share."""

from __future__ import annotations

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    """Begin with no tries counted: the limits on trying outlive a test."""
    cache.clear()
