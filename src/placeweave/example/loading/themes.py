"""The themes of Clachan as they came about: coded round by round, renamed, split, merged, settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from placeweave.example.loading.world import Record, World, read
from placeweave.kit.access import may
from placeweave.places.models import Member
from placeweave.themes import services
from placeweave.themes.models import Cluster, Theme

Deed = tuple[int, int, Callable[[], None]]
"""A day, a rank within the day, and what was done."""
MADE, CODED, REARRANGED, AFTER_SPLIT, SETTLED, SAID = range(6)


def weave(world: World) -> None:
    """Do everything that was ever done to the themes, in the order it was done."""
    file = read("themes.toml")
    clusters = {one["key"]: _cluster(world, one) for one in file["cluster"]}
    rounds = {one["conversation"]: one for one in file["coding_round"]}
    deeds = sorted(_deeds(world, file, clusters, rounds), key=lambda one: one[:2])
    for day, done in groupby(deeds, key=lambda one: one[0]):
        with world.on(day):
            for _day, _rank, deed in done:
                deed()


def _cluster(world: World, record: Record) -> Cluster:
    return Cluster.objects.create(
        place=world.place, title=record["title"], order=record["order"], created_at=world.moment(-66)
    )


def _by(world: World, key: str, permission: str) -> Member:
    """Give who did it, or the convener who wrote it down for them."""
    member = world.member(key)
    return member if may(member, permission) else world.convener


def _deeds(world: World, file: Record, clusters: dict[str, Cluster], rounds: dict[str, Record]) -> list[Deed]:
    lineage = file["lineage"]
    born_of_split = {one["theme"] for one in lineage if one["kind"] == "split"}
    deeds: list[Deed] = []
    for record in file["theme"]:
        if record["key"] not in born_of_split:
            deeds.append((record["day"], MADE, lambda one=record: _make(world, one, clusters)))  # type: ignore[misc]
        deeds += _codings(world, record, file, rounds, born_of_split)
        if "settled_day" in record:
            deeds.append((record["settled_day"], SETTLED, lambda one=record: _settle(world, one)))  # type: ignore[misc]
    for record in lineage:
        deeds += _lineage(world, record, clusters)
    deeds += [(one["day"], SAID, lambda one=one: _dissent(world, one)) for one in file["dissent"]]  # type: ignore[misc]
    return deeds


def _make(world: World, record: Record, clusters: dict[str, Cluster]) -> None:
    world.themes[record["key"]] = services.make(
        place=world.place,
        title=record.get("first_title") or record["title"],
        description=record["description"],
        cluster=clusters[record["cluster"]],
        by=_by(world, record["made_by"], "themes.arrange"),
    )


def _codings(
    world: World, record: Record, file: Record, rounds: dict[str, Record], born_of_split: set[str]
) -> list[Deed]:
    """Code each quote where it stood first: under the theme it was later carried out of, where it was."""
    first_under = {key: one["source"] for one in file["lineage"] if one["kind"] == "split" for key in one["quotes"]}
    first_under |= {
        key: one["source_key"] for one in file["lineage"] if one["kind"] == "merged" for key in one["quotes"]
    }
    begun = {one["key"]: one["day"] for one in file["theme"]}
    begun |= {one["source_key"]: one["source_day"] for one in file["lineage"] if one["kind"] == "merged"}
    deeds: list[Deed] = []
    for quote in record["quotes"]:
        theme = first_under.get(quote["key"], record["key"])
        coding = rounds[_conversation_of(world, quote)]
        day = max(coding["day"], begun[theme])
        rank = AFTER_SPLIT if theme in born_of_split else CODED
        deeds.append((day, rank, lambda q=quote, t=theme, c=coding: _code(world, q, t, c["by"])))  # type: ignore[misc]
    return deeds


def _conversation_of(world: World, quote: Record) -> str:
    held = world.contributions[quote["contribution"]].conversation_id
    return next(key for key, one in world.conversations.items() if one.pk == held)


def _code(world: World, quote: Record, theme: str, by: str) -> None:
    contribution = world.contributions[quote["contribution"]]
    start = contribution.text.index(quote["words"])
    coding = services.code(
        contribution=contribution,
        start=start,
        end=start + len(quote["words"]),
        theme=world.themes[theme],
        by=_by(world, by, "themes.code"),
        words=quote["words"],
    )
    world.quotes[quote["key"]] = coding.quote


def _settle(world: World, record: Record) -> None:
    theme = _fresh(world, record["key"])
    services.set_status(theme=theme, status=Theme.Status.SETTLED, by=world.convener)


def _dissent(world: World, record: Record) -> None:
    services.dissent(theme=world.themes[record["theme"]], text=record["text"], by=world.member(record["by"]))


def _fresh(world: World, key: str) -> Theme:
    return Theme.objects.get(pk=world.themes[key].pk)


def _lineage(world: World, record: Record, clusters: dict[str, Cluster]) -> Sequence[Deed]:
    if record["kind"] == "merged":
        source: Record = {
            "key": record["source_key"],
            "title": record["source_title"],
            "description": record["source_description"],
            "day": record["source_day"],
            "cluster": record["source_cluster"],
            "made_by": record["by"],
        }
        return [
            (record["source_day"], MADE, lambda: _make(world, source, clusters)),
            (record["day"], REARRANGED, lambda: _merge(world, record)),
        ]
    deed = {"renamed": _rename, "split": _split, "retired": _retire}[record["kind"]]
    return [(record["day"], REARRANGED, lambda: deed(world, record))]


def _rename(world: World, record: Record) -> None:
    theme, by = _fresh(world, record["theme"]), _by(world, record["by"], "themes.arrange")
    services.rename(theme=theme, title=record["to_title"], by=by, why=record.get("why", ""))


def _merge(world: World, record: Record) -> None:
    source, target = _fresh(world, record["source_key"]), _fresh(world, record["theme"])
    by = _by(world, record["by"], "themes.arrange")
    services.merge(source=source, target=target, by=by, why=record.get("why", ""))


def _split(world: World, record: Record) -> None:
    told = next(one for one in read("themes.toml")["theme"] if one["key"] == record["theme"])
    made = services.split(
        theme=_fresh(world, record["source"]),
        title=told["title"],
        quotes=[world.quotes[key].pk for key in record["quotes"]],
        by=_by(world, record["by"], "themes.arrange"),
        why=record.get("why", ""),
    )
    made.description = told["description"]
    made.save(update_fields=["description"])
    world.themes[record["theme"]] = made


def _retire(world: World, record: Record) -> None:
    theme, by = _fresh(world, record["theme"]), _by(world, record["by"], "themes.arrange")
    services.set_status(theme=theme, status=Theme.Status.RETIRED, by=by, why=record.get("why", ""))
