"""Checks on single fields of a grant: numbers that are none, markup, contact details, periods."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from html.parser import HTMLParser

_CHARITY = re.compile(r"\d{6,7}|SC\d{6}|NIC\d{6}")
_COMPANY = re.compile(r"\d{8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]|[A-Z]\d{7}")
_COMPANY_LIKE = re.compile(r"0\d{7}|\d{8}")
_SHORT_COMPANY = re.compile(r"\d{5,7}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_PHONE = re.compile(r"(?<![\d.,£$€])(?:\+44|\(?0)\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)")
MAX_MARKUP = 50_000  # beyond this the parser of the standard library can be made to take minutes
_IDENTIFIER = re.compile(r"[A-Z]{2}-[A-Z0-9]+-.+", re.IGNORECASE)


def charity_number(written: str) -> tuple[str, str]:
    """Give the number if it has the shape of one, else why it was not taken."""
    number = written.replace(" ", "").upper()
    if _CHARITY.fullmatch(number):
        return number, ""
    if _COMPANY_LIKE.fullmatch(number):
        return "", "This looks like a company number, so it was not taken as a charity number."
    return "", "This is not a charity number; kept as text."


def company_number(written: str) -> tuple[str, str]:
    """Give the eight-character number, else why it was not taken."""
    number = written.replace(" ", "").upper()
    if _COMPANY.fullmatch(number):
        return number, ""
    if _SHORT_COMPANY.fullmatch(number):
        return "", f"A company number has 8 characters: is {number.zfill(8)} meant?"
    return "", "This is not a company number; kept as text."


def is_shared_identifier(identifier: str) -> bool:
    """Tell an identifier others know (``GB-SC-SC012345``) from one private to a publisher (``360G-...``)."""
    return bool(_IDENTIFIER.fullmatch(identifier))


def without_markup(text: str) -> str:
    """Take HTML tags out of a text, leaving text with stray angle brackets alone."""
    if len(text) > MAX_MARKUP or not _TAG.search(text):
        return text
    stripper = _Stripper()
    stripper.feed(text)
    stripper.close()
    return " ".join("".join(stripper.pieces).split())


def holds_contact_details(text: str) -> bool:
    """Tell whether a text seems to hold an e-mail address or a telephone number."""
    return bool(_EMAIL.search(text) or _PHONE.search(text))


def months_later(start: date, months: int) -> date | None:
    """Give the last day of a period of so many months, or ``None`` if that is beyond the calendar."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= date.max.year:
        return None
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def years_before(day: date, years: int) -> date:
    """Give the same day some years earlier (28 February for the 29th)."""
    return date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in {"p", "br", "div", "li", "tr", "h1", "h2", "h3"}:
            self.pieces.append(" ")
