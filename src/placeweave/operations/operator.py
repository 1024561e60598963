"""Whoever types commands on the machine: they hold the installation, so they may act in any of its places."""

from __future__ import annotations

from django.utils.translation import gettext as _

from placeweave.kit.errors import Unsound
from placeweave.places.models import Place
from placeweave.places.services import Steward


def operator() -> Steward:
    """Give the actor behind a command; the log names it so."""
    return Steward(account=None)


def place_called(slug: str) -> Place:
    """Find a place by the short name in its address, or say which there are."""
    found = Place.objects.workspaces().filter(slug=slug).first()
    if found is not None:
        return found
    slugs = list(Place.objects.workspaces().values_list("slug", flat=True)[:20])
    if not slugs:
        raise Unsound(_("There is no place yet. Add one with: placeweave place add %(slug)s NAME") % {"slug": slug})
    raise Unsound(
        _("There is no place called “%(slug)s”. There are: %(known)s.") % {"slug": slug, "known": ", ".join(slugs)}
    )
