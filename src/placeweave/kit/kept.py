"""Uploaded files, kept under names of our own until somebody has decided on them."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import UUID

from django.conf import settings

from placeweave.kit.models import Batch

UNSETTLED_SECONDS = 600.0
"""A kept file younger than this may belong to a batch that is being written at this moment."""


def _path(upload: UUID) -> Path:
    return Path(settings.UPLOADS) / f"{upload}.bin"


def keep(upload: UUID, content: bytes) -> None:
    """Keep the bytes of a file."""
    path = _path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def content_of(upload: UUID) -> bytes:
    """Give the bytes of a kept file; raises ``FileNotFoundError`` once it is gone."""
    return _path(upload).read_bytes()


def forget(upload: UUID) -> None:
    """Delete a kept file, if it is still there."""
    _path(upload).unlink(missing_ok=True)


def sweep() -> int:
    """Delete kept files that no undecided batch needs: what a process that died had no time to. Gives how many."""
    waiting = Batch.objects.filter(state__in=Batch.UNDECIDED).values_list("upload", flat=True)
    needed = {_path(upload).name for upload in waiting}
    settled = time.time() - UNSETTLED_SECONDS
    left = [
        one for one in Path(settings.UPLOADS).glob("*.bin") if one.name not in needed and one.stat().st_mtime < settled
    ]
    for one in left:
        one.unlink(missing_ok=True)
    return len(left)
