"""Turn texts into vectors: the `Embedder` protocol, and the word and character TF-IDF that needs no model."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.extmath import randomized_svd

from placeweave.engines.themes.concepts import concepts
from placeweave.engines.themes.records import digest, normalised
from placeweave.engines.themes.words import STOP_WORDS, TIME_WORDS, TOKEN

VERSION = "1"
DIMENSIONS = 100
SMALL = 400
"""At or under this many texts every word counts and function words are put aside (they would drown the rest)."""
FITTED_ON = 20_000
"""Vocabulary, IDF and basis are learnt from at most this many texts, which bounds memory; all are then encoded."""
BLOCK = 5_000
_PUT_ASIDE = STOP_WORDS | TIME_WORDS

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Anything that turns texts into unit vectors and can say exactly what it is."""

    @property
    def id(self) -> str:
        """``name@version#sha256``: equal ids give comparable vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give one row of unit length per text, or a row of zeros where the text holds nothing to go on."""
        ...


@dataclass(frozen=True, slots=True)
class FittedTfidf:
    """Word and character TF-IDF reduced by SVD, fitted on one corpus and reusable for new texts.

    Vectors from two fits are not comparable, so keep ``to_bytes()`` with a run to compare later texts with it.
    """

    id: str
    parts: tuple[TfidfVectorizer, ...]
    basis: Vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give unit vectors of shape (n_texts, dimensions); zeros where no known word or letter group occurs."""
        vectors = np.zeros((len(texts), self.basis.shape[0]), dtype=np.float32)
        for start in range(0, len(texts) if self.parts else 0, BLOCK):
            block = [normalised(text) for text in texts[start : start + BLOCK]]
            vectors[start : start + BLOCK] = _stacked(self.parts, block) @ self.basis.T
        return unit_rows(vectors)

    def to_bytes(self) -> bytes:
        """Give the fitted state as a compressed archive without executable content."""
        arrays: dict[str, NDArray[Any]] = {"basis": self.basis, "id": np.array(self.id)}
        for number, part in enumerate(self.parts):
            arrays[f"idf{number}"] = part.idf_
            arrays[f"part{number}"] = np.array(json.dumps(_kind(part)))
            arrays[f"terms{number}"] = np.array(json.dumps(_terms(part)))
        out = io.BytesIO()
        np.savez_compressed(out, allow_pickle=False, **arrays)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, state: bytes) -> FittedTfidf:
        """Restore a fitted state that `to_bytes` gave."""
        with np.load(io.BytesIO(state), allow_pickle=False) as kept:
            parts: list[TfidfVectorizer] = []
            while f"idf{(number := len(parts))}" in kept:
                kind, is_small = json.loads(str(kept[f"part{number}"]))
                part = _vectoriser(kind, is_small=is_small, least=1, most=1.0)
                part.vocabulary = {term: at for at, term in enumerate(json.loads(str(kept[f"terms{number}"])))}
                part.idf_ = kept[f"idf{number}"]
                parts.append(part)
            return cls(id=str(kept["id"]), parts=tuple(parts), basis=kept["basis"])


def fit_tfidf(texts: Sequence[str], *, seed: int = 0) -> FittedTfidf:
    """Learn vocabulary, IDF and basis from a corpus, in whatever order it comes.

    Word part: 1-2 grams, sublinear, in at least 2 texts and at most half. Character part: 3-5 letters within words,
    sublinear, in at least 3 texts and at most half. 30,000 features each, stacked, randomised SVD to 100
    dimensions (4 iterations). On ``SMALL`` texts or fewer one text is enough, function words are dropped, and a
    third part counts fields of daily life (`concepts`).

    Parameters
    ----------
    texts : sequence of str
        Repeats count once.
    seed : int
        Of the randomised SVD.

    Returns
    -------
    FittedTfidf
        Its id is the sha256 of parameters, texts, vocabulary and IDF. The basis follows from these; it is left out
        of the hash because its last digits differ between processors.
    """
    corpus = sorted({normalised(text) for text in texts} - {""}, key=digest)[:FITTED_ON]
    parts, matrix = _fitted_parts(corpus)
    identity = [VERSION, str(DIMENSIONS), str(seed), digest(*corpus)]
    identity += [digest(*_terms(part), *(f"{idf:.4f}" for idf in part.idf_)) for part in parts]
    return FittedTfidf(id=f"tfidf@{VERSION}#{digest(*identity)}", parts=parts, basis=_basis(matrix, seed))


def unit_rows(vectors: NDArray[Any]) -> Vectors:
    """Scale each row to length one, leaving rows of zeros as they are."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 1e-12, lengths, 1), dtype=np.float32)


