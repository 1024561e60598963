"""Writing networks for other people's tools: GraphML for Gephi and networkx, the blueprint and the workbook of Kumu.

References
----------
Brandes et al. (2002). *GraphML*, graphml.graphdrawing.org. Kumu, *Blueprints* and *Import*, docs.kumu.io.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from placeweave.formats.tables import Sheet, write_xlsx

Value = str | int | float | bool
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"


@dataclass(frozen=True, slots=True)
class Node:
    """One element: its key, what it is called, what it is, and what else is known of it."""

    key: str
    label: str
    kind: str
    said: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """One directed connection between the keys of two nodes."""

    source: str
    target: str
    kind: str
    said: Mapping[str, Value] = field(default_factory=dict)


def _clean(value: Value) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _UNWRITABLE.sub("", text)


def _kind_of(values: Sequence[Value]) -> str:
    if all(isinstance(one, bool) for one in values):
        return "boolean"
    if all(isinstance(one, int) for one in values):
        return "int"
    return "double" if all(isinstance(one, int | float) for one in values) else "string"


def _declared(of: str, told: Sequence[Mapping[str, Value]]) -> list[str]:
    """Declare every attribute once, of the narrowest type that holds all its values."""
    names = sorted({name for one in told for name in one})
    types = {name: _kind_of([one[name] for one in told if name in one]) for name in names}
    return [
        f'<key id={quoteattr(f"{of}-{name}")} for="{of}" attr.name={quoteattr(name)} attr.type="{kind}"/>'
        for name, kind in types.items()
    ]


def write_graphml(nodes: Sequence[Node], edges: Sequence[Edge]) -> bytes:
    """Write a directed graph; keys are those given, so that whoever reads it can join it to our tables."""
    of_nodes = [{"label": one.label, "type": one.kind, **one.said} for one in nodes]
    of_edges = [{"type": one.kind, **one.said} for one in edges]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<graphml xmlns="{_GRAPHML}">']
    lines += [*_declared("node", of_nodes), *_declared("edge", of_edges), '<graph edgedefault="directed">']
    for node, said in zip(nodes, of_nodes, strict=True):
        lines.append(f"<node id={quoteattr(_clean(node.key))}>{_written('node', said)}</node>")
    for number, (edge, beside) in enumerate(zip(edges, of_edges, strict=True)):
        ends = f"source={quoteattr(_clean(edge.source))} target={quoteattr(_clean(edge.target))}"
        lines.append(f'<edge id="e{number}" {ends}>{_written("edge", beside)}</edge>')
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()


def _written(of: str, told: Mapping[str, Value]) -> str:
    return "".join(
        f"<data key={quoteattr(f'{of}-{name}')}>{escape(_clean(value))}</data>" for name, value in told.items()
    )


def unique_labels(nodes: Sequence[Node]) -> dict[str, str]:
    """Give each node a label of its own: Kumu joins by labels, whatever their case."""
    often = Counter(" ".join(one.label.split()).casefold() for one in nodes)
    taken: set[str] = set()
    labels = {}
    for one in nodes:
        plain = " ".join(_clean(one.label).split()) or one.kind
        label = plain if often[plain.casefold()] == 1 else f"{plain} ({one.kind})"
        copy = 1
        while label.casefold() in taken:
            copy += 1
            label = f"{plain} ({one.kind} {copy})"
        taken.add(label.casefold())
        labels[one.key] = label
    return labels


def write_kumu_json(nodes: Sequence[Node], edges: Sequence[Edge]) -> bytes:
    """Write Kumu's blueprint: elements and connections, joined by label."""
    labels = unique_labels(nodes)
    told = {
        "elements": [{"label": labels[one.key], "type": one.kind, **_plain(one.said)} for one in nodes],
        "connections": [
            {
                "from": labels[one.source],
                "to": labels[one.target],
                "direction": "directed",
                "type": one.kind,
                **_plain(one.said),
            }
            for one in edges
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _plain(said: Mapping[str, Value]) -> dict[str, Value]:
    return {name: _clean(value) if isinstance(value, str) else value for name, value in said.items()}


def write_kumu_xlsx(nodes: Sequence[Node], edges: Sequence[Edge]) -> bytes:
    """Write Kumu's workbook: a sheet of elements and a sheet of connections."""
    labels = unique_labels(nodes)
    of_nodes, of_edges = (sorted({name for one in told for name in one.said}) for told in (nodes, edges))
    elements = [[labels[one.key], one.kind, *(one.said.get(name) for name in of_nodes)] for one in nodes]
    connections = [
        [labels[one.source], labels[one.target], "directed", one.kind, *(one.said.get(name) for name in of_edges)]
        for one in edges
    ]
    return write_xlsx(
        {
            "Elements": Sheet(["Label", "Type", *of_nodes], elements),
            "Connections": Sheet(["From", "To", "Direction", "Type", *of_edges], connections),
        }
    )
