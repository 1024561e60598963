"""The files of the example place, read once for the claims that are made about them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "src" / "placeweave" / "example"
Record = dict[str, Any]


def read(name: str) -> Record:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def by_key(records: Iterable[Record]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for record in records:
        assert record["key"] not in found, f"{record['key']} is there twice"
        found[record["key"]] = record
    return found


PLACE = read("place.toml")
NEIGHBOURHOODS = by_key(PLACE["neighbourhood"])
ORGANISATIONS = by_key(read("organisations.toml")["organisation"])
PEOPLE = by_key(read("people.toml")["person"])
CONVERSATIONS = by_key(read("conversations.toml")["conversation"])
CONTRIBUTIONS = by_key(
    record
    for path in sorted((FOLDER / "contributions").glob("*.toml"))
    for record in read(f"contributions/{path.name}")["contribution"]
)
THEME_FILE = read("themes.toml")
THEMES = by_key(THEME_FILE["theme"])
QUOTES = by_key(quote | {"theme": theme["key"]} for theme in THEMES.values() for quote in theme["quotes"])
VOTING = read("statements.toml")
STATEMENTS = by_key(VOTING["statement"])
PIECES = by_key(read("pieces.toml")["piece"])
NEEDS = by_key(read("needs.toml")["need"])
TIES = read("ties.toml")["tie"]
GRANTS = read("grants.toml")
PURPOSE = read("purpose.toml")
COMMITMENTS = by_key(read("commitments.toml")["commitment"])
HEARD = read("what_we_heard.toml")
CURRENT_THEMES = {key for key, theme in THEMES.items() if theme["status"] != "retired"}
SPOKEN = {key: record for key, record in CONTRIBUTIONS.items() if "withdrawn_day" not in record}


def every_text(value: Any) -> Iterator[str]:
    """Walk all texts of a file but the words of quotes."""
    if isinstance(value, dict):
        is_quote = "contribution" in value
        for name, part in value.items():
            if not (is_quote and name == "words"):
                yield from every_text(part)
    elif isinstance(value, list):
        for part in value:
            yield from every_text(part)
    elif isinstance(value, str):
        yield value


def every_file() -> Iterator[Path]:
    return FOLDER.rglob("*.toml")


def shingles(text: str, length: int = 5) -> set[tuple[str, ...]]:
    words = [word.strip("'") for word in re.findall(r"[\w']+", text.lower())]
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def themes_under(commitment: Record) -> set[str]:
    """Give the themes a commitment rests on, by itself or through its needs and quotes."""
    needs = [NEEDS[key] for key in commitment.get("needs", [])]
    quotes = [*commitment.get("quotes", []), *(key for need in needs for key in need.get("quotes", []))]
    direct = {*commitment.get("themes", []), *(key for need in needs for key in need["themes"])}
    return direct | {QUOTES[key]["theme"] for key in quotes}


def references() -> Iterator[tuple[str, str, dict[str, Record]]]:
    """Yield every reference there is, as where it stands, what it names and what that should be among."""
    kinds = {
        "neighbourhood": NEIGHBOURHOODS,
        "organisation": ORGANISATIONS,
        "asked_by": ORGANISATIONS,
        "person": PEOPLE,
        "conversation": CONVERSATIONS,
        "host": PEOPLE,
        "by": PEOPLE,
        "author": PEOPLE,
        "decided_by": PEOPLE,
        "made_by": PEOPLE,
        "said_by": PEOPLE,
        "reported_by": PEOPLE,
        "contribution": CONTRIBUTIONS,
        "theme": THEMES,
    }
    lists = {
        "themes": THEMES,
        "quotes": QUOTES,
        "needs": NEEDS,
        "pieces": PIECES,
        "conversations": CONVERSATIONS,
        "together_with": ORGANISATIONS,
        "invited": ORGANISATIONS,
    }

    def walk(where: str, value: Any) -> Iterator[tuple[str, str, dict[str, Record]]]:
        for name, part in value.items() if isinstance(value, dict) else ():
            if name in kinds and isinstance(part, str):
                yield f"{where}/{name}", part, kinds[name]
            elif name in lists and isinstance(part, list) and all(isinstance(one, str) for one in part):
                yield from ((f"{where}/{name}", one, lists[name]) for one in part)
            for one in part if isinstance(part, list) else [part]:
                yield from walk(f"{where}/{name}", one)

    for path in every_file():
        yield from walk(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
