"""Look, on this machine alone, for what in a text would lead to a person: addresses, telephone numbers, postcodes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_PHONE = re.compile(r"(?<![\w.])(?:\+\d{1,3}[\s-]?(?:\(0\)[\s-]?)?|0)(?:\d[\s()-]?){8,11}\d?(?!\w)")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Trace:
    """One stretch of a text that looks as if it led to a person."""

    kind: str
    text: str


def traces(text: str) -> list[Trace]:
    """List what looks like an e-mail address, a telephone number or a postcode, in that order.

    A look, not a proof: names are not found, and a date may be taken for a telephone number. It warns the person who
    writes, and never refuses.
    """
    kinds = ((_EMAIL, _("an e-mail address")), (_PHONE, _("a telephone number")), (_POSTCODE, _("a postcode")))
    return [Trace(kind, found.group().strip()) for pattern, kind in kinds for found in pattern.finditer(text)]


def in_words(found: list[Trace]) -> str:
    """Say what was found, each once, at most five of them."""
    told = dict.fromkeys(f"{one.kind} (“{one.text}”)" for one in found)
    return "; ".join(list(told)[:5])
