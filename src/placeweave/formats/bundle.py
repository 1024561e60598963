"""The whole-place zip: a manifest with the hash of every file, written so that equal content gives equal bytes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from placeweave.formats import limits
from placeweave.formats.archives import open_zip, read_entry
from placeweave.formats.problems import Unreadable

FORMAT: Final = "placeweave place"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip can hold: the same bytes whenever it is written
_READABLE_BY_ALL: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Bundle:
    """A whole place as files, with how many of each noun they hold."""

    members: Mapping[str, bytes]
    counts: Mapping[str, int]
    about: Mapping[str, str]


def write_bundle(bundle: Bundle) -> bytes:
    """Give the zip of a bundle; equal bundles give equal bytes."""
    if MANIFEST in bundle.members:
        raise ValueError(f"{MANIFEST} is written by the bundle itself")
    members = {MANIFEST: _manifest(bundle), **bundle.members}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in [MANIFEST, *sorted(bundle.members)]:
            archive.writestr(_entry(name), members[name])
    return out.getvalue()


def read_bundle(content: bytes, name: str) -> Bundle:
    """Read a bundle back, checking every file against the hash in its manifest."""
    if len(content) > limits.MAX_BUNDLE_BYTES:
        raise Unreadable(f"{name} is larger than {limits.megabytes(limits.MAX_BUNDLE_BYTES)}.")
    with open_zip(content, name) as archive:
        files = {entry.filename: read_entry(archive, entry, name) for entry in archive.infolist() if not entry.is_dir()}
    manifest = _read_manifest(files.pop(MANIFEST, None), name)
    _refuse_differences(files, manifest["files"], name)
    return Bundle(members=files, counts=manifest["counts"], about=manifest["about"])


def _manifest(bundle: Bundle) -> bytes:
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "about": dict(bundle.about),
        "counts": dict(bundle.counts),
        "files": {
            name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in bundle.members.items()
        },
    }
    return (json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = _READABLE_BY_ALL
    return entry


def _read_manifest(content: bytes | None, name: str) -> dict[str, Any]:
    if content is None:
        raise Unreadable(f"{name} has no {MANIFEST}; a whole-place export made by placeweave was expected.")
    try:
        manifest = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise Unreadable(f"{MANIFEST} inside {name} is not valid JSON.") from fault
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Unreadable(f"{name} is not a whole-place export made by placeweave.")
    if manifest.get("version") != VERSION:
        written = manifest.get("version")
        raise Unreadable(f"{name} is a whole-place export of version {written}; version {VERSION} can be read here.")
    if not _is_well_formed(manifest):
        raise Unreadable(f"{MANIFEST} inside {name} does not list its counts and files as it should.")
    return manifest


def _is_well_formed(manifest: dict[str, Any]) -> bool:
    files, counts, about = manifest.get("files"), manifest.get("counts"), manifest.get("about")
    return (
        isinstance(files, dict)
        and all(isinstance(entry, dict) for entry in files.values())
        and isinstance(counts, dict)
        and all(type(count) is int and count >= 0 for count in counts.values())
        and isinstance(about, dict)
        and all(isinstance(value, str) for value in about.values())
    )


def _refuse_differences(files: Mapping[str, bytes], listed: Mapping[str, Mapping[str, object]], name: str) -> None:
    for missing in sorted(listed.keys() - files.keys()):
        raise Unreadable(f"{missing} is listed in the manifest of {name} but is not in it.")
    for extra in sorted(files.keys() - listed.keys()):
        raise Unreadable(f"{extra} is in {name} but is not listed in its manifest.")
    for inner, content in sorted(files.items()):
        if hashlib.sha256(content).hexdigest() != listed[inner].get("sha256"):
            raise Unreadable(f"{inner} inside {name} was changed after the export: its hash is not the one recorded.")
