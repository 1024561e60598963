"""Read a network of partners from a file: a table of ties, JSON, or GraphML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from placeweave.engines.network import PartnerNet, Tie
from placeweave.formats import limits
from placeweave.formats.json_text import read_json
from placeweave.formats.problems import Unreadable
from placeweave.operations.rows import read_rows

LEVELS = ("level", "weight")
Record = Mapping[str, Any]


def read_network(file: Path) -> PartnerNet:
    """Read partners, ties and what partners are.

    A table has one tie a row: ``source``, ``target`` and, if it likes, ``level``; columns ``source_<name>`` and
    ``target_<name>`` say what the two are. JSON has ``partners`` (or ``nodes``: objects with ``id``), ``ties`` (or
    ``edges``, ``links``) and, if it likes, ``answered``. GraphML gives the attributes of its nodes.

    Raises
    ------
    Unreadable
        If the file is none of these, or a tie is not whole.
    """
    ending = file.suffix.lower()
    if ending == ".graphml":
        return _from_graphml(file)
    return _from_json(file) if ending == ".json" else _from_table(file)


def _from_table(file: Path) -> PartnerNet:
    told: dict[str, dict[str, Any]] = {}
    ties = []
    for number, row in enumerate(read_rows(file), start=2):
        ties.append(_tie(row, f"row {number}"))
        for end in ("source", "target"):
            mine = told.setdefault(str(row[end]), {})
            mine |= {name[len(end) + 1 :]: row[name] for name in row if name.startswith(f"{end}_") and row[name]}
    return _net(told, ties)


def _from_json(file: Path) -> PartnerNet:
    record, _notes = read_json(file.read_bytes(), file.name, "one object with partners and ties was expected")
    if not isinstance(record, dict):
        raise Unreadable(f"{file.name} must hold one object with partners and ties.")
    nodes = _first(record, ("partners", "nodes"))
    edges = _first(record, ("ties", "edges", "links"))
    told = {_name(node): dict(node) if isinstance(node, Mapping) else {} for node in nodes}
    ties = [_tie(edge, f"tie {number}") for number, edge in enumerate(edges, start=1)]
    for one in ties:
        told.setdefault(str(one.source), {})
        told.setdefault(str(one.target), {})
    answered = record.get("answered")
    return _net(told, ties, {str(key) for key in answered} if isinstance(answered, list) else None)


def _first(record: Record, names: Iterable[str]) -> list[Any]:
    for name in names:
        if isinstance(record.get(name), list):
            found: list[Any] = record[name]
            limits.refuse_too_many_rows(len(found), name)
            return found
    raise Unreadable(f"There is no list of {' or '.join(names)} in this file.")


def _name(node: Any) -> str:
    if isinstance(node, Mapping):
        if "id" not in node:
            raise Unreadable("Each partner needs an id.")
        return str(node["id"])
    return str(node)


def _from_graphml(file: Path) -> PartnerNet:
    content = file.read_bytes()
    if len(content) > limits.MAX_BYTES:
        raise Unreadable(f"{file.name} is larger than {limits.megabytes(limits.MAX_BYTES)}.")
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, LookupError) as error:  # LookupError: an unknown encoding
        raise Unreadable(f"{file.name} is not sound GraphML.") from error
    names = {key.get("id"): key.get("attr.name", key.get("id")) for key in root.iterfind("{*}key")}
    told = {str(node.get("id")): _said(node, names) for node in root.iterfind(".//{*}node")}
    edges = [
        {"source": edge.get("source"), "target": edge.get("target")} | _said(edge, names)
        for edge in root.iterfind(".//{*}edge")
    ]
    limits.refuse_too_many_rows(len(edges), file.name)
    return _net(told, [_tie(edge, f"edge {number}") for number, edge in enumerate(edges, start=1)])


def _said(element: Element, names: Mapping[str | None, str | None]) -> dict[str, Any]:
    return {str(names.get(told.get("key"))): told.text or "" for told in element.iterfind("{*}data")}


def _tie(record: Any, where: str) -> Tie:
    ends = (record.get("source"), record.get("target")) if isinstance(record, Mapping) else _pair(record)
    if len(ends) != 2 or any(end is None or str(end) == "" for end in ends):
        raise Unreadable(f"A tie needs a source and a target ({where}).")
    level: Any = 1
    if isinstance(record, Mapping):
        level = next((record[name] for name in LEVELS if record.get(name) not in (None, "")), 1)
    try:
        return Tie(str(ends[0]), str(ends[1]), round(float(level)))
    except (TypeError, ValueError, OverflowError) as error:
        raise Unreadable(f"The level “{level}” is no number ({where}).") from error


def _pair(record: Any) -> tuple[Any, ...]:
    return tuple(record[:2]) if isinstance(record, list) else ()


def _net(told: Mapping[str, Record], ties: list[Tie], answered: set[str] | None = None) -> PartnerNet:
    attributes: dict[str, dict[int | str, str]] = {}
    for key, said in told.items():
        for name, value in said.items():
            attributes.setdefault(name, {})[key] = str(value)
    return PartnerNet(list(told), ties, attributes, answered)
