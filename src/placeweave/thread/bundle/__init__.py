"""A whole place as one file that outlives its host: written, checked, and brought into an empty installation."""

from __future__ import annotations

from placeweave.thread.bundle.restoring import Restored, restore
from placeweave.thread.bundle.writing import write

__all__ = ["Restored", "restore", "write"]
