"""The pages of action."""

from __future__ import annotations
