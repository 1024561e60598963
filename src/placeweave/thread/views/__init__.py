"""The pages of thread."""

from __future__ import annotations
