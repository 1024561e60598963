"""Background analyses: asked for once, kept once, and known to be out of date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from placeweave.kit import analyses
from placeweave.kit.analyses import Finding, Kind, Parameters, Report
from placeweave.kit.errors import NotReady
from placeweave.kit.models import Analysis
from placeweave.places.models import Member, Organisation

pytestmark = pytest.mark.django_db(transaction=True)
kept: list[int] = []


def names(place_id: int, parameters: Parameters) -> list[str]:
    return list(Organisation.objects.filter(place_id=place_id).order_by("pk").values_list("name", flat=True))


def count(place_id: int, parameters: Parameters, report: Report) -> Finding:
    report("counting", 0.5)
    found = names(place_id, parameters)
    if "trouble" in found:
        raise NotReady("There is nothing to count yet.")
    if "boom" in found:
        raise RuntimeError
    return Finding({"count": len(found)}, n=len(found))


@pytest.fixture(autouse=True)
def _counting() -> Iterator[None]:
    kept.clear()
    analyses.register(
        Kind("count", "counter@1", names, "tests.kit.test_analyses.count", lambda analysis: kept.append(analysis.pk))
    )
    yield
    analyses._kinds.pop("count")


@pytest.fixture
def convener(member_with: Any) -> Member:
    made: Member = member_with()
    return made


def asked(convener: Member, **parameters: object) -> Analysis:
    analysis = analyses.ask_for(place_id=convener.place_id, kind="count", parameters=parameters, by=convener)
    analysis.refresh_from_db()
    return analysis


def test_an_answer_says_what_it_was_computed_from(convener: Member) -> None:
    Organisation.objects.create(place=convener.place, name="Shed")
    analysis = asked(convener, seed=7)
    assert (analysis.state, analysis.result, analysis.n) == (Analysis.State.DONE, {"count": 1}, 1)
    assert (analysis.engine, analysis.seed, len(analysis.fingerprint)) == ("counter@1", 7, 64)


def test_the_same_question_over_the_same_data_is_answered_once(convener: Member) -> None:
    assert asked(convener).pk == asked(convener).pk
    assert len(kept) == 1


def test_other_parameters_are_another_question(convener: Member) -> None:
    assert asked(convener, level="fine").pk != asked(convener, level="coarse").pk


def test_an_answer_is_out_of_date_once_the_data_changed(convener: Member) -> None:
    analysis = asked(convener)
    assert not analyses.is_out_of_date(analysis)
    Organisation.objects.create(place=convener.place, name="Shed")
    assert analyses.is_out_of_date(analysis)
    assert asked(convener).pk != analysis.pk


def test_an_older_answer_is_not_taken_up_again(convener: Member) -> None:
    first = asked(convener)
    shed = Organisation.objects.create(place=convener.place, name="Shed")
    second = asked(convener)
    shed.delete()
    third = asked(convener)
    assert len({first.pk, second.pk, third.pk}) == 3
    assert kept == [first.pk, second.pk, third.pk]


def test_running_a_finished_analysis_again_changes_nothing(convener: Member) -> None:
    analysis = asked(convener)
    analyses.run_analysis.call(analysis.pk)
    assert kept == [analysis.pk]


def test_a_refusal_is_told_in_its_own_sentence_and_may_be_tried_again(convener: Member) -> None:
    Organisation.objects.create(place=convener.place, name="trouble")
    analysis = asked(convener)
    assert (analysis.state, analysis.failure) == (Analysis.State.FAILED, "There is nothing to count yet.")
    assert asked(convener).pk != analysis.pk


def test_a_fault_is_told_without_its_innards(convener: Member) -> None:
    Organisation.objects.create(place=convener.place, name="boom")
    analysis = asked(convener)
    assert analysis.state == Analysis.State.FAILED
    assert "RuntimeError" not in analysis.failure


def test_i2_a_forgotten_answer_keeps_nothing_and_does_not_come_back(convener: Member) -> None:
    analysis = asked(convener)
    analyses.forget(place_id=convener.place_id, kinds=["count"])
    analysis.refresh_from_db()
    assert (analysis.state, analysis.result) == (Analysis.State.FORGOTTEN, None)
    analyses.run_analysis.call(analysis.pk)
    analysis.refresh_from_db()
    assert analysis.result is None
