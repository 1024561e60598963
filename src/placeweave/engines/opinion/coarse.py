"""Say roughly how many of some people gave an answer, so roughly that no count of a few can be proved from it."""

from __future__ import annotations

STEPS = 10


def tenths(count: int, of: int, minimum: int) -> tuple[int, int] | None:
    """Give the stretch of tenths that a share lies in, wide enough to hide whether only a few differ.

    The stretches are the same for all counts of the same total: single tenths, and one wider stretch at each end.
    Whoever reads "between 8 and 10 of 10" and knows ``of`` can then prove neither that fewer than ``minimum`` gave the
    answer nor that fewer than ``minimum`` did not.

    Parameters
    ----------
    count, of : int
        How many of how many.
    minimum : int

    Returns
    -------
    (int, int) or None
        From and to, in tenths; None where the people are too few to say anything but "some".

    Examples
    --------
    >>> tenths(58, 60, 5)
    (9, 10)
    >>> tenths(29, 30, 5)
    (8, 10)
    >>> tenths(5, 8, 5) is None
    True
    """
    if of < 2 * minimum:
        return None
    lowest_ends = minimum * STEPS // of + 1
    highest_begins = (of - minimum) * STEPS // of
    if highest_begins < lowest_ends:
        return None
    low = min(count * STEPS // of, STEPS - 1)
    if low < lowest_ends:
        return 0, lowest_ends
    if low >= highest_begins:
        return highest_begins, STEPS
    return low, low + 1
