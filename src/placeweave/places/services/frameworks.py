"""Keeping the frameworks that come with this version in the database, without touching what a host has changed."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from django.db import transaction

from placeweave.places.models import Crosswalk, Framework, FrameworkNode

_HEADER = ("title", "owner", "licence", "source_url", "jurisdiction", "note", "valid_from", "valid_to")


def _files() -> list[dict[str, Any]]:
    folder = resources.files("placeweave.places").joinpath("frameworks")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]


@transaction.atomic
def load_frameworks() -> int:
    """Bring in what is not there yet, and say how many headings that was. Run as often as you like.

    Labels already in the database are left alone: a host may have put them in its own words.
    """
    files = _files()
    added = sum(_load(file) for file in files if "slug" in file)
    return added + sum(_cross(file) for file in files if "crosswalk" in file)


def _load(file: dict[str, Any]) -> int:
    header = {field: file[field] for field in _HEADER if field in file}
    framework, _is_new = Framework.objects.update_or_create(slug=file["slug"], version=file["version"], defaults=header)
    known = {node.code: node for node in framework.nodes.all()}
    before = len(known)
    for order, node in enumerate(file["node"]):
        if node["code"] not in known:
            known[node["code"]] = FrameworkNode.objects.create(
                framework=framework,
                code=node["code"],
                label=node["label"],
                text=node.get("text", ""),
                parent=known.get(node.get("parent", "")),
                order=order,
            )
    return len(known) - before


def _cross(file: dict[str, Any]) -> int:
    sides = [
        {node.code: node for node in FrameworkNode.objects.filter(framework__slug=slug, framework__version=version)}
        for slug, version in (file["from"], file["to"])
    ]
    made = [
        Crosswalk.objects.get_or_create(
            source=sides[0][pair["from"]], target=sides[1][pair["to"]], defaults={"relation": pair["relation"]}
        )[1]
        for pair in file["crosswalk"]
    ]
    return sum(made)
