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


def test_organisations_of_two_files_are_matched_with_reasons(tmp_path: Path) -> None:
    head = "id,identifier,name,postcode\n"
    one, other = tmp_path / "a.csv", tmp_path / "b.csv"
    one.write_text(f"{head}x,GB-SC-SC012345,Otter Watch,ZE1 0AA\n", encoding="utf-8")
    other.write_text(f"{head}y,,The Otter Watch Ltd,ZE1 0AA\nz,GB-SC-SC012345,Sea Eagles,\n", encoding="utf-8")
    answer = json.loads(CliRunner().invoke(analyse, ["linkage", str(one), str(other), "--json"]).stdout)
    assert [(pair["a"], pair["b"], pair["tier"]) for pair in answer["pairs"]] == [
        ("x", "y", "auto"),
        ("x", "z", "review"),
    ]
    assert all(pair["reasons"] for pair in answer["pairs"])
    assert "Numbers and names disagree" in CliRunner().invoke(analyse, ["linkage", str(one), str(other)]).stdout


def test_a_table_without_names_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id,title\n1,x\n", encoding="utf-8")
    answer = CliRunner().invoke(analyse, ["linkage", str(file)])
    assert answer.exit_code == 1
    assert "no column" in answer.output
