"""i3: no count of a few people can be read or worked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from placeweave.kit.smallnumbers import suppress

counts = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=9)
thresholds = st.integers(3, 10)


@given(counts, thresholds)
def test_i3_no_count_below_the_threshold_is_shown(cells: dict[str, int], threshold: int) -> None:
    assert all(shown == 0 or shown >= threshold for shown in suppress(cells, threshold=threshold).values() if shown)


@given(counts, thresholds)
def test_i3_a_total_does_not_give_a_hidden_count_away(cells: dict[str, int], threshold: int) -> None:
    shown = suppress(cells, threshold=threshold)
    hidden = [label for label, count in shown.items() if count is None]
    people = [label for label, count in cells.items() if count]
    if hidden and len(people) > len(hidden):  # something is left to subtract
        assert len(hidden) >= 2
        assert sum(cells[label] for label in hidden) >= threshold


@given(counts, thresholds)
def test_what_is_shown_is_true(cells: dict[str, int], threshold: int) -> None:
    assert all(shown is None or shown == cells[label] for label, shown in suppress(cells, threshold=threshold).items())


def test_i3_groups_of_one_four_and_five() -> None:
    assert suppress({"one": 1, "four": 4, "five": 5, "nine": 9}, threshold=5) == {
        "one": None,
        "four": None,
        "five": 5,
        "nine": 9,
    }
    assert suppress({"four": 4, "five": 5, "nine": 9}, threshold=5) == {"four": None, "five": None, "nine": 9}
