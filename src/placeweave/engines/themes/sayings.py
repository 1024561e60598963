"""Tell which texts say the same thing in (nearly) the same words, so that they count once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from placeweave.engines.themes.embed import Vectors
from placeweave.engines.themes.graph import Labels
from placeweave.engines.themes.words import tokens

NEAR = 0.95
OVERLAP = 0.8
_MOST = 2_000
_CANDIDATES = 5
_NEGATION = frozenset("no not never none nobody nothing without nae cannae dinnae didnae isnae wasnae cannot".split())


def same_sayings(texts: Sequence[str], vectors: Vectors) -> Labels:
    """Group near-duplicates among the texts of one theme.

    Two texts are one saying when their words are equal, or when their cosine is at least ``NEAR``, they share at
    least ``OVERLAP`` of their words and they agree in negation: "the bus runs" is not "the bus never runs". Themes
    of more than 2,000 texts compare words only.

    Returns
    -------
    ndarray of shape (n,)
        The saying of each text, numbered from 0.
    """
    words = [tokens(text) for text in texts]
    pairs = _equal(words)
    if 1 < len(texts) <= _MOST:
        pairs += _near([frozenset(each) for each in words], vectors)
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    joins = sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(texts), len(texts)))
    return np.asarray(connected_components(joins, directed=False)[1], dtype=np.int64)


def _equal(words: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Pair texts whose words are equal, punctuation aside."""
    first: dict[tuple[str, ...], int] = {}
    return [(first.setdefault(tuple(each), i), i) for i, each in enumerate(words) if each]


def _near(words: Sequence[frozenset[str]], vectors: Vectors) -> list[tuple[int, int]]:
    """Pair each text with those of its nearest few that pass every test."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -1)
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :_CANDIDATES]
    return [
        (i, int(j))
        for i, row in enumerate(nearest)
        for j in row
        if likeness[i, j] >= NEAR and _agree(words[i], words[int(j)])
    ]


def _agree(a: frozenset[str], b: frozenset[str]) -> bool:
    """Say whether two sets of words overlap enough and deny the same."""
    return len(a & b) >= OVERLAP * len(a | b) and _denials(a) == _denials(b)


def _denials(words: frozenset[str]) -> bool:
    """Say whether a text denies something."""
    return any(word in _NEGATION or word.endswith("n't") for word in words)
