"""What the figures behind a choice mean, in sentences that a convener or an applicant can read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.places.models import Sector

Figures = Mapping[str, Any]


def called(aspect: str, value: str) -> str:
    """Give a sector or neighbourhood as people call it; which organisation it is, is not kept."""
    if aspect == "organisation":
        return _("one organisation")
    return str(dict(Sector.choices).get(value, value)) if aspect == "sector" else value


def shortfall(one: Figures) -> str:
    """Say which wish is not met, by how many, and why."""
    name, got, wanted = capfirst(called(one["aspect"], one["value"])), one["got"], one["wanted"]
    if one["side"] == "least":
        head = _("%(name)s: %(got)s of at least %(wanted)s wanted.") % {"name": name, "got": got, "wanted": wanted}
    else:
        head = _("%(name)s: %(got)s, though at most %(wanted)s were wanted.") % {
            "name": name,
            "got": got,
            "wanted": wanted,
        }
    return f"{head} {_why_short(one)}"


def _why_short(one: Figures) -> str:
    if one["because"] == "few_applied":
        if not one["applied"]:
            return _("Nobody from there has applied.")
        return ngettext("Only %(n)s has applied.", "Only %(n)s have applied.", one["applied"]) % {"n": one["applied"]}
    return {
        "few_others": _("Too few others have applied to fill the places."),
        "other_quotas": _("Every choice that does better here falls short elsewhere by as much."),
        "decided": _("What was decided before, or another wish, stands against it."),
    }.get(one["because"], _("Whether a better choice exists is not known."))


def waits(one: Figures) -> str:
    """Say why somebody waits, and where in the list they are."""
    return f"{_why_waits(one)} {place_in_line(one)}"


def _why_waits(one: Figures) -> str:
    if one["kept"] == "all_longer":
        return _("Everybody chosen had waited longer.")
    if one["kept"] == "lot":
        return _("Everybody chosen had waited longer, or as long and came first by lot.")
    shorter = ngettext(
        "%(n)s person was chosen who applied later.",
        "%(n)s people were chosen who applied later.",
        one["shorter"],
    ) % {"n": one["shorter"]}
    if one["kept"] == "unsettled":
        return f"{shorter} {_('Whether a better choice exists is not known.')}"
    return f"{shorter} {_('The mix that is hoped for asked for them:')} {'; '.join(map(_would_be, one['missed']))}."


def _would_be(one: Figures) -> str:
    told = {"name": called(one["aspect"], one["value"]), "got": one["got"], "wanted": one["wanted"]}
    if one["side"] == "least":
        return _("otherwise it would have %(got)s from %(name)s, with at least %(wanted)s wanted") % told
    return _("otherwise it would have %(got)s from %(name)s, with at most %(wanted)s wanted") % told


def place_in_line(one: Figures) -> str:
    """Say for which place somebody would be next."""
    line = called("sector", one["line"])
    if line:
        return _("Number %(n)s in line for a place of somebody from %(line)s.") % {"n": one["in_line"], "line": line}
    return _("Number %(n)s in line.") % {"n": one["in_line"]}
