"""The whole-place bundle: equal content, equal bytes; a changed file is named."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.formats.bundle import MANIFEST, Bundle, read_bundle, write_bundle
from placeweave.formats.problems import Unreadable

BUNDLE = Bundle({"themes.json": b"[1]", "files/map.png": b"\x89PNG"}, {"themes": 1}, {"place": "Clachan"})


def _rewritten(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        kept = {name: before.read(name) for name in before.namelist()} | changes
        for name, inner in kept.items():
            if inner is not None:
                after.writestr(name, inner)
    return out.getvalue()


def test_a_bundle_comes_back_equal() -> None:
    assert read_bundle(write_bundle(BUNDLE), "place.zip") == BUNDLE


@given(st.dictionaries(st.from_regex(r"\A[a-z]{1,8}\.json\Z"), st.binary(max_size=200), max_size=6))
def test_equal_content_gives_equal_bytes_in_any_order(members: dict[str, bytes]) -> None:
    turned = dict(reversed(members.items()))
    content = write_bundle(Bundle(members, {}, {}))
    assert content == write_bundle(Bundle(turned, {}, {}))
    assert read_bundle(content, "place.zip").members == members


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"themes.json": b"[2]"}, r"themes\.json inside place\.zip was changed after the export"),
        ({"themes.json": None}, r"themes\.json is listed in the manifest .* but is not in it"),
        ({"more.json": b"x"}, r"more\.json is in place\.zip but is not listed"),
        ({MANIFEST: None}, r"has no manifest\.json"),
        ({MANIFEST: b"{"}, "not valid JSON"),
        ({MANIFEST: b"{}"}, "not a whole-place export"),
        ({MANIFEST: b'{"format":"placeweave place","version":99}'}, "of version 99"),
        ({MANIFEST: b'{"format":"placeweave place","version":1,"files":[]}'}, "does not list"),
    ],
)
def test_a_bundle_that_was_touched_says_where(changes: dict[str, bytes | None], said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_bundle(_rewritten(write_bundle(BUNDLE), changes), "place.zip")


def test_the_manifest_is_the_bundles_own() -> None:
    with pytest.raises(ValueError, match="written by the bundle itself"):
        write_bundle(Bundle({MANIFEST: b"{}"}, {}, {}))


def test_what_is_no_zip_is_refused() -> None:
    with pytest.raises(Unreadable, match="not a complete zip"):
        read_bundle(b"hello", "place.zip")
