"""Give a proposal as plain JSON for machines, and as a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from placeweave.engines.themes.propose import Progress, propose
from placeweave.engines.themes.records import Quote, Unit

_WIDE = 100


def analyse(
    rows: Sequence[Mapping[str, Any]],
    *,
    text_column: str,
    themes: int | None = None,
    level: str = "mid",
    seed: int = 0,
    speaker_column: str = "",
    group_column: str = "",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Propose themes for the rows of a table.

    Parameters
    ----------
    rows : sequence of mapping
        Rows already read, each from column name to value. Row numbers count from 0.
    text_column : str
        The column that holds the words.
    themes, level, seed
        As for `propose`.
    speaker_column, group_column : str
        Columns that say who spoke and for which group, where there are any.

    Returns
    -------
    dict
        ``embedder``, ``engine``, ``fingerprint``, ``seed``, ``n``, ``themes`` (``id``, ``terms``, ``size`` with
        near-duplicates counted once, ``rows`` with all counted, ``parent``, ``quotes`` as ``row``, ``text``,
        ``start``, ``end``, ``said_by``), ``assignments`` from row number as text to theme id, ``unplaced`` row
        numbers as text, ``levels`` with their number of themes, ``seconds`` and ``notes``.

    Raises
    ------
    ValueError
        If a column named is in none of the rows, or a parameter makes no sense.
    """
    for column in filter(None, (text_column, speaker_column, group_column)):
        _check_column(rows, column)
    units = [
        Unit(str(number), _cell(row, text_column), _cell(row, speaker_column), _cell(row, group_column))
        for number, row in enumerate(rows)
    ]
    run = propose(units, themes=themes, level=level, seed=seed, progress=progress)
    described = [
        {
            "id": theme.id,
            "terms": list(theme.terms),
            "size": theme.size,
            "rows": len(theme.units),
            "parent": theme.parent,
            "quotes": [_quote(quote, units) for quote in theme.quotes],
        }
        for theme in run.themes
    ]
    return {
        "embedder": run.embedder,
        "engine": run.engine_version,
        "fingerprint": run.fingerprint,
        "seed": run.seed,
        "n": run.n,
        "themes": described,
        "assignments": {unit: run.assignments[unit] for unit in sorted(run.assignments, key=int)},
        "unplaced": sorted(run.unplaced, key=int),
        "levels": {found.name: found.themes for found in run.levels},
        "seconds": run.seconds,
        "notes": list(run.notes),
    }


def as_table(result: Mapping[str, Any]) -> str:
    """Lay the result of `analyse` out for reading."""
    count = len(result["themes"])
    heading = (
        f"{count} proposed {'theme' if count == 1 else 'themes'} from {result['n']} texts; "
        f"{len(result['assignments'])} placed, "
        f"{len(result['unplaced'])} left for people to place. {result['seconds']} seconds."
    )
    closing = (
        f"Themes are proposals: people decide. Found by comparing words and letters ({result['engine']}, "
        f"seed {result['seed']}, fingerprint {result['fingerprint'][:12]})."
    )
    body = [line for number, theme in enumerate(result["themes"], start=1) for line in _theme_lines(number, theme)]
    return "\n".join([heading, "", *body, "", *result["notes"], closing])


def _theme_lines(number: int, theme: Mapping[str, Any]) -> list[str]:
    """Lay one theme out: its terms, its size, and up to three quotes."""
    quotes = [f"        “{_short(quote['text'])}” (row {quote['row']})" for quote in theme["quotes"][:3]]
    return [f"{number:>4}  {', '.join(theme['terms']) or '(no shared words)'}  [{theme['size']}]", *quotes]


def _check_column(rows: Sequence[Mapping[str, Any]], column: str) -> None:
    """Refuse a column that no row has."""
    if rows and not any(column in row for row in rows):
        known = ", ".join(sorted(str(name) for name in rows[0]))
        raise ValueError(f"No row has a column {column!r}; the first row has {known}.")


def _cell(row: Mapping[str, Any], column: str) -> str:
    """Give a cell as text; a missing one is empty."""
    value = row.get(column) if column else None
    return "" if value is None else str(value)


def _quote(quote: Quote, units: Sequence[Unit]) -> dict[str, Any]:
    """Give a quote with its words, for readers that do not hold the texts."""
    row = int(quote.unit)
    words = units[row].text[quote.start : quote.end]
    return {"row": row, "text": words, "start": quote.start, "end": quote.end, "said_by": quote.said_by}


def _short(text: str) -> str:
    """Fit a quote on one line, saying where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= _WIDE else line[: _WIDE - 2].rstrip() + " …"
