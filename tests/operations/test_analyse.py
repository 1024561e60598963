"""An analysis runs from the command line on a file alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placeweave.operations.analyse import analyse

SAID = [
    "The last bus leaves town at six and then there is no way home.",
    "There is no evening bus so my mother stays at home.",
    "A later bus would let people come to the hall.",
    "The shed has a waiting list of two years.",
    "Men wait for a bench in the shed all winter.",
    "The waiting list at the shed is too long.",
] * 3


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.jsonl"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in SAID), encoding="utf-8")
    return file


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(analyse, ["themes", *map(str, arguments)])


def test_the_answer_for_machines_has_what_was_promised(notes: Path) -> None:
    answer = json.loads(ask(notes, "--themes", 2, "--json").stdout)
    assert {"embedder", "fingerprint", "themes", "assignments", "unplaced", "seconds"} <= set(answer)
    assert {"id", "terms", "size", "quotes"} <= set(answer["themes"][0])
    assert {*map(int, answer["assignments"]), *map(int, answer["unplaced"])} == set(range(len(SAID)))


def test_the_answer_for_people_is_a_table(notes: Path) -> None:
    answer = ask(notes, "--themes", 2)
    assert answer.exit_code == 0
    assert "2 proposed themes" in answer.stdout


def test_asking_for_a_column_that_is_not_there_names_those_that_are(notes: Path) -> None:
    answer = ask(notes, "--text-column", "words")
    assert answer.exit_code == 1  # click's own ending; the command makes it 2
    assert "text" in answer.output
    assert "Traceback" not in answer.output
