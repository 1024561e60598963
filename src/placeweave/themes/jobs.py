"""Suggest themes in the background: gather the words once, let the engine group them, keep offsets and terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from placeweave.engines.themes.propose import propose
from placeweave.engines.themes.records import Run, Unit
from placeweave.engines.themes.segment import segment
from placeweave.kit.analyses import Finding, Parameters, Report
from placeweave.kit.errors import NotReady
from placeweave.themes.queries.suggestions import TERM_VOICES, wanted

LONGEST_UNIT = 260
"""Sentences are joined up to this length: one alone says too little to compare, a whole story says too many things."""
FEWEST = 4
Span = tuple[int, int, int]


def gather(place_id: int, parameters: Parameters) -> list[Unit]:
    """Cut what was said into units a machine can compare, each named by its span."""
    rows = wanted(place_id, parameters).values_list("pk", "text", "voice_type")
    return [
        Unit(f"{key}:{start}:{end}", text[start:end], speaker=str(key), group=voice)
        for key, text, voice in rows.iterator(chunk_size=2000)
        for start, end in units_of(text)
    ]


def units_of(text: str) -> list[tuple[int, int]]:
    """Join neighbouring sentences of one text into units of a fair length."""
    joined: list[tuple[int, int]] = []
    for start, end in segment(text):
        if joined and end - joined[-1][0] <= LONGEST_UNIT and "\n\n" not in text[joined[-1][1] : start]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def compute(place_id: int, parameters: Parameters, report: Report) -> Finding:
    """Run the engine over the words of a place.

    Raises
    ------
    NotReady
        If there is too little to compare.
    """
    units = gather(place_id, parameters)
    voices = len({unit.speaker for unit in units})
    if voices < FEWEST:
        raise NotReady(
            _("There are only %(n)s contributions to compare, and at least %(least)s are needed. Add more first.")
            % {"n": voices, "least": FEWEST}
        )
    found = parameters.get("themes")
    run = propose(
        units,
        themes=int(found) if found else None,
        level=str(parameters.get("level", "mid")),
        seed=int(parameters.get("seed", 0)),
        min_speakers=TERM_VOICES,
        progress=report,
    )
    return Finding(result=_as_json(run), n=voices)


def _span(unit: str, start: int = 0, end: int | None = None) -> Span:
    key, first, last = (int(part) for part in unit.split(":"))
    return key, first + start, last if end is None else first + end


def _as_json(run: Run) -> dict[str, Any]:
    """Keep offsets and terms, never text. A theme of one voice is no theme: its words go to the tray."""
    themes = [
        {
            "id": theme.id,
            "terms": list(theme.terms),
            "size": theme.size,
            "spans": _spans(theme.units, [(quote.unit, quote.start, quote.end) for quote in theme.quotes]),
            "examples": [_span(quote.unit, quote.start, quote.end) for quote in theme.quotes],
        }
        for theme in run.themes
        if len({unit.split(":")[0] for unit in theme.units}) >= TERM_VOICES
    ]
    return {
        "themes": themes,
        "unplaced": len(run.unplaced),
        "embedder": run.embedder,
        "fingerprint": run.fingerprint,
        "notes": list(run.notes),
    }


def _spans(units: Sequence[str], examples: Sequence[tuple[str, int, int]]) -> list[Span]:
    """Give each unit's span; where the engine chose a telling sentence of it, that sentence."""
    chosen = {unit: _span(unit, start, end) for unit, start, end in examples}
    return [chosen.get(unit, _span(unit)) for unit in units]
