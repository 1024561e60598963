"""People, tables and rules from files, seated from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from placeweave.engines.grouping.records import Person, Seat, Table
from placeweave.formats.problems import Unreadable
from placeweave.operations.analyse import analyse
from placeweave.operations.seatings import read_pairs, read_people, read_seats, read_sittings, read_tables

PEOPLE = """id,name,organisation,sector,needs,brings,host
a,Ann,Shed,third,Polish; signing,,
b,Bob,Shed,third,,Polish; signing,2
c,Cat,Hall,public,,,
d,Dan,Hall,public,,,
e,Eve,,public,,,
f,Fay,,third,,,
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return written(tmp_path, "people.csv", PEOPLE)


def written(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(analyse, ["groups", *map(str, arguments)])


def answer(*arguments: object) -> dict[str, Any]:
    found = run(*arguments, "--json")
    assert found.exit_code == 0, found.output
    read: dict[str, Any] = json.loads(found.stdout)
    return read


def test_machines_are_told_tables_figures_and_bounds(people: Path) -> None:
    found = answer(people, "--size", 3, "--rounds", 2, "--organisation-column", "organisation", "--seed", 1)
    assert {
        "rounds", "same_organisation_meetings", "repeat_cost", "lower_bound", "proved", "distinct_contacts", "explain",
        "seconds",
    } <= set(found)  # fmt: skip
    assert [sorted(key for table in one["tables"] for key in table) for one in found["rounds"]] == [list("abcdef")] * 2
    assert all("b" in one["tables"][1] for one in found["rounds"])  # the host
    assert found["cost"] == 3 * found["same_organisation_meetings"] + found["repeat_cost"] >= found["lower_bound"]
    assert all(isinstance(one, str) for one in found["explain"])


def test_the_same_file_and_seed_give_the_same_answer(people: Path) -> None:
    once, again = (answer(people, "--size", 3, "--seed", 5) for _ in range(2))
    once.pop("seconds")
    again.pop("seconds")
    assert once == again


def test_people_read_names_at_tables_and_whether_it_is_best(people: Path) -> None:
    told = run(people, "--size", 2)
    assert told.exit_code == 0
    assert "Round 1\n  table  1  " in told.stdout
    assert "Ann" in told.stdout
    assert "Provably best" in told.stdout


def test_every_rule_has_a_file(people: Path, tmp_path: Path) -> None:
    found = answer(
        people,
        *("--rounds", 2, "--mix", "sector"),
        *("--tables", written(tmp_path, "tables.csv", "seats,offers\n2,\n2,loop\n2,\n")),
        *("--apart", written(tmp_path, "apart.csv", "one,other\nc,f\n")),
        *("--together", written(tmp_path, "together.csv", "one,other\nd,f\n")),
        *("--fixed", written(tmp_path, "fixed.csv", "round,table,id\n2,3,c\n")),
        *("--history", written(tmp_path, "history.csv", "one,other,times\na,c,2\nc,gone,\n")),
    )
    for one in found["rounds"]:
        at = {key: table for table, keys in enumerate(one["tables"]) for key in keys}
        assert at["a"] == 1
        assert at["c"] != at["f"]
        assert at["d"] == at["f"]
    assert "c" in found["rounds"][1]["tables"][2]
    assert found["repeat_cost"] >= 1


def test_a_given_plan_is_mended_and_the_moves_are_told(people: Path, tmp_path: Path) -> None:
    rows = "".join(f"{number},{table},{key}\n" for number in (1, 2) for table, keys in ((1, "acdg"), (2, "bef"))
                   for key in keys)  # fmt: skip
    given = written(tmp_path, "given.csv", f"round,table,id\n{rows}")
    short = written(tmp_path, "here.csv", "id,organisation\na,Shed\nc,Hall\nd,Hall\ng,Hall\nb,Shed\n")
    found = answer(short, "--size", 3, "--given", given, "--played", 1)
    assert found["rounds"][0]["tables"] == [list("acdg"), list("bef")]
    (moved,) = found["moved"]
    assert (moved["round"], moved["from"], moved["to"]) == (2, 1, 2)
    assert moved["id"] in {"c", "d", "g"}
    assert found["has_fewest_moves"]


def test_what_people_and_tables_say_is_read(people: Path, tmp_path: Path) -> None:
    ann, bob, *_others = read_people(people, mixed=["sector"])
    assert ann == Person("a", "Shed", {"sector": "third"}, frozenset({"signing", "Polish"}), name="Ann")
    assert (bob.host_of, bob.brings) == (1, frozenset({"signing", "Polish"}))
    assert read_tables(written(tmp_path, "t.csv", "Size\n4\n3\n")) == [Table(4), Table(3)]
    assert read_seats(written(tmp_path, "s.csv", "id,round,table\na,2,1\n"), {"a"}) == [Seat("a", 1, 0)]


def test_seats_of_the_past_are_put_together_by_session_and_round(tmp_path: Path) -> None:
    file = written(tmp_path, "h.csv", "session,round,table,id\nB,1,1,a\nA,2,1,b\nA,10,2,c\nA,2,1,a\nA,10,2,b\n")
    assert read_sittings(file) == [[["b", "a"]], [[], ["c", "b"]], [["a"]]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id,organisation\n", "holds no people"),
        ("organisation\nShed\n", r"no column for the person \(such as id\); it has organisation"),
        ("id\na\n\na\n", r"people.csv, row 4: id is “a”; it is there already"),
        ("id,host\na,1\nb,second\n", "people.csv, row 3: host is “second”; it must be a whole number from 1 up"),
        ("id,host\na,0\n", "people.csv, row 2: host is “0”"),
        ("id,organisation\n,Shed\n", "people.csv, row 2: id is empty; it may not be empty"),
        ("id\na,Shed\n", "people.csv, row 2: “Shed” stands beyond the last column"),
    ],
)
def test_a_table_of_people_that_cannot_be_read_is_refused_in_one_sentence(
    content: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable, match=words):
        read_people(written(tmp_path, "people.csv", content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("one,other\na,zoe\n", "pairs.csv, row 2: other is “zoe”; nobody of that id is among the people"),
        ("one,other\na,a\n", "pairs.csv, row 2: other is “a”; a pair needs two people"),
        ("one\na\n", r"no column for the second person \(such as other\)"),
    ],
)
def test_pairs_that_cannot_be_read_are_refused_in_one_sentence(content: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=words):
        read_pairs(written(tmp_path, "pairs.csv", content), {"a", "b"})


def test_a_column_that_is_not_there_is_named_with_those_that_are(people: Path) -> None:
    with pytest.raises(Unreadable, match=r"no column for the organisation \(such as employer\); it has id, name"):
        read_people(people, "employer")
    with pytest.raises(Unreadable, match=r"no column for the trait to mix \(such as age\)"):
        read_people(people, mixed=["age"])


def test_impossible_rules_end_in_one_sentence(people: Path, tmp_path: Path) -> None:
    apart = written(tmp_path, "apart.csv", "one,other\na,b\n")
    refused = run(people, "--size", 3, "--apart", apart)
    assert refused.exit_code == 1  # click's own ending; the command makes it 2
    assert "Traceback" not in refused.output
    told = refused.output.replace("\n", " ")
    assert (
        "Round 1 cannot be seated at 2 tables of up to 3 seats: Ann and Bob are to sit apart; "
        "Ann needs signing, which only table 2 offers; and Bob hosts table 2."
    ) in told


def test_a_size_or_tables_must_be_given_and_not_both(people: Path) -> None:
    assert "Say how large tables are with --size" in run(people).output
