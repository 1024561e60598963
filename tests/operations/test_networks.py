"""A network of partners is measured from the command line on a file alone, whichever of three kinds it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placeweave.operations.analyse import analyse

SECTOR = {"shed": "community", "school": "education", "police": "policing", "fire": "fire"}
TIES = [("shed", "school", 3), ("school", "police", 1), ("police", "fire", 4), ("shed", "fire", 2)]
GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="sector" attr.type="string"/>
<key id="d1" for="edge" attr.name="level" attr.type="int"/>
<graph edgedefault="undirected">{nodes}{edges}</graph></graphml>"""


def as_graphml() -> str:
    nodes = "".join(f'<node id="{key}"><data key="d0">{sector}</data></node>' for key, sector in SECTOR.items())
    edges = "".join(f'<edge source="{a}" target="{b}"><data key="d1">{n}</data></edge>' for a, b, n in TIES)
    return GRAPHML.format(nodes=nodes, edges=edges)


def as_json() -> str:
    return json.dumps(
        {
            "partners": [{"id": key, "sector": sector} for key, sector in SECTOR.items()],
            "ties": [{"source": a, "target": b, "level": n} for a, b, n in TIES],
            "answered": ["shed", "school"],
        }
    )


def as_csv() -> str:
    rows = [f"{a},{b},{n},{SECTOR[a]},{SECTOR[b]}" for a, b, n in TIES]
    return "\n".join(["source,target,level,source_sector,target_sector", *rows]) + "\n"


WRITTEN = {"ties.graphml": as_graphml, "ties.json": as_json, "ties.csv": as_csv}


def ask(folder: Path, name: str, content: str, *options: object) -> Result:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return CliRunner().invoke(analyse, ["network", str(file), *map(str, options)])


@pytest.mark.parametrize("name", WRITTEN)
def test_each_kind_of_file_gives_the_same_network(name: str, tmp_path: Path) -> None:
    answer = json.loads(ask(tmp_path, name, WRITTEN[name](), "--by", "sector", "--json").stdout)
    assert (answer["ties"], answer["components"], answer["silos"]["index"]) == (4, 1, 1.0)
    assert {one["key"] for one in answer["partners"]} == set(SECTOR)


def test_the_answer_for_machines_carries_its_flags(tmp_path: Path) -> None:
    answer = json.loads(ask(tmp_path, "ties.json", as_json(), "--by", "sector", "--json").stdout)
    assert {"incomplete", "no_clear_core"} <= set(answer["flags"])
    assert answer["coverage"]["rate"] == 0.5
    unknown = json.loads(ask(tmp_path, "ties.csv", as_csv(), "--by", "sector", "--json").stdout)
    assert "response_unknown" in unknown["flags"]


def test_the_answer_for_people_is_a_table_that_says_what_is_missing(tmp_path: Path) -> None:
    answer = ask(tmp_path, "ties.json", as_json(), "--by", "sector")
    assert answer.exit_code == 0
    assert "INCOMPLETE" in answer.stdout
    assert "E-I index by sector: 1.000" in answer.stdout


def test_the_level_that_is_a_tie_can_be_raised(tmp_path: Path) -> None:
    answer = json.loads(ask(tmp_path, "ties.csv", as_csv(), "--by", "sector", "--at-least", 3, "--json").stdout)
    assert answer["ties"] == 2


def test_asking_by_what_is_not_there_names_what_is(tmp_path: Path) -> None:
    answer = ask(tmp_path, "ties.csv", as_csv(), "--by", "colour")
    assert answer.exit_code == 1
    assert "sector" in answer.output


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "[1, 2]"),
        ("a.json", "{"),
        ("a.json", '{"partners": [], "ties": [["a"]]}'),
        ("a.json", '{"partners": [{"name": "a"}], "ties": []}'),
        ("a.json", '{"partners": [], "ties": [{"source": "a", "target": "b", "level": "much"}]}'),
        ("a.json", '{"partners": ' + "[" * 100_000),
        ("a.json", '{"partners": ["a"], "ties": [5, null]}'),
        ("a.json", '{"partners": [], "ties": [{"source": "a", "target": "b", "level": [1]}]}'),
        ("a.graphml", '<?xml version="1.0" encoding="x-none"?><graphml/>'),
        ("a.graphml", "<graphml>"),
        ("a.graphml", '<!DOCTYPE g [<!ENTITY a "b">]><graphml>&a;</graphml>'),
        ("a.csv", "source,level\na,2\n"),
    ],
)
def test_a_file_that_is_no_network_is_refused_in_words(name: str, content: str, tmp_path: Path) -> None:
    answer = ask(tmp_path, name, content, "--by", "sector")
    assert answer.exit_code != 0
    assert type(answer.exception).__name__ in {"Unreadable", "SystemExit"}
