"""Who works with whom: silos, bridges, weak points and introductions in a network of partners, as plain facts."""

from __future__ import annotations

from placeweave.engines.network.introduce import introductions
from placeweave.engines.network.layout import positions
from placeweave.engines.network.measure import ENGINE, measures
from placeweave.engines.network.records import (
    FULL_ENOUGH,
    Coverage,
    Fit,
    Introduction,
    Introductions,
    NetReport,
    PartnerNet,
    Tie,
)

__all__ = [
    "ENGINE",
    "FULL_ENOUGH",
    "Coverage",
    "Fit",
    "Introduction",
    "Introductions",
    "NetReport",
    "PartnerNet",
    "Tie",
    "introductions",
    "measures",
    "positions",
]
