"""Applicants and quotas from files, chosen from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placeweave.engines.grouping.applicants import Quota, Rank
from placeweave.engines.grouping.cohort_report import place_in_line, reason
from placeweave.formats.problems import Unreadable
from placeweave.operations.analyse import analyse
from placeweave.operations.applications import read_applicants, read_quotas

APPLICANTS = """id,name,sector,place,organisation,applied
a1,Ann,health,north,NHS,2026-01-05
a2,Bob,health,north,NHS,2026-01-06
a3,Cat,health,south,NHS,2026-01-07
a4,Dan,police,south,Police,2026-02-01
a5,Eve,third,north,Shed,2026-02-03
a6,Fay,third,south,Hall,2026-03-01
a7,Gus,health,south,NHS,2026-01-01
"""
QUOTAS = "aspect,value,least,most\nsector,health,,2\nsector,third,1,\nsector,fire,1,\norganisation,*,,2\n"


def written(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path, "applicants.csv", APPLICANTS), written(tmp_path, "quotas.csv", QUOTAS)


def run(applicants: Path, quotas: Path, *arguments: object) -> Result:
    return CliRunner().invoke(
        analyse, ["cohort", str(applicants), "--quotas", str(quotas), *[str(one) for one in arguments]]
    )


def test_machines_are_told_members_waiting_shortfalls_and_proof(files: tuple[Path, Path]) -> None:
    answer = json.loads(run(*files, "--places", 4, "--json").stdout)
    assert answer["members"] == ["a7", "a1", "a4", "a5"]
    assert [one["id"] for one in answer["waiting"]] == ["a2", "a6", "a3"]
    assert answer["waiting"][0]["reason"].startswith(
        "Chosen though they have waited less: 2. "
        "In place of the last of them, sector health would have 3 (at most 2 wanted); "
    )
    assert answer["waiting"][1]["reason"] == (
        "Everybody chosen has waited longer. 1st in line for a place of sector third; 7th of all by waiting time."
    )
    assert [one["words"] for one in answer["shortfalls"]] == [
        "sector fire has 0, at least 1 wanted, 1 too few: nobody of it applied."
    ]
    assert answer["proved"] is True


def test_people_read_who_is_in_who_waits_and_the_rule(files: tuple[Path, Path]) -> None:
    told = run(*files, "--places", 4).stdout
    assert "4 of 7 applicants for 4 places:\n    1  Gus (a7)" in told
    assert "whoever has waited longest is in" in told
    assert "Provably best by this rule" in told


def test_everybody_is_in_where_there_is_room(files: tuple[Path, Path]) -> None:
    told = CliRunner().invoke(analyse, ["cohort", str(files[0]), "--places", "9"]).stdout
    assert "All quotas are met." in told
    assert "Nobody waits." in told


def test_days_and_dates_tell_how_long_somebody_has_waited(tmp_path: Path, files: tuple[Path, Path]) -> None:
    ann, *_rest = read_applicants(files[0])
    assert (ann.waited, ann.name, ann.traits["place"]) == (55.0, "Ann", "north")
    days = read_applicants(written(tmp_path, "d.csv", "id,waited\na,12\nb,\n"))
    assert [one.waited for one in days] == [12.0, 0.0]


def test_quotas_are_read_by_their_usual_names(tmp_path: Path) -> None:
    assert read_quotas(written(tmp_path, "q.csv", "Column,Value,Min,Max\nsector,health,2,4\nplace,each,1,\n")) == [
        Quota("sector", "health", 2, 4),
        Quota("place", "*", 1, None),
    ]


def test_every_reason_to_wait_has_a_sentence() -> None:
    assert reason(Rank("a", "", 1, 21, "lot")) == "Everybody chosen has waited longer, or as long with a better lot."
    assert "Whether a better choice exists is not known." in reason(Rank("a", "", 1, 2, "unsettled", 3))
    assert place_in_line(Rank("a", "", 1, 21, "lot"), "") == "1st in line; 21st of all by waiting time."
    assert place_in_line(Rank("a", "fire", 12, 113, "lot"), "sector fire") == (
        "12th in line for a place of sector fire; 113th of all by waiting time."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("aspect,value\nsector,health\n", r"no column for the least or most \(such as least\); it has aspect, value"),
        ("aspect,value,least\nsector,health,two\n", "row 2: least is “two”; it must be a whole number from 0 up"),
        ("aspect,value,least\nsector,,2\n", "row 2: value is empty; it may not be empty"),
        ("aspect,value,least,most\nsector,x,3,2\n", "row 2: least is “3”; it is above the most, 2"),
        ("aspect,value,least\nsector,x,3\nsector,x,2\n", "row 3: value is “x”; there is a quota for this sector"),
    ],
)
def test_quotas_that_cannot_be_read_are_refused_in_one_sentence(content: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=words):
        read_quotas(written(tmp_path, "quotas.csv", content))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id,applied\na,soon\n", "row 2: applied is “soon”; it must be a day such as 2026-03-31"),
        ("id,waited\na,-3\n", "row 2: waited is “-3”; it must be a whole number from 0 up"),
        ("id,waited\na,3\na,4\n", "row 3: id is “a”; it is there already"),
        ("id,waited\na,3\n", r"no column for the sector that a quota speaks of \(such as sector\)"),
    ],
)
def test_applicants_that_cannot_be_read_are_refused_in_one_sentence(content: str, words: str, tmp_path: Path) -> None:
    quotas = [Quota("sector", "x", 1)] if "speaks of" in words else []
    with pytest.raises(Unreadable, match=words):
        read_applicants(written(tmp_path, "applicants.csv", content), quotas)
