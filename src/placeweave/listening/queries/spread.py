"""How a set of scores lies: median and middle half, told only where no few people could be made out.

Two rules together keep anyone from subtracting one figure from another. A group is left out when it is small, and
with it as many more as it takes that those left out cannot be worked out from the total. And how many people a figure
rests on is told in steps as wide as the place's threshold, so that no two figures, of groups, of waves or of a whole
and its parts, ever differ by a few people.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from placeweave.kit import smallnumbers
from placeweave.kit.figures import plain_number

Key = TypeVar("Key")
Scores = Mapping[int, int]
"""How many people gave each score."""


@dataclass(frozen=True)
class Spread:
    """The median of some scores, the middle half of them, and within which step the number of people lies."""

    median: float
    low: float
    high: float
    at_least: int
    at_most: int

    @property
    def middle_half(self) -> str:
        """The quartiles in words."""
        return _("%(low)s to %(high)s") % {"low": plain_number(self.low), "high": plain_number(self.high)}

    @property
    def people(self) -> str:
        """How many people, as closely as it may be told."""
        return _("%(low)s to %(high)s") % {"low": self.at_least, "high": self.at_most}


def spread(scores: Scores, *, threshold: int) -> Spread | None:
    """Describe scores, or None where fewer people than the threshold gave one.

    Quartiles lie by linear interpolation between the ordered scores (method 7 of Hyndman and Fan, 1996).
    """
    people = sum(scores.values())
    if people < max(threshold, 2):
        return None
    low, median, high = statistics.quantiles(Counter(scores).elements(), n=4, method="inclusive")
    at_least = people - people % threshold
    return Spread(median, low, high, at_least, at_least + threshold - 1)


def spreads(by_group: Mapping[Key, Scores], *, threshold: int) -> tuple[Spread | None, dict[Key, Spread | None]]:
    """Describe all scores together and those of each group; None is "not shown".

    Parameters
    ----------
    by_group
        Everybody's scores, each person in one group; those who named no group must be among them as a group of their
        own, because what is left of a total is a group too.
    """
    together: Counter[int] = Counter()
    for scores in by_group.values():
        together.update(scores)
    whole = spread(together, threshold=threshold)
    names = {str(number): key for number, key in enumerate(by_group)}
    people = {name: sum(by_group[key].values()) for name, key in names.items()}
    shown = smallnumbers.suppress(people, threshold=threshold)
    return whole, {
        key: spread(by_group[key], threshold=threshold) if whole and shown[name] else None
        for name, key in names.items()
    }
