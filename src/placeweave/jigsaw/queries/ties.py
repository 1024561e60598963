"""Ties between partners, both sides as they were reported: raw, side by side, and never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.models import Tie
from placeweave.places.models import Organisation, Place

LEVELS = [
    (0, _("0 · No contact"), _("We do not deal with each other.")),
    (1, _("1 · Networking"), _("We know of each other and pass on news.")),
    (2, _("2 · Cooperation"), _("We help each other out, each within our own work.")),
    (3, _("3 · Coordination"), _("We plan around each other and share what we need for it.")),
    (4, _("4 · Coalition"), _("We decide some things together and put something in.")),
    (5, _("5 · Collaboration"), _("We act as one on this, and answer for it together.")),
]
"""The levels of collaboration in our own words."""
NAMES = {level: label for level, label, _meaning in LEVELS}


@dataclass(frozen=True)
class TiePair:
    """Two organisations and what each last said of working with the other; ``None`` where one has not said."""

    one: Organisation
    other: Organisation
    forth: Tie | None
    back: Tie | None

    @property
    def standing(self) -> str:
        """Say how the two ratings stand to each other: alike, differ, or one_sided."""
        if self.forth is None or self.back is None:
            return "one_sided"
        return "alike" if self.forth.level == self.back.level else "differ"

    @property
    def forth_label(self) -> str:
        """The level the first one gives, in words."""
        return str(NAMES[self.forth.level]) if self.forth else ""

    @property
    def back_label(self) -> str:
        """The level the second one gives, in words."""
        return str(NAMES[self.back.level]) if self.back else ""


def tie_pairs(place: Place) -> Sequence[TiePair]:
    """Give each pair once with the newest report of either side; those that differ come first, to be talked about."""
    newest: dict[tuple[int, int], Tie] = {}
    rows = Tie.objects.current().filter(place=place).select_related("source", "target").order_by("reported_on", "pk")
    for tie in rows:
        newest[tie.source_id, tie.target_id] = tie
    pairs = []
    for (source, target), tie in newest.items():
        back = newest.get((target, source))
        if back is None or source < target:
            pairs.append(TiePair(tie.source, tie.target, tie, back))
    order = {"differ": 0, "one_sided": 1, "alike": 2}
    return sorted(pairs, key=lambda pair: (order[pair.standing], pair.one.name, pair.other.name))
