"""Quality on openly licensed data, held to the figures of the documentation (quality, never time)."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, v_measure_score

from placeweave.engines.themes.propose import propose
from placeweave.engines.themes.records import Unit
from placeweave.engines.themes.report import analyse
from tests.shared_data import shared


@pytest.fixture(scope="module")
def banking() -> list[dict[str, str]]:
    with shared("themes/banking77.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_six_thousand_queries_at_their_true_number_reach_the_documented_quality(banking: list[dict[str, str]]) -> None:
    rows = [banking[i] for i in np.random.default_rng(0).permutation(len(banking))[:6_000]]
    units = [Unit(str(i), row["text"]) for i, row in enumerate(rows)]
    run = propose(units, themes=77)
    labels = [row["label"] for row in rows]
    found = [run.assignments.get(unit.id, "") for unit in units]
    assert v_measure_score(labels, found) >= 0.64
    assert adjusted_rand_score(labels, found) >= 0.32


def test_shuffled_rows_give_the_same_partition(banking: list[dict[str, str]]) -> None:
    units = [Unit(str(i), row["text"]) for i, row in enumerate(banking[::6])]
    order = np.random.default_rng(1).permutation(len(units))
    run, again = propose(units, themes=77), propose([units[i] for i in order], themes=77)
    assert again.fingerprint == run.fingerprint
    assert again.assignments == run.assignments


def test_all_of_banking77_at_77_themes_scores_at_least_three_fifths(banking: list[dict[str, str]]) -> None:
    result = analyse(banking, text_column="text", themes=77)
    found = [result["assignments"].get(str(i), "") for i in range(len(banking))]
    assert len(result["themes"]) == 77
    assert v_measure_score([row["label"] for row in banking], found) >= 0.60


def test_the_tray_stays_under_its_limit_where_no_number_is_asked_for(banking: list[dict[str, str]]) -> None:
    units = [Unit(str(i), row["text"]) for i, row in enumerate(banking[::8])]
    run = propose(units)
    assert len(run.unplaced) <= 0.15 * len(units)
    assert len(run.assignments) + len(run.unplaced) == len(units)
