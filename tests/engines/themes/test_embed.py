"""The word and character embedder survives any set, and says exactly what it is."""

from __future__ import annotations

import numpy as np
import pytest

from placeweave.engines.themes.embed import fit_tfidf
from placeweave.engines.themes.records import Unit


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["bus"],
        ["bus", "bus"],
        ["bus", "damp"],
        ["", " ", "the and of"],
        ["🌧️", "!!!", "???"],
        ["the bus is late"] * 5,
        ["one", "two", "three", "four", "five"],
        ["冬は寒い", "バスがない"],
    ],
)
def test_tiny_sets_give_unit_rows_or_zeros(texts: list[str]) -> None:
    vectors = fit_tfidf(texts).encode(texts)
    assert vectors.shape[0] == len(texts)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-5) | (lengths == 0))


def test_the_identity_depends_on_the_words_but_not_on_their_order() -> None:
    texts = ["the bus is late", "damp walls", "no dentist"]
    fitted = fit_tfidf(texts)
    assert fitted.id.startswith("tfidf@1#")
    assert fit_tfidf(texts[::-1]).id == fitted.id
    assert fit_tfidf([*texts, "no work"]).id != fitted.id


@pytest.mark.parametrize("copies", [1, 60])
def test_a_kept_state_encodes_new_texts_as_before(winter: list[Unit], copies: int) -> None:
    texts = [f"{unit.text} {i}" for i in range(copies) for unit in winter][:450]
    fitted = fit_tfidf(texts)
    restored = type(fitted).from_bytes(fitted.to_bytes())
    new = ["the bus never came", "mould in the bedroom", ""]
    assert restored.id == fitted.id
    np.testing.assert_allclose(restored.encode(new), fitted.encode(new), atol=1e-6)
