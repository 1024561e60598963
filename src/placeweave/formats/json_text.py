"""Reading JSON from strangers: bounded, exact, and refused in one sentence that says where and what was expected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from placeweave.formats import limits
from placeweave.formats.problems import Unreadable
from placeweave.formats.text import decode, is_storable, storable


def read_json(content: bytes, name: str, expected: str) -> tuple[Any, tuple[str, ...]]:
    """Give what a JSON file holds, numbers as exact decimals, and what had to be done to read its text.

    Parameters
    ----------
    expected
        How a sentence of refusal goes on: "a services feed was expected".

    Raises
    ------
    Unreadable
        If it is not JSON, is nested deeper than any such file, or holds numbers that nothing could hold.
    """
    limits.refuse_oversized(content, name)
    decoded = decode(content, name)
    try:
        parsed = json.loads(decoded.text, parse_int=Decimal, parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError as fault:
        raise Unreadable(
            f"{name} is not valid JSON: line {fault.lineno}, column {fault.colno}: {fault.msg}; {expected}."
        ) from fault
    except (RecursionError, ArithmeticError, ValueError) as fault:
        raise Unreadable(f"{name} is JSON of a kind that no such file needs; {expected}.") from fault
    return parsed, decoded.notes


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")


def unstorable(value: Any) -> str:
    """Name the first field, by its path, whose text no database can hold (a NUL or half of a pair); else nothing."""
    return next((storable(path) for path, text in _texts(value) if not is_storable(text)), "")


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Walk every text of a value with its path, in order, however deep it lies."""
    waiting = [("", value)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, str):
            yield path, one
        elif isinstance(one, dict):
            inner = [(f"{path}/{key}" if path else str(key), key, told) for key, told in one.items()]
            yield from ((where, str(key)) for where, key, _told in inner)
            waiting += [(where, told) for where, _key, told in reversed(inner)]
        elif isinstance(one, list):
            waiting += [(path, told) for told in reversed(one)]
