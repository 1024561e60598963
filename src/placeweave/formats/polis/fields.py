"""The single cells of a Polis export: times in seconds or milliseconds, flags in several spellings."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from placeweave.formats.text import is_whole_number

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WHOLE = re.compile(r"\d{1,15}")
_MILLISECONDS_FROM = 100_000_000_000  # as seconds this would be the year 5138
_LATEST = 250_000_000_000_000
_TRUE = frozenset({"true", "t", "1", "yes"})
_FALSE = frozenset({"false", "f", "0", "no"})


def is_milliseconds(text: str) -> bool:
    """Tell the older exporter's milliseconds from the newer one's seconds."""
    return bool(_WHOLE.fullmatch(text)) and int(text) > _MILLISECONDS_FROM


def read_moment(text: str) -> datetime | None:
    """Read a timestamp of either era as a moment in UTC; ``None`` if it is none."""
    text = text.strip().removesuffix(".0")
    if not _WHOLE.fullmatch(text):
        return None
    count = int(text)
    if not 0 < count < _LATEST:
        return None
    return _EPOCH + (timedelta(milliseconds=count) if count > _MILLISECONDS_FROM else timedelta(seconds=count))


def write_moment(moment: datetime | None) -> str:
    """Write a moment as whole seconds, as the current server does."""
    return "" if moment is None else str((moment - _EPOCH) // timedelta(seconds=1))


def read_flag(text: str) -> bool | None:
    """Read true or false in any of the spellings seen; ``None`` for anything else."""
    word = text.strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def by_number(external_id: str) -> tuple[int, str]:
    """Sort key that puts statement 9 before statement 10."""
    return (int(external_id) if is_whole_number(external_id) else -1, external_id)
