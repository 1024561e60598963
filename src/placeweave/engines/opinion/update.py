"""Take one vote into account at once, and say when the whole conversation is due for another look."""

from __future__ import annotations

import math
from dataclasses import dataclass

from placeweave.engines.opinion.records import NOWHERE
from placeweave.engines.opinion.state import Person, State

FEWEST_NEW, NEW_SHARE = 20, 0.01
"""A refresh is due after this many new votes, or this share of those fitted, whichever is more."""
KNOWN_AFTER = 5
"""Votes after which a new statement belongs on the map."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What one vote changed: the vote before it (None if there was none), the group before and after, and the place."""

    participant: int
    statement: int
    before: int | None
    value: int
    group_before: int
    group_after: int
    xy: tuple[float, float]


def update(state: State, participant: int, statement: int, value: int) -> tuple[State, Delta]:
    """Count a vote, move its voter, and leave everybody else where they are until the next refresh.

    This is the one function of the engine that changes its argument: copying a conversation for each vote would cost
    more than the vote. The state given is the state returned. The cost grows with the votes of this person and the
    number of groups, and with nothing else.

    Parameters
    ----------
    state : State
        Changed in place.
    participant, statement : int
        Known ones, or the next number: somebody new, something new.
    value : int
        +1 agree, 0 pass, -1 disagree. A second vote on a statement replaces the first.

    Returns
    -------
    (State, Delta)

    Raises
    ------
    ValueError
        If a number is out of turn or the value is none of the three; nothing is changed then.
    """
    _refuse_nonsense(state, participant, statement, value)
    if participant == state.n_participants:
        state.n_participants += 1
    if statement == state.n_statements:
        _add_statement(state)
    one = state.person(participant)
    before, group_before = one.votes.get(statement), one.label
    if before is not None:
        _count(state, one.label, statement, before, -1)
    one.votes[statement] = value
    _count(state, one.label, statement, value, 1)
    _place(state, one)
    if one.label != group_before:
        _move(state, one, group_before)
    state.new_votes += before != value
    state.pending = state.pending or (state.unmapped[statement] and state.all_seen[statement] >= KNOWN_AFTER)
    return state, Delta(participant, statement, before, value, group_before, one.label, (one.x, one.y))


def set_active(state: State, statement: int, *, active: bool) -> State:
    """Moderate a statement in or out; its votes stay counted, and the map follows at the next refresh."""
    if state.active[statement] != active:
        state.active[statement] = active
        shapes = active and not state.meta[statement]
        change = shapes - state.shaping[statement]
        state.shaping[statement] = shapes
        state.n_shaping += change
        state.n_zeroed -= change * (state.all_seen[statement] > 0)
        state.moderated = True
    return state


def needs_refresh(state: State) -> bool:
    """Say whether enough has changed to fit anew: votes, a new statement, or moderation."""
    return state.moderated or state.pending or state.new_votes >= max(FEWEST_NEW, NEW_SHARE * state.fitted_votes)


def _refuse_nonsense(state: State, participant: int, statement: int, value: int) -> None:
    if value not in {-1, 0, 1}:
        raise ValueError("A vote is 1 (agree), 0 (pass) or -1 (disagree).")
    if not 0 <= participant <= state.n_participants:
        raise ValueError(f"The next new participant is number {state.n_participants}.")
    if not 0 <= statement <= state.n_statements:
        raise ValueError(f"The next new statement is number {state.n_statements}.")


def _add_statement(state: State) -> None:
    """Make room for a statement that the map does not know yet: it moves nobody."""
    for loadings in state.axes:
        loadings.append(0.0)
    state.mean.append(0.0)
    for row in (state.all_agree, state.all_disagree, state.all_seen, *state.agree, *state.disagree, *state.seen):
        row.append(0)
    state.active.append(True)
    state.meta.append(False)
    state.unmapped.append(True)
    state.shaping.append(True)
    state.n_shaping += 1


def _count(state: State, group: int, statement: int, value: int, by: int) -> None:
    """Add a vote to the counts, or take it away; the mean follows."""
    if by > 0 and not state.all_seen[statement]:
        state.n_voted += 1
        state.n_zeroed += not state.shaping[statement]
    state.all_seen[statement] += by
    if value > 0:
        state.all_agree[statement] += by
    elif value < 0:
        state.all_disagree[statement] += by
    _count_in_group(state, group, statement, value, by)
    seen = state.all_seen[statement]
    state.mean[statement] = (state.all_agree[statement] - state.all_disagree[statement]) / seen if seen else 0.0


def _count_in_group(state: State, group: int, statement: int, value: int, by: int) -> None:
    if group == NOWHERE:
        return
    state.seen[group][statement] += by
    if value > 0:
        state.agree[group][statement] += by
    elif value < 0:
        state.disagree[group][statement] += by


def _place(state: State, one: Person) -> None:
    """Put somebody where their votes place them now, and into the nearest group once they have voted enough."""
    one.x, one.y = _scaled(state, one) if state.config.mode == "polis" else _ridge(state, one)
    one.included = one.included or _voted_enough(state, one)
    if one.included:
        one.label = _nearest(state.centres, one.x, one.y)


def _voted_enough(state: State, one: Person) -> bool:
    """Say whether somebody may be placed; whoever was placed once stays so."""
    if state.config.mode == "polis":
        cast, of_all = len(one.votes), state.n_voted
    else:
        cast, of_all = sum(map(state.shaping.__getitem__, one.votes)), state.n_shaping
    return cast >= max(1, min(state.config.min_votes, of_all))


def _ridge(state: State, one: Person) -> tuple[float, float]:
    """Solve the two equations of ``positions.ridge_positions`` for one person."""
    first, second = state.axes
    mean = state.mean
    lean_x = lean_y = cross = 0.0
    square_x = square_y = state.pull
    for statement, value in one.votes.items():
        x, y = first[statement], second[statement]
        centred = value - mean[statement]
        lean_x += centred * x
        lean_y += centred * y
        square_x += x * x
        cross += x * y
        square_y += y * y
    determinant = square_x * square_y - cross * cross
    return (square_y * lean_x - cross * lean_y) / determinant, (square_x * lean_y - cross * lean_x) / determinant


def _scaled(state: State, one: Person) -> tuple[float, float]:
    """Stretch as Polis does; what was moderated out counts as a vote of everybody."""
    first, second = state.axes
    kept = [(j, value - state.mean[j]) for j, value in one.votes.items() if state.shaping[j]]
    stretch = math.sqrt(state.n_voted / max(1, len(kept) + state.n_zeroed))
    return stretch * sum(x * first[j] for j, x in kept), stretch * sum(x * second[j] for j, x in kept)


def _nearest(centres: list[tuple[float, float]], x: float, y: float) -> int:
    best, least = NOWHERE, math.inf
    for group, (at_x, at_y) in enumerate(centres):
        distance = (x - at_x) ** 2 + (y - at_y) ** 2
        if distance < least:
            best, least = group, distance
    return best


def _move(state: State, one: Person, group_before: int) -> None:
    """Carry somebody's votes over from one group to the other."""
    for statement, value in one.votes.items():
        _count_in_group(state, group_before, statement, value, -1)
        _count_in_group(state, one.label, statement, value, 1)
    if group_before != NOWHERE:
        state.sizes[group_before] -= 1
    if one.label != NOWHERE:
        state.sizes[one.label] += 1
