"""From rows of one or two files to what is told of them, for machines and for people."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from placeweave.engines.linkage.propose import propose
from placeweave.engines.linkage.records import Pair, Record, is_automatic
from placeweave.engines.linkage.registers import Number, Reading, read, split
from placeweave.engines.linkage.wording import in_english

Rows = Sequence[Mapping[str, Any]]
_OTHER_NAMES = ("other_name", "other_names", "known_as", "legal_name", "former_name")


def analyse(rows: Rows, others: Rows | None = None) -> dict[str, Any]:
    """Match the rows of one file with each other, or with those of a second file.

    Parameters
    ----------
    rows, others : sequence of mapping
        Columns by name, whatever their case: ``id`` (or the row's number counts), ``name``, ``identifier`` with the
        prefix of its register before it, ``postcode``; also ``charity_number``, ``company_number`` and
        ``other_names`` (parted by ``;``) where they are there.

    Returns
    -------
    dict
        ``pairs`` (each with ``a``, ``b``, ``tier`` "auto" or "review", ``verdict``, ``level``, ``score`` and
        ``reasons`` in words), ``held`` (numbers that are none as they are written), ``records`` and ``seconds``.

    Raises
    ------
    ValueError
        If there is no column ``name``, or if an id stands twice in one file.
    """
    started = time.perf_counter()
    files = [_tidy(rows)] if others is None else [_tidy(rows), _tidy(others)]
    records, written, held = _read(files)
    between = None if others is None else _across
    found = propose(records, between=between)
    pairs = [_told(pair, written) for pair in found]
    seconds = round(time.perf_counter() - started, 3)
    return {"pairs": pairs, "held": held, "records": len(records), "seconds": seconds}


def _across(one: str, other: str) -> bool:
    return one[0] != other[0]


def _tidy(rows: Rows) -> list[dict[str, str]]:
    """Give columns plain names and text for every cell; a file without names cannot be matched."""
    tidy = [{_plain(key): _text(value) for key, value in row.items()} for row in rows]
    if rows and not any("name" in row for row in tidy):
        raise ValueError("There is no column “name”. Matching needs the columns id, identifier, name and postcode.")
    return tidy


def _plain(key: str) -> str:
    return "_".join(str(key).strip().lower().split())


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _read(files: Sequence[Sequence[Mapping[str, str]]]) -> tuple[list[Record], dict[str, str], list[dict[str, str]]]:
    records: list[Record] = []
    written: dict[str, str] = {}
    held: list[dict[str, str]] = []
    for letter, rows in zip("ab", files, strict=False):
        for number, row in enumerate(rows, start=1):
            own = row.get("id") or str(number)
            key = f"{letter}:{own}"
            if key in written:
                raise ValueError(f"The id {own} stands twice in one file. Each row needs its own.")
            written[key] = own
            readings = list(_readings(row))
            records.append(_record(key, row, readings))
            held += [_held(own, reading) for reading in readings if reading.verdict == "held"]
    return records, written, held


def _record(key: str, row: Mapping[str, str], readings: Sequence[Reading]) -> Record:
    numbers = {number for reading in readings if (number := reading.number)}
    others = [part.strip() for column in _OTHER_NAMES for part in row.get(column, "").split(";")]
    postcode = row.get("postcode") or row.get("postal_code", "")
    return Record(
        key,
        row.get("name", ""),
        _sorted(numbers),
        (postcode,) if postcode else (),
        tuple(sorted({one for one in others if one})),
    )


def _sorted(numbers: set[Number]) -> tuple[Number, ...]:
    return tuple(sorted(numbers))


def _readings(row: Mapping[str, str]) -> Iterator[Reading]:
    """Read every number of a row; one without its register is taken only from a column that names the register."""
    for column in ("identifier", "id"):
        if (reading := split(row.get(column, ""))) is not None:
            yield reading
            break
    if charity := row.get("charity_number", ""):
        yield read(
            {"S": "GB-SC", "N": "GB-NIC"}.get(charity[:1].upper(), "GB-CHC"), charity.upper().removeprefix("NIC")
        )
    if company := row.get("company_number", ""):
        yield read("GB-COH", company)


def _held(own: str, reading: Reading) -> dict[str, str]:
    return {"id": own, "register": reading.scheme, "written": reading.value, "offered": reading.offered}


def _told(pair: Pair, written: Mapping[str, str]) -> dict[str, Any]:
    return {
        "a": written[pair.one],
        "b": written[pair.other],
        "tier": "auto" if is_automatic(pair) else "review",
        "verdict": pair.verdict,
        "level": pair.tier,
        "score": pair.score,
        "reasons": [in_english(reason) for reason in pair.reasons],
    }


_HEADINGS = {
    "automatic": "The same",
    "suggested": "Probably the same: say yes or no",
    "conflict": "Numbers and names disagree: find out",
    "review": "Perhaps the same: look at both",
}


def as_table(result: Mapping[str, Any]) -> str:
    """Lay the result out for reading."""
    counts = Counter(pair["verdict"] for pair in result["pairs"])
    lines = [f"{result['records']} records compared in {result['seconds']:.1f} seconds."]
    for verdict, heading in _HEADINGS.items():
        lines += ["", f"{heading}: {counts[verdict]}"]
        lines += [_line(pair) for pair in result["pairs"] if pair["verdict"] == verdict]
    if result["held"]:
        lines += ["", f"Numbers that are none as they are written: {len(result['held'])}"]
        lines += [f"  {one['id']}: {one['written']}. Did you mean {one['offered']}?" for one in result["held"]]
    return "\n".join(lines)


def _line(pair: Mapping[str, Any]) -> str:
    return f"  {pair['score']:.2f}  {pair['a']}  {pair['b']}  {' '.join(pair['reasons'])}"
