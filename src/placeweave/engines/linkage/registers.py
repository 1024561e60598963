"""Numbers of organisations in public registers: kept when sure, held when doubtful, never silently mended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

_ANY: Final = re.compile(r"[A-Z0-9./_-]{1,80}")
PATTERNS: Final = {
    "GB-SC": re.compile(r"SC\d{6}"),
    "GB-CHC": re.compile(r"\d{6,7}"),
    "GB-NIC": re.compile(r"\d{6}"),
    "GB-COH": re.compile(r"\d{8}|[A-Z]{2}\d{6}|IP\d{5}R|SP\d{5}R"),
    "GB-LAS": re.compile(r"[A-Z]{3}"),
    "GB-LAE": _ANY,
    "GB-PLA": _ANY,
    "GB-LANI": _ANY,
    "GB-NHS": _ANY,
    "GB-EDU": _ANY,
    "GB-SCOTEDU": _ANY,
    "GB-MPR": _ANY,
    "GB-UKPRN": _ANY,
    "GB-GOV": _ANY,
    "XI-ROR": _ANY,
    "XI-LEI": _ANY,
}
"""What a number looks like in each register that identifies across sources, by org-id prefix."""
_PRIVATE: Final = ("HSDS:", "360G")


class Number(NamedTuple):
    """One sound number: the prefix of its register, and the value as the register writes it."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written number is taken for.

    Attributes
    ----------
    verdict : {"sound", "held", "text"}
        Sound numbers identify; held ones have a likely reading to be ``offered`` to a person; text is kept as written
        and matches nothing.
    fault : {"", "private", "unknown_register", "malformed"}
        What keeps it from being sound.
    """

    scheme: str
    value: str
    verdict: Literal["sound", "held", "text"]
    offered: str = ""
    fault: Literal["", "private", "unknown_register", "malformed"] = ""

    @property
    def number(self) -> Number | None:
        """The number on which organisations may be matched, if it is one."""
        return Number(self.scheme, self.value) if self.verdict == "sound" else None


def read(scheme: str, written: str) -> Reading:
    """Take a number as somebody wrote it; only case and spaces are tidied, for nothing is lost by that.

    Parameters
    ----------
    scheme : str
        The org-id prefix of the register.
    written : str
        The number, with or without that prefix.

    References
    ----------
    org-id.guide, *Lists of organisation identifiers*.
    """
    scheme = scheme.strip()
    if scheme.upper().startswith(_PRIVATE):
        return Reading(scheme, written.strip(), "text", fault="private")
    scheme = scheme.upper()
    if scheme not in PATTERNS:
        return Reading(scheme, written.strip(), "text", fault="unknown_register")
    tidy = re.sub(r"\s+", "", written).upper().removeprefix(f"{scheme}-")
    if PATTERNS[scheme].fullmatch(tidy):
        return Reading(scheme, tidy, "sound")
    offered = _likely(scheme, tidy)
    return Reading(scheme, written.strip(), "held" if offered else "text", offered, "malformed")


def split(org_id: str) -> Reading | None:
    """Read an identifier that carries its register before it, as ``GB-SC-SC012345``; None where it carries none."""
    tidy = org_id.strip()
    scheme = next((one for one in _LONGEST_FIRST if tidy.upper().startswith(f"{one}-")), None)
    return read(scheme, tidy[len(scheme) + 1 :]) if scheme else None


_LONGEST_FIRST: Final = sorted(PATTERNS, key=len, reverse=True)


def _likely(scheme: str, tidy: str) -> str:
    """Guess the reading a person should be asked about: a letter O for a zero, a prefix or leading zeros left off."""
    if scheme == "GB-SC":
        digits = _digits(tidy.removeprefix("SC"))
        digits = digits[1:] if len(digits) == 7 and digits.startswith("0") else digits  # SCO900201: one nought too many
        return f"SC{digits.zfill(6)}" if digits.isdigit() and len(digits) in {5, 6} else ""
    if scheme == "GB-COH":
        digits = _digits(tidy)
        return digits.zfill(8) if digits.isdigit() and 6 <= len(digits) <= 8 else ""
    if scheme in {"GB-CHC", "GB-NIC"}:
        digits = _digits(tidy)
        return digits if digits != tidy and PATTERNS[scheme].fullmatch(digits) else ""
    return ""


def _digits(text: str) -> str:
    return text.replace("O", "0").replace("I", "1")
