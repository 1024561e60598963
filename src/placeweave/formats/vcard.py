"""Writing contacts as vCard 4.

References
----------
Perreault (2011). *vCard Format Specification*, RFC 6350.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
MOST_OCTETS = 75


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who agreed that others may have these."""

    key: str
    name: str
    organisation: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""


def write_vcards(contacts: Sequence[Contact]) -> bytes:
    """Write one card for each contact, lines ended and folded as the standard asks."""
    lines = [line for one in contacts for line in _card(one)]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _card(one: Contact) -> list[str]:
    filled = [("ORG", one.organisation), ("TITLE", one.role), ("EMAIL", one.email), ("TEL", one.phone)]
    body = [f"{name}:{_escaped(value)}" for name, value in filled if value]
    name = _escaped(one.name)
    return ["BEGIN:VCARD", "VERSION:4.0", f"UID:{_escaped(one.key)}", f"FN:{name}", f"N:{name};;;;", *body, "END:VCARD"]


def _escaped(text: str) -> str:
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character."""
    parts, part, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > MOST_OCTETS:
            parts.append(part)
            part, size = "", 1  # the space that begins a continued line
        part, size = part + letter, size + octets
    return "\r\n ".join([*parts, part])
