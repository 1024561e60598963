"""Numbers of organisations in public registers, in words: which there are, and what is wrong with a number."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.engines import linkage

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
    """Take a number as somebody wrote it, and say in a sentence what keeps it from being one."""
    found = linkage.read(scheme, written)
    return Reading(found.scheme, found.value, found.verdict, found.offered, _why_not(found))


def _why_not(found: linkage.Reading) -> str:
    if found.fault == "private":
        return _("This number is private to one publisher.")
    if found.fault == "unknown_register":
        return _("“%(scheme)s” is not a register known here.") % {"scheme": found.scheme}
    if found.offered:
        reason = _("“%(written)s” is not how this register writes its numbers. Did you mean %(offered)s?")
        return reason % {"written": found.value, "offered": found.offered}
    return _("“%(written)s” is not a number of this register.") % {"written": found.value} if found.fault else ""
