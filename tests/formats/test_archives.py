"""Zips and folders: the same files from both, and nothing hostile gets in."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from placeweave.formats import archives, limits
from placeweave.formats.problems import Unreadable


def _zip(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


FILES = {"comments.csv": b"a", "votes.csv": b"b"}


def test_a_folder_and_a_zip_of_it_are_the_same(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    zipped = tmp_path.parent / "out.zip"
    zipped.write_bytes(_zip(FILES))
    assert archives.read_path(tmp_path) == archives.read_path(zipped) == FILES


def test_one_folder_around_everything_is_tolerated_and_clutter_is_left_out() -> None:
    wrapped = {f"export/{name}": content for name, content in FILES.items()}
    clutter = {"__MACOSX/export/._votes.csv": b"x", "export/.DS_Store": b"x"}
    assert archives.read_zip(_zip({**wrapped, **clutter}), "out.zip") == FILES


def test_two_folders_stay_as_they_are() -> None:
    assert set(archives.read_zip(_zip({"a/x.csv": b"1", "b/x.csv": b"2"}), "out.zip")) == {"a/x.csv", "b/x.csv"}


def test_a_single_file_is_itself(tmp_path: Path) -> None:
    (tmp_path / "grants.json").write_bytes(b"{}")
    assert archives.read_path(tmp_path / "grants.json") == {"grants.json": b"{}"}
    with pytest.raises(Unreadable, match=r"no file or folder called nothing\.csv"):
        archives.read_path(tmp_path / "nothing.csv")


@pytest.mark.parametrize("name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:/evil.csv", "..\\evil.csv"])
def test_a_path_that_leaves_the_archive_is_refused(name: str) -> None:
    with pytest.raises(Unreadable, match="unsafe path"):
        archives.read_zip(_zip({name: b"x"}), "out.zip")


@pytest.mark.parametrize("inner", [{"inner.zip": b"x"}, {"inner.csv": _zip({"a": b"b"})}, {"inner.tar.gz": b"x"}])
def test_an_archive_in_an_archive_is_refused(inner: dict[str, bytes]) -> None:
    with pytest.raises(Unreadable, match="holds another archive"):
        archives.read_zip(_zip(inner), "out.zip")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _zip({"zeros.csv": b"0" * (limits.MAX_EXPANDED_BYTES + 1)})
    assert len(bomb) < limits.MAX_BYTES
    with pytest.raises(Unreadable, match=r"would unpack to 200.* at most 200 MB"):
        archives.read_zip(bomb, "out.zip")


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_declared() -> None:
    content = bytearray(_zip({"a.csv": b"0" * 10_000}))
    size = (10_000).to_bytes(4, "little")
    content = bytearray(bytes(content).replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(Unreadable, match="damaged"):
        archives.read_zip(bytes(content), "out.zip")


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "MAX_ENTRIES", 1)
    with pytest.raises(Unreadable, match="holds 2 files; at most 1"):
        archives.read_zip(_zip(FILES), "out.zip")
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Unreadable, match="holds 2 files; at most 1"):
        archives.read_folder(tmp_path)


def test_a_password_is_told() -> None:
    content = _zip({"a.csv": b"x"}, zipfile.ZIP_STORED)
    at = content.index(b"PK\x01\x02") + 8
    protected = content[:at] + b"\x01\x00" + content[at + 2 :]
    with pytest.raises(Unreadable, match=r"a\.csv inside out\.zip is protected by a password"):
        archives.read_zip(protected, "out.zip")


def test_a_link_is_refused() -> None:
    entry = zipfile.ZipInfo("link")
    entry.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(Unreadable, match="holds a link"):
        archives.read_zip(out.getvalue(), "out.zip")


def test_two_files_of_one_name_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.csv", "2")
    with pytest.raises(Unreadable, match=r"two files called a\.csv"):
        archives.read_zip(out.getvalue(), "out.zip")


@pytest.mark.parametrize("cut", [5, 60, -5])
def test_a_zip_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(Unreadable, match="not a complete zip"):
        archives.read_zip(_zip(FILES)[:cut], "out.zip")


def test_a_large_upload_is_refused() -> None:
    with pytest.raises(Unreadable, match="at most 20 MB"):
        archives.read_zip(b"PK\x03\x04" + b"0" * limits.MAX_BYTES, "out.zip")
