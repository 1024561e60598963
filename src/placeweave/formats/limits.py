"""How much of a stranger's file we are willing to hold; readers look the figures up here each time."""

from __future__ import annotations

from placeweave.formats.problems import Unreadable

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 5_000
MAX_EXPANDED_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_BUNDLE_BYTES = 200 * 1024 * 1024


def refuse_oversized(content: bytes, name: str) -> None:
    """Refuse a file that is larger than one upload may be."""
    refuse_size(len(content), name)


def refuse_size(size: int, name: str) -> None:
    """Refuse a size before the bytes are read."""
    if size > MAX_BYTES:
        raise Unreadable(f"{name} is {megabytes(size)}; a file may be at most {megabytes(MAX_BYTES)}.")


def refuse_too_many_rows(rows: int, name: str) -> None:
    """Refuse a file that holds more rows than one import may bring."""
    if rows > MAX_ROWS:
        raise Unreadable(f"{name} has more than {MAX_ROWS:,} rows; split it into smaller files.")


def megabytes(size: int) -> str:
    """Say a size the way a person would."""
    return f"{size / (1024 * 1024):.1f} MB".replace(".0 MB", " MB")
