"""When something is wanted or free, read from what people write: "Tuesday and Thursday evenings from 18:30"."""

from __future__ import annotations

import re

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS = ("morning", "afternoon", "evening", "night")
Slot = tuple[str, str]

_DAY = re.compile(r"\b(" + "|".join(DAYS) + r")s?\b")
_RANGE = re.compile(r"\b(" + "|".join(DAYS) + r")s? (?:to|until|till) (" + "|".join(DAYS) + r")s?\b")
_GROUPS = {
    r"\bweekdays?\b|\bafter school\b": DAYS[:5],
    r"\bweekends?\b": DAYS[5:],
    r"\b(?:any|every|most) (?:day|evening|morning|afternoon|night|time)s?\b|\bdaily\b|\bat all hours\b": DAYS,
}
_PARTS = {
    r"\bmornings?\b|\b(?:before|until) noon\b|\bbreakfast\b": ("morning",),
    r"\bafternoons?\b|\bafter (?:four|three|school)\b|\blunch": ("afternoon",),
    r"\bevenings?\b|\bafter (?:six|half past six|seven|eight)\b|\bat (?:six|seven|eight)\b": ("evening",),
    r"\bnights?\b|\bmidnight\b|\bbefore dawn\b|\btwo to five\b|\bsmall hours\b": ("night",),
    r"\bdaytimes?\b|\bnine to five\b|\bworking hours\b|\boff-peak\b": ("morning", "afternoon"),
}
_TAKEN = re.compile(r"\b(?:but|except|not|already|promised|taken|booked|are the)\b")
_CLAUSE = re.compile(r"[,;.]")
_EITHER = re.compile(
    r"\b(?:mornings|afternoons|evenings|nights) (and) (?=weekends?\b|" + "|".join(f"{day}s?\\b" for day in DAYS) + ")"
)


def slots(written: str) -> frozenset[Slot] | None:
    """Give the (day, part of the day) pairs a wording names, or ``None`` where it names none.

    A day without a part of it means the whole day but the night, a part without a day every day. What follows "but",
    or is said to be taken, is left out.

    Examples
    --------
    >>> sorted(slots("Tuesday and Thursday evenings from 18:30"))
    [('thursday', 'evening'), ('tuesday', 'evening')]
    >>> slots("before the next storm") is None
    True
    """
    free: set[Slot] = set()
    taken: set[Slot] = set()
    days_alone: set[str] = set()
    parts_alone: set[str] = set()
    for clause in _clauses(written.casefold()):
        said, left_out = _halves(clause)
        taken |= _block(_days(left_out), _parts(left_out))
        days, parts = _days(said), _parts(said)
        if days and parts:
            free |= _block(days, parts)
        else:
            days_alone |= days
            parts_alone |= parts
    if _EITHER.search(written.casefold()):  # "evenings and Sundays" names two times, not one
        free |= _block(days_alone, set()) | _block(set(), parts_alone)
    else:
        free |= _block(days_alone, parts_alone)
    if taken and not free:
        free = {(day, part) for day in DAYS for part in PARTS[:3]}
    return frozenset(free - taken) or None


def _clauses(text: str) -> list[str]:
    return _CLAUSE.split(_EITHER.sub(lambda found: found.group()[: -len("and ")] + "; ", text))


def _halves(clause: str) -> tuple[str, str]:
    """Split a clause at "but"; a clause that says something is taken is left out whole."""
    found = _TAKEN.search(clause)
    if found is None:
        return clause, ""
    if found.group() in {"but", "except", "not"}:
        return clause[: found.start()], clause[found.end() :]
    return "", clause


def _days(text: str) -> set[str]:
    found = set(_DAY.findall(text))
    for first, last in _RANGE.findall(text):
        start, end = DAYS.index(first), DAYS.index(last)
        found |= set(DAYS[start : end + 1])
    for pattern, days in _GROUPS.items():
        if re.search(pattern, text) and not found:
            found |= set(days)
    return found


def _parts(text: str) -> set[str]:
    return {part for pattern, parts in _PARTS.items() if re.search(pattern, text) for part in parts}


def _block(days: set[str], parts: set[str]) -> set[Slot]:
    if not days and not parts:
        return set()
    return {(day, part) for day in days or DAYS for part in parts or PARTS[:3]}