def sparse_tfidf(texts: Sequence[str]) -> sparse.csr_matrix:
    """Give the stacked TF-IDF without reduction, rows of unit length: better for telling a few texts apart."""
    corpus = [normalised(text) for text in texts]
    _, matrix = _fitted_parts(corpus)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    return sparse.csr_matrix(sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ matrix)


def _fitted_parts(corpus: Sequence[str]) -> tuple[tuple[TfidfVectorizer, ...], sparse.csr_matrix]:
    """Fit each vectoriser, leaving out one that finds nothing to count."""
    is_small = len(corpus) <= SMALL
    kinds = {"word": 1, "char_wb": 1, "concepts": 1} if is_small else {"word": 2, "char_wb": 3}
    parts, matrices = [], []
    for kind, least in kinds.items():
        part = _vectoriser(kind, is_small=is_small, least=least, most=1.0 if len(corpus) < 20 else 0.5)
        countable = part.build_analyzer()
        if any(countable(text) for text in corpus):
            matrices.append(part.fit_transform(corpus))
            parts.append(part)
    return tuple(parts), sparse.csr_matrix(sparse.hstack(matrices)) if matrices else sparse.csr_matrix((len(corpus), 1))


def _vectoriser(kind: str, *, is_small: bool, least: int, most: float) -> TfidfVectorizer:
    """Set up one part: words, characters or everyday concepts."""
    return TfidfVectorizer(
        analyzer=concepts if kind == "concepts" else kind,
        ngram_range={"word": (1, 2), "char_wb": (3, 5)}.get(kind, (1, 1)),
        preprocessor=_without_function_words if is_small and kind != "concepts" else None,
        token_pattern=r"(?u)\b\w\w+\b" if kind == "word" else None,
        sublinear_tf=True,
        min_df=least,
        max_df=most,
        max_features=30_000,
        dtype=np.float32,
    )


def _kind(part: TfidfVectorizer) -> tuple[str, bool]:
    """Say which part a vectoriser is, and whether it was set up for a small set."""
    if callable(part.analyzer):
        return "concepts", True
    return part.analyzer, part.preprocessor is not None


def _without_function_words(text: str) -> str:
    """Blank out function words and words of time, for sets too small for IDF to do it."""
    return TOKEN.sub(lambda found: "" if found.group() in _PUT_ASIDE else found.group(), text)


def _basis(matrix: sparse.csr_matrix, seed: int) -> Vectors:
    """Give the leading right singular vectors, shape (dimensions, features)."""
    dimensions = min(DIMENSIONS, *matrix.shape)
    if dimensions == 0 or matrix.nnz == 0:
        return np.zeros((1, matrix.shape[1]), dtype=np.float32)
    _, _, basis = randomized_svd(matrix, dimensions, n_iter=4, random_state=seed)
    return np.ascontiguousarray(basis, dtype=np.float32)


def _stacked(parts: Sequence[TfidfVectorizer], texts: Sequence[str]) -> sparse.csr_matrix:
    """Give the stacked TF-IDF rows of texts under a fitted vocabulary."""
    return sparse.csr_matrix(sparse.hstack([part.transform(texts) for part in parts]))


def _terms(part: TfidfVectorizer) -> list[str]:
    """List the vocabulary in column order."""
    return [str(term) for term in part.get_feature_names_out()]
