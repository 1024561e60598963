"""Suggest which existing themes new words may belong to, with the quotes that say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.themes.embed import sparse_tfidf
from placeweave.engines.themes.records import Unit

_REASONS = 2
_LEAST = 0.02
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A theme that people have made, with the units they put in it and, if they like, its title and description."""

    id: str
    units: tuple[Unit, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """One theme a text may belong to: how like it is (0 to 1), and the member units nearest to it, nearest first."""

    theme: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The themes one unit may belong to, best first; empty where nothing is alike."""

    unit: str
    hints: tuple[Hint, ...]


def suggest(units: Sequence[Unit], themes: Sequence[KnownTheme], top: int = 3) -> tuple[Suggestion, ...]:
    """Suggest existing themes for new units; a person accepts or refuses each.

    The score is the mean of the likeness to the theme's middle and to its three nearest members, by cosine of the
    word and character TF-IDF without reduction. The reason is always the members' own words, never a made sentence.

    Parameters
    ----------
    units : sequence of Unit
        The new words.
    themes : sequence of KnownTheme
        Themes with neither units nor a description are never suggested.
    top : int
        How many themes to name per unit.

    Examples
    --------
    >>> bus = KnownTheme("bus", (Unit("1", "The last bus leaves at five"),))
    >>> damp = KnownTheme("damp", (Unit("2", "Damp walls all winter"),))
    >>> suggest([Unit("3", "No bus home after work")], [bus, damp])[0].hints[0].theme
    'bus'
    """
    filled = sorted((theme for theme in themes if theme.units or theme.description.strip()), key=lambda theme: theme.id)
    known = [text for theme in filled for text in _texts(theme)]
    if not units or not known:
        return tuple(Suggestion(unit.id, ()) for unit in units)
    matrix = sparse_tfidf([*known, *(unit.text for unit in units)])
    likeness = (matrix[len(known) :] @ matrix[: len(known)].T).toarray()
    bounds = np.cumsum([0, *(len(_texts(theme)) for theme in filled)])
    return tuple(
        Suggestion(unit.id, _hints(row, filled, bounds, top)) for unit, row in zip(units, likeness, strict=True)
    )


def _texts(theme: KnownTheme) -> list[str]:
    """List the words that stand for a theme, its members first."""
    description = [theme.description] if theme.description.strip() else []
    return [unit.text for unit in theme.units] + description


def _hints(
    row: NDArray[np.float64], themes: Sequence[KnownTheme], bounds: NDArray[np.int64], top: int
) -> tuple[Hint, ...]:
    """Rank the themes for one unit by its likeness to each of their texts."""
    hints = []
    for theme, start, end in zip(themes, bounds, bounds[1:], strict=False):
        own = row[start:end]
        nearest = np.argsort(-own, kind="stable")
        score = float(own.mean() + own[nearest[:_NEAREST]].mean()) / 2
        because = tuple(theme.units[i].id for i in nearest if i < len(theme.units) and own[i] > 0)[:_REASONS]
        hints.append(Hint(theme.id, round(score, 4), because))
    likely = [hint for hint in hints if hint.score >= _LEAST]
    return tuple(sorted(likely, key=lambda hint: (-hint.score, hint.theme))[:top])
