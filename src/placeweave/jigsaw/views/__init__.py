"""The pages of jigsaw."""

from __future__ import annotations
