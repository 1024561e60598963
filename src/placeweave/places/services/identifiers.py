"""Numbers of organisations in public registers: kept when sure, held when doubtful, never silently mended."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SCHEMES = {
    "GB-SC": gettext_lazy("Scottish charity number (OSCR)"),
    "GB-CHC": gettext_lazy("Charity number, England and Wales"),
    "GB-NIC": gettext_lazy("Charity number, Northern Ireland"),
    "GB-COH": gettext_lazy("Company number (Companies House)"),
    "GB-LAS": gettext_lazy("Scottish council code"),
    "GB-LAE": gettext_lazy("English council code"),
    "GB-PLA": gettext_lazy("Welsh council code"),
    "GB-LANI": gettext_lazy("Northern Irish council code"),
    "GB-NHS": gettext_lazy("NHS organisation code"),
    "GB-EDU": gettext_lazy("School number, England and Wales"),
    "GB-SCOTEDU": gettext_lazy("School number, Scotland"),
    "GB-MPR": gettext_lazy("Mutuals register"),
    "GB-UKPRN": gettext_lazy("Learning provider number"),
    "GB-GOV": gettext_lazy("Government body"),
    "XI-ROR": gettext_lazy("Research organisation (ROR)"),
    "XI-LEI": gettext_lazy("Legal entity identifier (LEI)"),
}
"""The registers whose numbers identify an organisation across sources, by org-id prefix."""

_PATTERNS = {
    "GB-SC": re.compile(r"SC\d{6}"),
    "GB-CHC": re.compile(r"\d{6,7}"),
    "GB-NIC": re.compile(r"\d{6}"),
    "GB-COH": re.compile(r"(\d{8}|[A-Z]{2}\d{6}|IP\d{5}R|SP\d{5}R)"),
    "GB-LAS": re.compile(r"[A-Z]{3}"),
}


@dataclass(frozen=True)
class Reading:
    """What a written number is taken for.

    Attributes
    ----------
    verdict : {"sound", "held", "text"}
        Sound numbers identify; held ones have a likely reading to be offered; text is kept as written and matches
        nothing.
    """

    scheme: str
    value: str
    verdict: str
    offered: str = ""
    reason: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether organisations may be matched on this number."""
        return self.verdict == "sound"


def read(scheme: str, written: str) -> Reading:
    """Take a number as somebody wrote it; only case and spaces are tidied, for nothing is lost by that."""
    scheme = scheme.strip()
    tidy = re.sub(r"\s+", "", written).upper()
    if scheme.startswith(("hsds:", "360G")):
        return Reading(scheme, written.strip(), "text", reason=_("This number is private to one publisher."))
    scheme = scheme.upper()
    if scheme not in SCHEMES:
        return Reading(
            scheme, written.strip(), "text", reason=_("“%(scheme)s” is not a register known here.") % {"scheme": scheme}
        )
    tidy = tidy.removeprefix(f"{scheme}-")
    pattern = _PATTERNS.get(scheme)
    if (pattern is None and re.fullmatch(r"[A-Z0-9./_-]{1,80}", tidy)) or (pattern and pattern.fullmatch(tidy)):
        return Reading(scheme, tidy, "sound")
    if offered := _likely(scheme, tidy):
        reason = _("“%(written)s” is not how this register writes its numbers. Did you mean %(offered)s?")
        return Reading(
            scheme, written.strip(), "held", offered, reason % {"written": written.strip(), "offered": offered}
        )
    reason = _("“%(written)s” is not a number of this register.") % {"written": written.strip()}
    return Reading(scheme, written.strip(), "text", reason=reason)


def _likely(scheme: str, tidy: str) -> str:
    """Guess the reading a person should be asked about: a letter O for a zero, a prefix or leading zeros left off."""
    if scheme == "GB-SC":
        digits = tidy.removeprefix("SC").replace("O", "0").replace("I", "1")
        return f"SC{digits.zfill(6)}" if digits.isdigit() and len(digits) in {5, 6} else ""
    if scheme == "GB-COH":
        digits = tidy.replace("O", "0")
        return digits.zfill(8) if digits.isdigit() and 6 <= len(digits) <= 8 else ""
    if scheme in {"GB-CHC", "GB-NIC"}:
        digits = tidy.replace("O", "0").replace("I", "1")
        return digits if digits != tidy and _PATTERNS[scheme].fullmatch(digits) else ""
    return ""
