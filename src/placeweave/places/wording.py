"""The reasons why two organisations may be one, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from placeweave.engines.linkage.wording import SENTENCES


def spoken(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say each kept reason as a sentence; one that this version no longer knows is left out."""
    return [(gettext(SENTENCES[one["code"]]) % one["facts"]).strip() for one in reasons if one["code"] in SENTENCES]
