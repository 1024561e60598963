"""What may be shown: against somebody who subtracts, nothing says that a count is of one to four people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from placeweave.engines.opinion.disclose import HIDDEN, Policy, PublicView, disclose, hexagons
from placeweave.engines.opinion.tallies import Tallies, tally
from tests.engines.opinion.made_models import UNSEEN, planted, statements_of, votes_of

ANSWERS = 4


def tallies_from(rows: np.ndarray, in_no_group: np.ndarray) -> Tallies:
    """Make the counts of one statement from how many of each group gave each answer (the last: not seen)."""
    agree, disagree, passed, _ = rows.T[:, :, None] if len(rows) else np.zeros((4, 0, 1), int)
    total = rows.sum(axis=0) + in_no_group
    one = np.ones(1, bool)
    return Tallies(
        one, ~one, total[[0]], total[[1]], total[:3].sum(keepdims=True), agree, disagree, agree + disagree + passed,
        rows.sum(axis=1), int(total.sum()),
    )  # fmt: skip


@dataclass
class Attacker:
    """Somebody who knows all that is shown, adds and subtracts without error, and forgets nothing.

    Unknown is how many people of each shown group, and of the rest, gave each answer to the statement. Whatever is
    shown is an equation. A linear programme finds the least and the most that any sum of unknowns can be; because every
    equation is the sum of a row's or a column's part, its corners are whole numbers.
    """

    view: PublicView

    def __post_init__(self) -> None:
        self.rows = len(self.view.groups) + 1
        self.equations: list[np.ndarray] = []
        self.values: list[int] = []
        for row, size in enumerate(self.view.sizes):
            self.learn(self.cells([row], range(ANSWERS)), int(size))
        self.learn(self.cells(range(self.rows), range(ANSWERS)), self.view.people)
        for row in range(len(self.view.groups)):
            self.learn_cells([row], [cells[row] for cells in self.shown(self.view.by_group)])
        self.learn_cells(list(range(self.rows)), self.shown(self.view.everybody))
        self.learn_cells(list(range(self.rows - 1)), self.shown(self.view.grouped))

    @staticmethod
    def shown(cells: object) -> list[np.ndarray]:
        return [cells.agree, cells.disagree, cells.passed, cells.seen]

    def cells(self, rows: object, answers: object) -> np.ndarray:
        grid = np.zeros((self.rows, ANSWERS))
        grid[np.ix_(list(rows), list(answers))] = 1
        return grid.ravel()

    def learn(self, equation: np.ndarray, value: int) -> None:
        if value != HIDDEN:
            self.equations.append(equation)
            self.values.append(value)

    def learn_cells(self, rows: list[int], shown: list[np.ndarray]) -> None:
        for answers, value in zip(([0], [1], [2], [0, 1, 2]), shown, strict=True):
            self.learn(self.cells(rows, answers), int(value[0]))

    def least(self, unknown: np.ndarray) -> int:
        found = optimize.linprog(unknown, A_eq=np.array(self.equations), b_eq=np.array(self.values), bounds=(0, None))
        assert found.status == 0, "what is shown must be possible"
        return round(found.fun)

    def most(self, unknown: np.ndarray) -> int:
        return -self.least(-unknown)

    def questions(self) -> list[np.ndarray]:
        """Ask for every set of answers of every group, of the rest, of all but one, and of everybody."""
        each = [[row] for row in range(self.rows)]
        others = [[other for other in range(self.rows) if other != row] for row in range(self.rows)]
        sets = [rows for rows in [*each, *others, list(range(self.rows - 1)), list(range(self.rows))] if rows]
        answers = [some for size in range(1, ANSWERS + 1) for some in combinations(range(ANSWERS), size)]
        return [self.cells(rows, some) for rows in sets for some in answers]


def proved(view: PublicView) -> list[tuple[int, int]]:
    """Give the ranges that say: somebody, but too few."""
    if view.people == HIDDEN:
        return []
    attacker = Attacker(view)
    small = [(one, most) for one in attacker.questions() if (most := attacker.most(one)) < view.minimum]
    ranges = [(attacker.least(one), most) for one, most in small if most >= 1]
    return [(least, most) for least, most in ranges if least >= 1]


few = st.one_of(st.integers(0, 7), st.integers(0, 30))
row = st.tuples(few, few, few, few).map(np.array)
tables = st.lists(row, min_size=0, max_size=3).map(lambda rows: np.array(rows, int).reshape(-1, ANSWERS))


@settings(max_examples=12, deadline=None)
@given(tables, row, st.integers(3, 10))
def test_nobody_can_prove_a_count_of_a_few_people(rows: np.ndarray, in_no_group: np.ndarray, minimum: int) -> None:
    assert proved(disclose(tallies_from(rows, in_no_group), Policy(minimum))) == []


@settings(max_examples=12, deadline=None)
@given(tables, row, st.integers(3, 10))
def test_a_hidden_small_count_keeps_at_least_two_values(rows: np.ndarray, outside: np.ndarray, minimum: int) -> None:
    view = disclose(tallies_from(rows, outside), Policy(minimum))
    if view.people == HIDDEN:
        return
    attacker = Attacker(view)
    rest = rows[np.setdiff1d(np.arange(len(rows)), view.groups)].sum(axis=0) + outside
    truth = np.vstack([rows[view.groups], rest]).ravel()
    for question in attacker.questions():
        if 1 <= truth @ question < minimum:
            assert attacker.least(question) <= truth @ question < minimum <= attacker.most(question)


def test_the_attacker_finds_what_careless_hiding_leaves() -> None:
    rows = np.array([[20, 8, 9, 6], [30, 3, 7, 10]])
    tallies = tallies_from(rows, np.array([0, 0, 0, 0]))
    view = disclose(tallies, Policy(5))
    careless = replace(
        view, everybody=replace(view.everybody, disagree=tallies.all_disagree),
        by_group=replace(view.by_group, disagree=np.where(tallies.disagree < 5, HIDDEN, tallies.disagree)),
    )  # fmt: skip
    assert (3, 3) in proved(careless)
    assert proved(view) == []


@settings(max_examples=100, deadline=None)
@given(tables, row, st.integers(3, 10))
def test_whatever_is_shown_is_true_and_nobody_or_enough(rows: np.ndarray, outside: np.ndarray, minimum: int) -> None:
    tallies = tallies_from(rows, outside)
    view = disclose(tallies, Policy(minimum))
    true_rows = [cells[view.groups] for cells in (tallies.agree, tallies.disagree)]
    true_rows += [cells[view.groups] for cells in (tallies.seen - tallies.agree - tallies.disagree, tallies.seen)]
    for shown, true in zip(Attacker.shown(view.by_group), true_rows, strict=True):
        assert ((shown == HIDDEN) | ((shown == true) & ((shown == 0) | (shown >= minimum)))).all()
    for shown, true in (
        (view.everybody.agree, tallies.all_agree), (view.everybody.disagree, tallies.all_disagree),
        (view.everybody.seen, tallies.all_seen), (view.sizes, tallies.sizes[view.groups]),
    ):  # fmt: skip
        assert ((shown == HIDDEN) | ((shown == true) & ((shown == 0) | (shown >= minimum)))).all()


def test_large_enough_counts_are_all_shown() -> None:
    rows = np.array([[20, 10, 5, 5], [30, 8, 0, 7]])
    view = disclose(tallies_from(rows, np.array([9, 9, 9, 9])))
    assert view.by_group.agree.tolist() == [[20], [30]]
    assert view.by_group.passed.tolist() == [[5], [0]]
    assert view.everybody.seen.tolist() == [100]
    assert view.sizes.tolist() == [40, 45]
    assert view.scorable.tolist() == [True]


def test_a_small_group_is_not_shown_at_all() -> None:
    rows = np.array([[20, 10, 5, 5], [1, 1, 1, 1]])
    view = disclose(tallies_from(rows, np.array([9, 9, 9, 9])))
    assert view.groups.tolist() == [0]
    assert view.by_group.agree.shape == (1, 1)
    assert not view.scorable.any()


def test_a_few_people_in_no_group_take_the_sizes_with_them() -> None:
    rows = np.array([[20, 10, 5, 5], [30, 8, 0, 7]])
    view = disclose(tallies_from(rows, np.array([1, 1, 0, 1])))
    assert view.sizes.tolist() == [HIDDEN, HIDDEN]
    assert view.everybody.agree.tolist() == [HIDDEN]
    assert view.grouped.agree.tolist() == [50]


def test_a_zero_beside_a_blank_is_blank_too() -> None:
    rows = np.array([[20, 3, 0, 12], [25, 9, 8, 9]])
    view = disclose(tallies_from(rows, np.zeros(4, int)))
    assert view.by_group.disagree[0, 0] == HIDDEN
    assert view.by_group.passed[0, 0] == HIDDEN


def test_fewer_people_than_the_minimum_show_nothing_at_all() -> None:
    view = disclose(tallies_from(np.zeros((0, 4), int), np.array([2, 1, 1, 0])))
    assert view.people == HIDDEN
    assert (view.everybody.seen == HIDDEN).all()


def test_a_conversation_of_many_statements_is_masked_one_by_one() -> None:
    votes, labels = planted(people=90, statements=15, seed=3, seen=0.7)
    tallies = tally(votes, statements_of(15), labels)
    whole = disclose(tallies)
    for j in range(15):
        cut = {name: getattr(tallies, name)[..., [j]] for name in Tallies.__slots__ if name not in {"sizes", "people"}}
        alone = disclose(Tallies(**cut, sizes=tallies.sizes, people=tallies.people))
        assert alone.by_group.agree.tolist() == whole.by_group.agree[:, [j]].tolist()
        assert alone.everybody.seen.tolist() == whole.everybody.seen[[j]].tolist()


def test_a_total_of_votes_never_gives_one_statement_away() -> None:
    table = np.ones((40, 6), np.int8)
    votes = votes_of(table)
    assert disclose(tally(votes, statements_of(6))).votes == 240
    table[3:, 2] = UNSEEN
    assert disclose(tally(votes_of(table), statements_of(6))).votes == HIDDEN


@pytest.mark.parametrize("minimum", [0, 2, 11])
def test_the_minimum_is_between_three_and_ten(minimum: int) -> None:
    with pytest.raises(ValueError, match="between 3 and 10"):
        Policy(minimum)


places = st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), max_size=60)


@settings(max_examples=100, deadline=None)
@given(places, st.integers(3, 10))
def test_areas_of_the_map_show_enough_people_and_leave_enough(people: list[tuple[float, float]], minimum: int) -> None:
    xy = np.array(people).reshape(-1, 2)
    shown = hexagons(xy, minimum)
    assert all(area.people >= minimum for area in shown)
    left = len(xy) - sum(area.people for area in shown)
    assert left == 0 or left >= minimum or not shown
    assert all(np.hypot(xy[:, 0] - area.x, xy[:, 1] - area.y).min() <= area.radius + 1e-6 for area in shown)


def test_most_people_of_a_full_map_are_in_an_area_shown() -> None:
    xy = np.random.default_rng(1).normal(size=(400, 2))
    assert 300 < sum(area.people for area in hexagons(xy, 5)) <= 400
