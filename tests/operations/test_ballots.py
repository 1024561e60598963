"""Votes are read from a Polis export or from a table, and a file that is neither is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placeweave.formats.problems import Unreadable
from placeweave.operations.analyse import analyse
from placeweave.operations.ballots import read_ballots

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1500000000,,0,9,2,0,1,More benches
1500000001,,1,9,0,2,-1,Fewer benches
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1500000010,,0,1,1
1500000011,,0,2,1
1500000012,,1,1,1
1500000013,,1,1,-1
"""


def table(folder: Path, text: str, name: str = "votes.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(analyse, ["opinion", *map(str, arguments)])


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "export").mkdir()
    table(tmp_path / "export", COMMENTS, "comments.csv")
    table(tmp_path / "export", VOTES, "votes.csv")
    return tmp_path / "export"


def test_of_an_export_the_last_votes_and_what_was_moderated_are_read(export: Path) -> None:
    ballots = read_ballots(export)
    votes = set(zip(ballots.participant, ballots.statement, ballots.value, strict=True))
    assert votes == {("1", "0", 1), ("2", "0", 1), ("1", "1", -1)}
    assert ballots.out == {"1"}


@pytest.mark.parametrize("header", ["participant,statement,value", "Voter-ID,comment_id,Vote", "user,tid,answer"])
def test_a_table_may_spell_its_columns_in_many_ways(tmp_path: Path, header: str) -> None:
    ballots = read_ballots(table(tmp_path, f"{header}\na,1,agree\nb,1,-1\nb,2,pass\n"))
    assert ballots.participant == ["a", "b", "b"]
    assert ballots.statement == ["1", "1", "2"]
    assert ballots.value == [1, -1, 0]
    assert ballots.order is None


@pytest.mark.parametrize("times", [("9", "10"), ("2024-01-09", "2024-01-10"), ("9.5", "10.25")])
def test_times_decide_which_vote_is_the_last(tmp_path: Path, times: tuple[str, str]) -> None:
    text = f"participant,statement,value,time\na,1,1,{times[1]}\na,1,-1,{times[0]}\n"
    order = read_ballots(table(tmp_path, text)).order
    assert order is not None
    assert order[0] > order[1]


def test_times_that_cannot_all_be_read_are_no_order(tmp_path: Path) -> None:
    assert read_ballots(table(tmp_path, "participant,statement,value,time\na,1,1,9\nb,1,1,noon\n")).order is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("participant,value\na,1\n", "no column for the statement"),
        ("participant,statement,value\na,1,maybe\n", "row 2: maybe is not a vote"),
        ("participant,statement,value\n,1,1\n", "needs a participant"),
        ("participant,statement,value\n", "holds no votes"),
    ],
)
def test_what_is_no_table_of_votes_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(Unreadable, match=complaint):
        read_ballots(table(tmp_path, text))


def test_the_answer_for_machines_comes_from_either(export: Path) -> None:
    for path in (export, export / "votes.csv"):
        answer = json.loads(ask(path, "--json").stdout)
        assert (answer["participants"], answer["votes"], answer["mode"]) == (2, 3, "own")


def test_the_answer_for_people_is_a_table(export: Path) -> None:
    answer = ask(export, "--mode", "polis")
    assert answer.exit_code == 0
    assert "Short list:" in answer.stdout


def test_the_answer_for_everybody_names_nobody(export: Path) -> None:
    assert json.loads(ask(export, "--public", "--json").stdout)["labels"] == {}
