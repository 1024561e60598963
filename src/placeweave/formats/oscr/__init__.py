"""The register of Scottish charities as OSCR publishes it: one CSV, one charity a row."""

from __future__ import annotations

from placeweave.formats.oscr.reading import read_register
from placeweave.formats.oscr.records import Charity, Register

__all__ = ["Charity", "Register", "read_register"]
