"""The address of a voting's door, as words and as a square to point a phone at."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from placeweave.kit.squares import square
from placeweave.listening.models import Voting


@dataclass(frozen=True)
class Doorway:
    """How people come to a voting."""

    url: str
    host: str
    path: str
    """The two halves of the address as people type it."""
    square: SafeString
    """A QR code as SVG, dark on white whatever the colours of the page."""

    @property
    def shown(self) -> str:
        """The address without what nobody types."""
        return self.host + self.path


def doorway(voting: Voting) -> Doorway:
    """Give the way in to a voting, to print and to show."""
    path = reverse("voting:door", args=[voting.code])
    url = settings.PUBLIC_URL + path
    return Doorway(url, settings.PUBLIC_URL.partition("://")[2], path.rstrip("/"), square(url))
