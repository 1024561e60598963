"""The reads of action."""

from __future__ import annotations
