"""How much a word, or another name, says: the rarer, the more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from placeweave.engines.linkage.names import aliases, canonical
from placeweave.engines.linkage.records import Record

UNSEEN = 9.0
"""The weight of a word that no record holds."""
TOO_COMMON = 2
"""A name that more organisations than this answer to tells none of them."""
RARE = 0.5
"""A shared word is told as a reason if its weight is at least this share of the greatest there can be."""
ROUNDING = 1e-9
"""What adding weights up in another order may change of a sum, many times over."""


@dataclass(frozen=True)
class Weights:
    """Inverse document frequencies of words, and the aliases that are too common to tell anything.

    Attributes
    ----------
    words : mapping of word to float, dimensionless
        ``ln(N / df)`` over the canonical names of ``count`` records.
    common : frozenset of str
        Aliases of more than two organisations.
    """

    words: dict[str, float]
    common: frozenset[str]
    count: int

    def overlap(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Give the weighted share of words two names have in common, from 0 to 1.

        Words are added up in their order, so that the last digit does not depend on how a set was built.
        """
        shared = math.fsum(self._of(word) for word in one & other)
        whole = math.fsum(self._of(word) for word in one | other)
        return shared / whole if whole else 0.0

    def rare(self, words: frozenset[str]) -> list[str]:
        """Give the words that few records hold, rarest first."""
        floor = RARE * math.log(max(self.count, 2))
        found = [word for word in words if self._of(word) >= floor]
        return sorted(found, key=lambda word: (-self._of(word), word))

    def telling(self, words: frozenset[str], share: float) -> list[str]:
        """Give the rarest words of a name, of which another has at least one if the two overlap by ``share``.

        What is left of the name weighs less than ``share`` of it, and so less than that share of both names together.
        All names are cut in one order of words, so the word in common is among the telling words of both.

        References
        ----------
        Chaudhuri, S., Ganti, V. and Kaushik, R. (2006). A primitive operator for similarity joins in data cleaning.
        *ICDE*. The prefix filter, section 4.
        """
        weighed = sorted(((self._of(word), word) for word in words), key=lambda one: (-one[0], one[1]))
        left = math.fsum(weight for weight, _word in weighed)
        least, found = share * left * (1 - ROUNDING), []
        for weight, word in weighed:
            if left < least or not weight:
                break
            found.append(word)
            left -= weight
        return found

    def _of(self, word: str) -> float:
        return self.words.get(word, UNSEEN)


def weigh(records: Sequence[Record], owner: Callable[[Record], str] | None = None) -> Weights:
    """Count words and aliases over all records.

    Parameters
    ----------
    records : sequence of Record
        Everything that is known: the workspace, and what is new.
    owner : callable, optional
        Says which organisation a record is taken to belong to, so that one organisation that is spelt in three ways
        does not make its own alias common. By default its first number, else its canonical name.

    References
    ----------
    Spärck Jones, K. (1972). A statistical interpretation of term specificity. *Journal of Documentation* 28.
    """
    owner = owner or _owner
    held = Counter(word for one in records for word in set(canonical(one.name).split()))
    words = {word: math.log(len(records) / count) for word, count in held.items()}
    owners = ((alias, owner(one)) for one in records for alias in aliases_of(one))
    return Weights(words, _common(owners), len(records))


def _owner(record: Record) -> str:
    return str(min(record.numbers)) if record.numbers else canonical(record.name)


def _common(owners: Iterable[tuple[str, str]]) -> frozenset[str]:
    first: dict[str, str] = {}
    several: dict[str, set[str]] = {}
    for alias, who in owners:
        if (before := first.setdefault(alias, who)) != who:
            several.setdefault(alias, {before}).add(who)
    return frozenset(alias for alias, known in several.items() if len(known) > TOO_COMMON)


def aliases_of(record: Record) -> frozenset[str]:
    """Give every alias of a record, those of its other names included."""
    own = aliases(record.name)
    return own.union(*(aliases(name) for name in record.other_names)) if record.other_names else own
