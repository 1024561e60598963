"""Opening zips and folders from strangers: the same mapping of names to bytes, or one sentence of refusal."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from placeweave.formats import limits
from placeweave.formats.problems import Unreadable

ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
_ARCHIVE_MAGICS = (ZIP_MAGIC, EMPTY_ZIP_MAGIC, b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\xfd7zXZ\x00")
_ARCHIVE_SUFFIXES = frozenset({".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar"})
_DRIVE = re.compile(r"^[A-Za-z]:")
_CLUTTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ENCRYPTED = 0x1


def looks_zipped(content: bytes) -> bool:
    """Tell a zip by its first bytes, whatever its name says."""
    return content.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC))


def read_path(path: Path) -> Mapping[str, bytes]:
    """Read a folder, or a zip, or one file by itself."""
    try:
        return _read_path(path)
    except PermissionError as fault:
        raise Unreadable(f"{path.name} cannot be opened: this account may not read it.") from fault


def _read_path(path: Path) -> Mapping[str, bytes]:
    if path.is_dir():
        return read_folder(path)
    if not path.is_file():
        raise Unreadable(f"There is no file or folder called {path.name}.")
    limits.refuse_size(path.stat().st_size, path.name)
    content = path.read_bytes()
    return read_zip(content, path.name) if looks_zipped(content) else {path.name: content}


def read_folder(folder: Path) -> Mapping[str, bytes]:
    """Read every file below a folder, under the limits of a zip."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    _refuse_too_many(len(paths), folder.name)
    _refuse_expansion(sum(path.stat().st_size for path in paths), folder.name)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return _kept(files, folder.name)


def read_zip(content: bytes, name: str) -> Mapping[str, bytes]:
    """Read every file of a zip, tolerating one folder wrapped around them all."""
    limits.refuse_oversized(content, name)
    with open_zip(content, name) as archive:
        files = {entry.filename: read_entry(archive, entry, name) for entry in archive.infolist() if not entry.is_dir()}
    return _kept(files, name)


def open_zip(content: bytes, name: str) -> zipfile.ZipFile:
    """Open a zip whose list of contents has been checked; nothing has been expanded yet."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
        raise Unreadable(f"{name} is not a complete zip file; was it cut short?") from fault
    entries = archive.infolist()
    _refuse_too_many(len(entries), name)
    _refuse_expansion(sum(entry.file_size for entry in entries), name)
    _refuse_repeats([entry.filename for entry in entries], name)
    for entry in entries:
        _refuse_entry(entry, name)
    return archive


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Expand one file of a checked zip; zipfile never gives more than the size declared and checked."""
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as fault:
        raise Unreadable(f"{entry.filename} inside {name} is damaged and cannot be unpacked.") from fault


def refuse_nested(names: Iterable[str], name: str) -> None:
    """Refuse a zip that holds further archives by name."""
    for inner in names:
        if PurePosixPath(inner.lower()).suffix in _ARCHIVE_SUFFIXES:
            raise Unreadable(f"{name} holds another archive, {inner}; unpack it first and send its files.")


def _refuse_too_many(entries: int, name: str) -> None:
    if entries > limits.MAX_ENTRIES:
        raise Unreadable(f"{name} holds {entries:,} files; at most {limits.MAX_ENTRIES:,} are read.")


def _refuse_expansion(size: int, name: str) -> None:
    if size > limits.MAX_EXPANDED_BYTES:
        most = limits.megabytes(limits.MAX_EXPANDED_BYTES)
        raise Unreadable(f"{name} would unpack to {limits.megabytes(size)}; at most {most} is read.")


def _refuse_repeats(names: list[str], name: str) -> None:
    seen: set[str] = set()
    for inner in names:
        if inner in seen:
            raise Unreadable(f"{name} holds two files called {inner}; which is meant cannot be told.")
        seen.add(inner)


def _refuse_entry(entry: zipfile.ZipInfo, name: str) -> None:
    inner = entry.filename
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable(f"{inner} inside {name} is protected by a password; send it without one.")
    if _escapes(inner) or _escapes(entry.orig_filename):
        raise Unreadable(f"{name} holds a file with an unsafe path, {inner!r}; nothing was read.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable(f"{name} holds a link, {inner}, instead of a file; nothing was read.")


def _escapes(inner: str) -> bool:
    path = inner.replace("\\", "/")
    return path.startswith("/") or bool(_DRIVE.match(path)) or ".." in path.split("/")


def _kept(files: Mapping[str, bytes], name: str) -> Mapping[str, bytes]:
    wanted = {inner: content for inner, content in files.items() if not _is_clutter(inner)}
    refuse_nested(wanted, name)
    for inner, content in wanted.items():
        if content.startswith(_ARCHIVE_MAGICS):
            raise Unreadable(f"{name} holds another archive, {inner}; unpack it first and send its files.")
    return _unwrapped(wanted)


def _is_clutter(inner: str) -> bool:
    parts = PurePosixPath(inner).parts
    return "__MACOSX" in parts or parts[-1].lower() in _CLUTTER or parts[-1].startswith("._")


def _unwrapped(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    tops = {inner.split("/", 1)[0] for inner in files}
    if len(tops) == 1 and all("/" in inner for inner in files):
        return {inner.split("/", 1)[1]: content for inner, content in sorted(files.items())}
    return dict(sorted(files.items()))
