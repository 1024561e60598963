"""The reads of thread."""

from __future__ import annotations
