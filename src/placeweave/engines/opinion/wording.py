"""Find statements that say nearly the same, by the words they share: a hint before somebody sends one more of them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

NEAR = 0.4
"""From this likeness on a statement is worth showing; chosen on rewordings and on pairs that only share a subject."""
MOST = 3
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s")
_SHORTEST_STEM = 3
_EVERYDAY = frozenset(
    "a an and are as at be been but by can could did do does for from had has have he her his i if in into is it its "
    "me my no of on or our she should so than that the their them then there these they this to too up us was we were "
    "what when which who will with would you your".split()
)
"""Words that say nothing of a subject. "Not" and "never" are none of them: they turn a claim round."""


@dataclass(frozen=True, slots=True)
class Near:
    """A statement said already: its place in the list, and how alike the two are, 0 to 1."""

    statement: int
    likeness: float


def nearest(text: str, said: Sequence[str], *, limit: int = MOST, least: float = NEAR) -> list[Near]:
    """List what was said already and comes near a text, nearest first.

    Parameters
    ----------
    text : str
        The new statement.
    said : sequence of str
        Those that stand already.
    limit : int
        The most to list.
    least : float
        The least likeness to list.

    Returns
    -------
    list of Near

    Notes
    -----
    Each word weighs ``ln(1 + N / n)``, n being the statements it stands in; likeness is the cosine of the two sets of
    weighted words. It compares words, not meanings: it suggests, and the person decides.

    References
    ----------
    Spärck Jones, K. (1972). A statistical interpretation of term specificity. *Journal of Documentation* 28.

    Examples
    --------
    >>> nearest("More buses in the evening", ["The evening bus should run more", "Fix the pier"])[0].statement
    0
    """
    heard = [words(one) for one in said]
    own = words(text)
    spread = Counter(word for one in [*heard, own] for word in one)
    weight = {word: math.log(1 + (len(heard) + 1) / count) ** 2 for word, count in spread.items()}
    found = [Near(place, _cosine(own, one, weight)) for place, one in enumerate(heard)]
    close = [one for one in found if one.likeness >= least]
    return sorted(close, key=lambda one: (-one.likeness, one.statement))[:limit]


def words(text: str) -> frozenset[str]:
    """Give the telling words of a text, without case, accents and endings; all of them if none is telling."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    spelt = _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
    telling = [word for word in spelt if word not in _EVERYDAY]
    return frozenset(_stem(word) for word in telling or spelt)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending).removesuffix("e")
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM else word


def _cosine(one: frozenset[str], other: frozenset[str], weight: dict[str, float]) -> float:
    shared = sum(weight[word] for word in one & other)
    lengths = math.sqrt(sum(weight[word] for word in one) * sum(weight[word] for word in other))
    return shared / lengths if lengths else 0.0
