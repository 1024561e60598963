"""How fast one network may sign people up: each form writes a letter to an address that nobody has proved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from placeweave.kit.errors import NotReady
from placeweave.kit.tries import Pace

T = TypeVar("T")
# As many as fill the largest hall within minutes; nobody else brings that many from behind one address.
SIGNING_UP = Pace("sign-up", ((600, 600), (2000, 86_400)))


def paced(request: HttpRequest, deed: Callable[[], T]) -> T:
    """Do it, unless very many came from this network just now.

    Raises
    ------
    NotReady
        If so.
    """
    if not SIGNING_UP.allows(request):
        raise NotReady(_("Very many forms came from your network just now. Wait a few minutes, then send it again."))
    return deed()
