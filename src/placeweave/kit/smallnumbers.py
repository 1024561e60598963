"""Small-number suppression: no count of a few people leaves the workspace.

The rule is applied where figures are made, not in templates, so that page, chart, CSV and API agree.
"""

from __future__ import annotations

from collections.abc import Mapping

DEFAULT_THRESHOLD = 5
LOWEST, HIGHEST = 3, 10
ROOM = 3
"""In thresholds: how many must have answered before it is told what most say though the split is not shown."""


def is_shown(count: int, *, threshold: int) -> bool:
    """Tell whether a count of people may be shown: none at all, or at least the threshold."""
    return count == 0 or count >= threshold


def leaves_room(count: int, *, threshold: int) -> bool:
    """Tell whether what most of so many people say may be told without the split: enough others may then differ."""
    return count >= ROOM * threshold


def suppress(counts: Mapping[str, int], *, threshold: int) -> dict[str, int | None]:
    """Blank small cells, and then as many more as it takes that no blank can be worked out from a total.

    Parameters
    ----------
    counts : mapping of label to number of people
        The cells of one total.
    threshold : int
        Cells from 1 to ``threshold - 1`` are blanked.

    Returns
    -------
    dict of label to int or None
        None means "not shown". If any cell is blank, the blanked cells together hold at least ``threshold`` people
        and number at least two (unless there is only one cell), so that subtracting from a total tells nothing.
    """
    hidden = {label for label, count in counts.items() if not is_shown(count, threshold=threshold)}
    spare = sorted((label for label in counts if label not in hidden and counts[label]), key=lambda name: counts[name])
    while hidden and spare and (len(hidden) < 2 or sum(counts[name] for name in hidden) < threshold):
        hidden.add(spare.pop(0))
    return {label: None if label in hidden else count for label, count in counts.items()}
