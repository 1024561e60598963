"""Files as people send them, made for the tests of listening."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from placeweave.kit import imports
from placeweave.kit.audit import Doer
from placeweave.kit.imports import Upload
from placeweave.kit.models import Batch

At = Callable[..., str]
Queries = Callable[..., Any]


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def folder(path: Path) -> Upload:
    files = {one.name: one.read_bytes() for one in path.iterdir() if one.suffix == ".csv"}
    return Upload(f"{path.name}.zip", zipped(files))


def stage(upload: Upload, *, format: str, by: Doer, place_id: int, **options: object) -> Batch:  # noqa: A002 - the word people use
    return imports.stage(format=format, upload=upload, place_id=place_id, options=options, by=by)


def outcomes(batch: Batch) -> list[tuple[int | None, str]]:
    return list(batch.rows.values_list("row", "outcome"))
