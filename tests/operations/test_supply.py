"""Offers and needs from files, matched from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placeweave.formats.problems import Unreadable
from placeweave.operations.analyse import analyse
from placeweave.operations.supply import read_needs, read_offers

OFFERS = """id,title,kind,place,when,capacity
bus,Station minibus,seats,Harbour,Tuesday evenings,14
hall,Kirk hall,room,Braehead,,1
"""
NEEDS = """id,title,kind,place,when,quantity,priority
choir,A way home,seats,Harbour,,11,soon
shed,A lift,seats,Harbour,Tuesday evenings,6,pressing
loft,Warm room,kitchen,,,1,3
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two small files of a place."""
    offers, needs = tmp_path / "offers.csv", tmp_path / "needs.csv"
    offers.write_text(OFFERS, encoding="utf-8")
    needs.write_text(NEEDS, encoding="utf-8")
    return offers, needs


def run(*arguments: object) -> Result:
    return CliRunner().invoke(analyse, ["match", *map(str, arguments)])


def test_machines_are_told_pairs_unmet_spare_and_the_total(files: tuple[Path, Path]) -> None:
    answer = json.loads(run(*files, "--json").stdout)
    assert [(one["offer"], one["need"], one["amount"]) for one in answer["pairs"]] == [
        ("bus", "shed", 6.0),
        ("bus", "choir", 8.0),
    ]
    assert answer["pairs"][0]["reason"] == ["same place", "people left open", "same hours"]
    assert [(one["need"], one["left"]) for one in answer["unmet"]] == [("choir", 3.0), ("loft", 1.0)]
    assert [one["offer"] for one in answer["spare"]] == ["hall"]
    assert answer["total"] == pytest.approx(6 * 0.8 * 3 + 8 * 0.64 * 2)


def test_people_read_who_gets_what_and_who_goes_without(files: tuple[Path, Path]) -> None:
    said = run(*files).stdout
    for words in ("Station minibus (bus) -> A lift (shed)", "Not met: 2", "3 of 11  A way home", "Spare: 1"):
        assert words in said


def test_a_row_without_an_id_is_known_by_its_place_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "offers.csv"
    file.write_text("Type,Name\nroom,Kirk hall\n", encoding="utf-8")
    assert [(one.key, one.kind, one.capacity, one.title) for one in read_offers(file)] == [
        ("row 2", "room", 1.0, "Kirk hall")
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("id,title\na,b\n", "needs.csv has no column for the kind (such as kind); it has id, title."),
        ("id,kind\na,\n", "needs.csv, row 2: the kind is empty, and nothing is matched without one."),
        ("kind,quantity\nroom,some\n", "needs.csv, row 2: quantity is “some”; it must be a number from 0 up."),
        ("kind,priority\nroom,-3\n", "needs.csv, row 2: priority is “-3”; it must be a number from 0 up."),
        ("kind,quantity\nroom,nan\n", "needs.csv, row 2: quantity is “nan”; it must be a number from 0 up."),
        ("kind\n", "needs.csv holds no needs."),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    file = tmp_path / "needs.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable) as refusal:
        read_needs(file)
    assert str(refusal.value) == sentence


def test_an_id_that_comes_twice_is_refused_on_the_command_line(files: tuple[Path, Path]) -> None:
    files[0].write_text("id,kind\na,room\na,room\n", encoding="utf-8")
    answer = run(*files)
    assert answer.exit_code != 0
    assert "The offer a is there twice" in answer.output
