"""From the organisations of a place to pairs that may be one, in the background."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from placeweave.engines import linkage
from placeweave.kit import analyses
from placeweave.kit.analyses import Finding, Parameters, Report
from placeweave.places.models import Organisation, Remembered, SourceRecord
from placeweave.places.services import looking, remembering


def gather(place_id: int) -> list[linkage.Record]:
    """Read what linkage compares: names, usable numbers and postcodes, and what was put together under one."""
    bodies = Organisation.objects.filter(place=place_id).order_by("pk")
    with_all = bodies.prefetch_related("identifiers", "names", "sites", "records", "merged")
    return [_with_parts(one, remembering.record_of(one)) for one in with_all]


def _with_parts(organisation: Organisation, record: linkage.Record) -> linkage.Record:
    """Give the parts of what was put together from several, for nothing may join it that does not agree with each."""
    written = {linkage.canonical(one.name): _part(one, record) for one in organisation.records.all()}
    names = {linkage.canonical(one.name): one.name for one in organisation.merged.all()}
    if not names or set(names) == {linkage.canonical(record.name)}:
        return record
    parts = {
        canonical: linkage.Record(f"{record.key}/{canonical}", name, record.numbers, record.postcodes)
        for canonical, name in {linkage.canonical(record.name): record.name, **names}.items()
    }
    return dataclasses.replace(record, parts=tuple((parts | written)[name] for name in sorted(parts | written)))


def _part(written: SourceRecord, record: linkage.Record) -> linkage.Record:
    reading = linkage.split(written.written_number)
    numbers = [reading.number] if reading and reading.number in record.numbers else []
    places = (written.postcode,) if written.postcode else ()
    return linkage.Record(f"{record.key}/{written.pk}", written.name, tuple(n for n in numbers if n), places)


def _basis(place_id: int, _parameters: Parameters) -> Sequence[Any]:
    """Lifted decisions count too: what was asked before one was taken is to be asked again once it is lifted."""
    decisions = Remembered.objects.filter(place=place_id).order_by("pk")
    return [
        *(dataclasses.asdict(one) for one in gather(place_id)),
        *([one.one, one.other, one.is_same, one.lifted_at] for one in decisions),
    ]


def compute(place_id: int, _parameters: Parameters, report: Report) -> Finding:
    """Compare the organisations of a place with each other."""
    report(_("Reading names, numbers and postcodes"), 0.05)
    records = gather(place_id)
    remembered = [remembering.as_engine(one) for one in remembering.standing(place_id)]
    spoken = {"names": _("Finding names that are alike"), "pairs": _("Comparing pairs")}
    found = linkage.propose(
        records, remembered=remembered, report=lambda step, share: report(spoken[step], 0.1 + 0.8 * share)
    )
    return Finding({"pairs": [_told(pair) for pair in found]}, n=len(records))


def _told(pair: linkage.Pair) -> dict[str, Any]:
    told = dataclasses.asdict(pair)
    return told | {"one": int(pair.one), "other": int(pair.other), "reasons": list(told["reasons"])}


def register() -> None:
    """Make the analysis known."""
    kind = analyses.Kind(looking.KIND, linkage.ENGINE, _basis, "placeweave.places.jobs.compute", looking.keep_pairs)
    analyses.register(kind)
