"""Segments are verbatim slices that lose no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.engines.themes.segment import LONGEST, segment


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in segment(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bus is late. Again!", ["The bus is late.", "Again!"]),
        ("Dr. Reid saw Mrs. Bain at 9.30 a.m. on the ward.", ["Dr. Reid saw Mrs. Bain at 9.30 a.m. on the ward."]),
        ("It opens at 9 a.m. Nobody comes.", ["It opens at 9 a.m.", "Nobody comes."]),
        ("We asked J. Muir. He said no.", ["We asked J. Muir.", "He said no."]),
        ("So did I. It was cold.", ["So did I. It was cold."[:9], "It was cold."]),
        ("- no heating\n• no bus\n3) no shop", ["no heating", "no bus", "no shop"]),
        ("one line\r\n\r\nanother line", ["one line", "another line"]),
        ("Lovely day 🌞! Then rain. 🌧️ Then dark", ["Lovely day 🌞!", "Then rain. 🌧️", "Then dark"]),
        ("冬は寒い。バスがない。", ["冬は寒い。", "バスがない。"]),
        ("“Nobody came.” She waited…", ["“Nobody came.”", "She waited…"]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("", []),
        (" \n\t ", []),
        ("-", ["-"]),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_very_long_sentence_is_cut_at_a_pause() -> None:
    text = "we waited, and waited, " * 60
    parts = pieces(text)
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])


def test_a_text_without_spaces_is_still_cut() -> None:
    assert "".join(pieces("冬" * 1_001)) == "冬" * 1_001


BULLETS = set("-–—*•·▪◦‣●○>+().")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" .!?\n-•🌧️,;。\r")), max_size=900))
def test_segments_are_in_order_and_lose_nothing_but_spaces_and_bullets(text: str) -> None:
    at = 0
    for start, end in segment(text):
        assert at <= start < end <= len(text)
        assert end - start <= LONGEST
        lost = [character for character in text[at:start] if not character.isspace()]
        assert set(lost) <= BULLETS or len([each for each in lost if each not in BULLETS]) <= 3
        at = end
    assert not text[at:].strip()
