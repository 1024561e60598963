"""The records of action."""

from __future__ import annotations

from placeweave.action.models.commitment import Commitment, Pledge, Update
from placeweave.action.models.purpose import Assent, Purpose, PurposeVersion

__all__ = ["Assent", "Commitment", "Pledge", "Purpose", "PurposeVersion", "Update"]
