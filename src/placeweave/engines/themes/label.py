"""Name a theme by its telling terms, and show it by a few verbatim quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.themes.embed import Vectors, unit_rows
from placeweave.engines.themes.graph import Labels
from placeweave.engines.themes.records import Quote, Unit
from placeweave.engines.themes.segment import segment
from placeweave.engines.themes.words import root, telling, tokens

TERMS = 5
QUOTES = 5
LAMBDA = 0.6
_LONG_QUOTE = 280
_POOL = 300
_PAIR_BONUS = 1.1
_CANDIDATES = 60
_LEAST_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """In how many units of the whole set each telling term occurs, and how many terms a theme has on average."""

    frequency: Mapping[str, int]
    per_theme: float
    min_speakers: int

    @classmethod
    def of(cls, units: Sequence[Unit], themes: int, min_speakers: int) -> Vocabulary:
        """Count the terms of a whole set.

        Where one person said everything, their words cannot give them away, so the speaker rule relaxes.
        """
        frequency: Counter[str] = Counter()
        for unit in units:
            frequency.update(telling(unit.text).keys())
        voices = len({unit.voice for unit in units})
        return cls(frequency, frequency.total() / max(themes, 1), min(min_speakers, voices))


def terms(units: Sequence[Unit], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Choose up to five terms that tell this theme from the others, by class-based TF-IDF.

    The count within the theme is damped (power .85), so that one very common word does not rule. Within the
    theme a term needs two different units, 3 in 100 of all, and ``min_speakers`` voices, so that one person's rare
    word never becomes a label. A theme whose units share no word has no terms; its quotes must speak for it.

    References
    ----------
    Grootendorst, M. (2022). BERTopic: neural topic modeling with a class-based TF-IDF procedure. arXiv:2203.05794.
    """
    said = [telling(unit.text) for unit in units]
    counts = Counter(term for each in said for term in each)
    least = max(2, _LEAST_SHARE * len(units))
    often = [term for term, count in counts.items() if count >= least]
    chosen: list[str] = []
    taken: set[str] = set()
    for term in sorted(often, key=lambda term: (-_score(term, counts[term], vocabulary), term))[:_CANDIDATES]:
        own = set(term.split())
        if len(chosen) < TERMS and not own & taken and _voices(term, units, said) >= vocabulary.min_speakers:
            chosen.append(_commonest_form(term, said))
            taken |= own
    return tuple(chosen)


def quotes(units: Sequence[Unit], vectors: Vectors, sayings: Labels, names: Sequence[str]) -> tuple[Quote, ...]:
    """Choose up to five quotes that stand for a theme and differ from each other.

    The first is the medoid; each next one by maximal marginal relevance (lambda .6). At most one per speaker and per
    saying; where the theme has two groups, the second quote comes from another group than the first.

    Parameters
    ----------
    units : sequence of Unit
        The units of one theme, in content order.
    vectors : ndarray of shape (n, dimensions)
        Their unit vectors.
    sayings : ndarray of shape (n,)
        Which units say the same thing.
    names : sequence of str
        The theme's terms, which choose the sentence shown from a long unit.
    """
    middle = unit_rows(vectors.mean(axis=0, keepdims=True))[0]
    closeness = np.round((vectors @ middle).astype(np.float64), 5)
    pool = _pool(units, closeness)
    repeats = np.bincount(sayings)
    chosen: list[int] = []
    while pool and len(chosen) < QUOTES:
        allowed = _other_group(units, chosen, pool) if len(chosen) == 1 else pool
        best = _most_relevant(allowed, chosen, closeness, vectors)
        chosen.append(best)
        pool = [i for i in pool if units[i].voice != units[best].voice and sayings[i] != sayings[best]]
    return tuple(
        Quote(units[i].id, *_telling_span(units[i].text, names), said_by=int(repeats[sayings[i]])) for i in chosen
    )


def _score(term: str, count: int, vocabulary: Vocabulary) -> float:
    """Weigh one term: often here, seldom elsewhere; two words say more than one."""
    rarity = float(np.log1p(vocabulary.per_theme / vocabulary.frequency[term]))
    share = count / vocabulary.frequency[term]
    return float(count**0.85 * rarity * share**0.5 * (_PAIR_BONUS if " " in term else 1))


def _voices(term: str, units: Sequence[Unit], said: Sequence[Mapping[str, str]]) -> int:
    """Count the voices that use a term."""
    return len({unit.voice for unit, each in zip(units, said, strict=True) if term in each})


def _commonest_form(term: str, said: Sequence[Mapping[str, str]]) -> str:
    """Give the form in which a term is mostly said; the first in the alphabet wins a tie."""
    forms = Counter(each[term] for each in said if term in each)
    return min(forms, key=lambda form: (-forms[form], form))


def _pool(units: Sequence[Unit], closeness: NDArray[np.float64]) -> list[int]:
    """Give the units nearest the middle, with some of every group among them."""
    order = np.argsort(-closeness, kind="stable")
    pool = [int(i) for i in order[:_POOL]]
    seen = Counter(units[i].group for i in pool)
    for i in order[_POOL:]:
        group = units[int(i)].group
        if group and seen[group] < QUOTES:
            seen[group] += 1
            pool.append(int(i))
    return pool


def _other_group(units: Sequence[Unit], chosen: Sequence[int], pool: list[int]) -> list[int]:
    """Keep to units of another known group, where there are any."""
    first = units[chosen[0]].group
    others = [i for i in pool if units[i].group and units[i].group != first]
    return others or pool


def _most_relevant(pool: Sequence[int], chosen: Sequence[int], closeness: NDArray[np.float64], vectors: Vectors) -> int:
    """Choose by maximal marginal relevance; the earlier unit wins a tie."""
    relevance = LAMBDA * closeness[list(pool)]
    if chosen:
        likeness = (vectors[list(pool)] @ vectors[list(chosen)].T).max(axis=1)
        relevance = relevance - (1 - LAMBDA) * likeness
    return pool[int(np.argmax(np.round(relevance, 5)))]


def _telling_span(text: str, names: Sequence[str]) -> tuple[int, int]:
    """Give the whole unit, or of a long one the sentence that holds most of the theme's terms."""
    spans = segment(text)
    if not spans:
        return 0, len(text)
    start, end = spans[0][0], spans[-1][1]
    if end - start <= _LONG_QUOTE:
        return start, end
    wanted = {root(word) for name in names for word in name.split()}
    return max(spans, key=lambda span: len(wanted & {root(word) for word in tokens(text[span[0] : span[1]])}))
