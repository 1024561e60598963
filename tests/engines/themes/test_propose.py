"""A proposal is repeatable, traceable, and keeps what people decided."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from placeweave.engines.themes.propose import propose, split
from placeweave.engines.themes.records import Constraints, Run, Unit
from placeweave.engines.themes.words import root, telling

WORDS = st.sampled_from("bus late damp cold wall doctor wait school young lonely the and 🌧️ work".split())
UNITS = st.lists(st.lists(WORDS, max_size=5).map(" ".join), max_size=14).map(
    lambda texts: [Unit(str(i), text, speaker=f"p{i % 3}", group=f"g{i % 2}") for i, text in enumerate(texts)]
)


def partition(run: Run) -> set[tuple[object, ...]]:
    return {(theme.id, frozenset(theme.units), theme.terms, theme.quotes) for theme in run.themes}


@settings(max_examples=15, deadline=None)
@given(UNITS, st.randoms(use_true_random=False))
def test_any_row_order_gives_the_same_run(units: list[Unit], random: Random) -> None:
    shuffled = units[:]
    random.shuffle(shuffled)
    first, second = propose(units), propose(shuffled)
    assert first.fingerprint == second.fingerprint
    assert partition(first) == partition(second)
    assert set(first.unplaced) == set(second.unplaced)


@settings(max_examples=15, deadline=None)
@given(UNITS, st.integers(1, 20))
def test_every_unit_is_in_one_theme_or_in_the_tray(units: list[Unit], count: int) -> None:
    run = propose(units, themes=count)
    held = [unit for theme in run.themes for unit in theme.units] + list(run.unplaced)
    assert sorted(held) == sorted(unit.id for unit in units)
    assert len(run.themes) <= count


def test_words_with_nothing_in_common_are_put_together_to_the_number_asked_for() -> None:
    units = [Unit(str(i), text) for i, text in enumerate(["bus", "late", "damp", "pier"])]
    assert [len(propose(units, themes=count).themes) for count in (1, 2, 3, 4)] == [1, 2, 3, 4]


@settings(max_examples=15, deadline=None)
@given(UNITS)
def test_quotes_are_verbatim_slices_of_their_own_theme(units: list[Unit]) -> None:
    texts = {unit.id: unit.text for unit in units}
    for theme in propose(units, themes=3).themes:
        for quote in theme.quotes:
            assert quote.unit in theme.units
            assert 0 <= quote.start < quote.end <= len(texts[quote.unit])


def test_twice_in_one_process_gives_the_same_run(winter: list[Unit]) -> None:
    assert replace(propose(winter), seconds=0) == replace(propose(winter), seconds=0)


def test_ids_and_row_order_do_not_enter_the_fingerprint_but_words_and_parameters_do(winter: list[Unit]) -> None:
    run = propose(winter)
    assert propose([replace(unit, id=f"x{unit.id}") for unit in winter]).fingerprint == run.fingerprint
    assert propose(winter, level="fine").fingerprint != run.fingerprint
    assert propose(winter[1:]).fingerprint != run.fingerprint
    assert propose(winter, constraints=Constraints(apart=(("n0", "n1"),))).fingerprint != run.fingerprint


def test_fifty_workshop_notes_give_a_handful_of_useful_themes(winter: list[Unit]) -> None:
    run = propose(winter)
    assert 4 <= len(run.themes) <= 9
    assert sum(theme.size == 1 for theme in run.themes) <= 1
    assert len(run.unplaced) <= 0.15 * len(winter)
    assert {"bus", "heating", "GP"} <= {term for theme in run.themes for term in theme.terms}


def test_notes_that_nothing_was_tuned_on_are_grouped_better_than_by_chance(summer: list[tuple[str, Unit]]) -> None:
    run = propose([unit for _, unit in summer], themes=8)
    found = [run.assignments.get(unit.id, "") for _, unit in summer]
    assert adjusted_rand_score([subject for subject, _ in summer], found) > 0.12


def test_levels_nest_and_each_theme_names_its_parent(winter: list[Unit]) -> None:
    run = propose(winter)
    coarse, mid, fine = run.levels
    assert coarse.themes <= mid.themes <= fine.themes
    for inner, outer in ((fine, mid), (mid, coarse)):
        for units in inner.members.values():
            assert any(set(units) <= set(group) for group in outer.members.values())
    for theme in run.themes:
        assert set(theme.units) <= set(coarse.members[theme.parent])


@pytest.mark.parametrize("count", [1, 2, 7, 20, 49, 50])
def test_a_number_of_themes_is_met_exactly(winter: list[Unit], count: int) -> None:
    run = propose(winter, themes=count)
    assert len(run.themes) == count
    assert run.unplaced == ()


def test_more_themes_than_texts_is_said_in_words() -> None:
    run = propose([Unit("a", "bus"), Unit("b", "damp"), Unit("c", "bus")], themes=9)
    assert len(run.themes) == 2
    assert run.notes == ("9 themes were asked for; the 2 different texts and the decisions kept give 2.",)


def test_what_people_hold_together_stays_together_and_apart_stays_apart(winter: list[Unit]) -> None:
    run = propose(winter)
    first, second = run.themes[0].units[:2]
    stranger = run.themes[1].units[0]
    kept = propose(winter, constraints=Constraints(together=((first, stranger),), apart=((first, second),)), themes=6)
    assert kept.assignments[first] == kept.assignments[stranger]
    assert kept.assignments[first] != kept.assignments[second]


def test_units_of_equal_words_can_be_held_apart() -> None:
    units = [Unit("a", "The bus is late"), Unit("b", "The bus is late"), Unit("c", "The bus is late!")]
    run = propose(units, themes=1, constraints=Constraints(apart=(("a", "b"),)))
    assert run.assignments["a"] != run.assignments["b"]


def test_decisions_that_contradict_each_other_are_refused(winter: list[Unit]) -> None:
    with pytest.raises(ValueError, match="both together and apart"):
        propose(winter, constraints=Constraints(together=(("n0", "n1"), ("n1", "n2")), apart=(("n0", "n2"),)))


def test_decisions_about_withdrawn_units_are_passed_over(winter: list[Unit]) -> None:
    assert propose(winter, constraints=Constraints(together=(("n0", "gone"),))).n == 50


def test_parameters_without_sense_are_refused(winter: list[Unit]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        propose(winter, themes=0)
    with pytest.raises(ValueError, match="coarse, mid, fine"):
        propose(winter, level="deep")
    with pytest.raises(ValueError, match="same id"):
        propose([*winter, winter[0]])


def test_nobodys_lone_word_becomes_a_label(winter: list[Unit]) -> None:
    voices: dict[str, set[str]] = {}
    for unit in winter:
        for term in telling(unit.text):
            voices.setdefault(term, set()).add(unit.speaker)
    for count in (None, 5, 12):
        for theme in propose(winter, themes=count).themes:
            assert all(len(voices[" ".join(map(root, term.split()))]) >= 2 for term in theme.terms)


def test_one_person_repeating_a_rare_word_makes_no_label() -> None:
    rare = [Unit(f"r{i}", f"The zumba class was {word}", speaker="Ann") for i, word in enumerate(("off", "full"))]
    others = [Unit(f"o{i}", f"The class was {word}", speaker=f"p{i}") for i, word in enumerate(("dear", "good", "far"))]
    assert "zumba" not in {word for theme in propose(rare + others, themes=1).themes for word in theme.terms}


def test_quotes_take_each_speaker_once_and_a_second_group(winter: list[Unit]) -> None:
    people = {unit.id: unit for unit in winter}
    for theme in propose(winter).themes:
        speakers = [people[quote.unit].speaker for quote in theme.quotes]
        assert len(set(speakers)) == len(speakers)
        if len({people[unit].group for unit in theme.units}) > 1 and len(set(speakers)) > 1:
            assert len({people[quote.unit].group for quote in theme.quotes}) > 1


def test_the_same_saying_counts_once_and_its_quote_says_how_often() -> None:
    units = [Unit(str(i), "No bus on Sundays!" if i < 4 else f"Bus {i} is late again") for i in range(6)]
    (theme,) = propose(units, themes=1).themes
    assert len(theme.units) == 6
    assert theme.size == 3
    assert 4 in {quote.said_by for quote in theme.quotes}


def test_denying_a_thing_is_not_the_same_saying() -> None:
    said = [
        "The bus to the hospital in the next town runs on Sunday",
        "The bus to the hospital in the next town never runs on Sunday",
    ]
    (theme,) = propose([Unit(str(i), text) for i, text in enumerate(said)], themes=1).themes
    assert theme.size == 2


def test_a_long_contribution_is_quoted_by_one_sentence() -> None:
    filler = "Nothing much else to report from our end of the street this time round. " * 6
    units = [Unit("a", filler + "The damp flat is cold."), Unit("b", "damp flat"), Unit("c", "cold damp flat")]
    quote = next(quote for quote in propose(units, themes=1).themes[0].quotes if quote.unit == "a")
    assert units[0].text[quote.start : quote.end] == "The damp flat is cold."


def test_a_theme_splits_along_its_own_dendrogram_in_any_order(winter: list[Unit]) -> None:
    theme = max(propose(winter).themes, key=lambda theme: theme.size)
    own = [unit for unit in winter if unit.id in theme.units]
    first, second = split(own, parts=2), split(own[::-1], parts=2)
    assert len(first.themes) == 2
    assert partition(first) == partition(second)


def test_progress_is_told_from_nought_to_one(winter: list[Unit]) -> None:
    told: list[tuple[str, float]] = []
    propose(winter, progress=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
