"""Files that leave the workspace: each is logged with who, what, when and scope, and with whose words it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from placeweave.kit import access, audit, turns
from placeweave.kit.errors import Unsound
from placeweave.kit.models import Export, Holding


@dataclass(frozen=True)
class Exported:
    """A file ready to leave; ``holds`` are the keys of the contributions whose words are in it."""

    content: bytes
    file_name: str
    media_type: str
    rows: int
    scope: str
    holds: frozenset[int] = frozenset()


class Taker(access.Actor, audit.Doer, Protocol):
    """Whoever takes a file away: an actor with a name and, usually, an account."""


@dataclass(frozen=True)
class Exporter:
    """One kind of export: ``write(place_id, taker)`` makes the file with no more than the taker may read."""

    format: str
    label: str | Promise
    permission: str
    write: Callable[[int, Taker], Exported]


_exporters: dict[str, Exporter] = {}


def register(exporter: Exporter) -> None:
    """Make an export known; called once, when its room's application is ready."""
    _exporters[exporter.format] = exporter


def available(taker: Taker) -> list[Exporter]:
    """List the exports this person may take."""
    return [one for one in _exporters.values() if access.may(taker, one.permission)]


@transaction.atomic
def take(*, format: str, place_id: int, by: Taker) -> Exported:  # noqa: A002 - the word people use
    """Make a file, and log it before it leaves."""
    if format not in _exporters:
        known = ", ".join(sorted(_exporters))
        raise Unsound(
            _("There is no export called “%(name)s”. There are: %(known)s.") % {"name": format, "known": known}
        )
    exporter = _exporters[format]
    access.require(by, exporter.permission)
    turns.take(place_id)  # so that a withdrawal comes before the file, or is told that the file holds the words
    exported = exporter.write(place_id, by)
    log(exported, format=format, place_id=place_id, by=by)
    return exported


@transaction.atomic
def log(exported: Exported, *, format: str, place_id: int, by: Taker) -> Export:  # noqa: A002
    """Keep that a file left, and whose words it holds."""
    entry = Export.objects.create(
        place_id=place_id,
        format=format,
        file_name=exported.file_name,
        scope=exported.scope,
        rows=exported.rows,
        sha256=hashlib.sha256(exported.content).hexdigest(),
        by=by.account,
        by_name=by.display_name,
    )
    Holding.objects.bulk_create(
        [Holding(export=entry, contribution_id=key) for key in sorted(exported.holds)], batch_size=1000
    )
    audit.write(by=by, place_id=place_id, verb="exported", subject=entry, summary=f"{format}: {exported.scope}")
    return entry


def as_download(exported: Exported) -> HttpResponse:
    """Answer a request with the file."""
    response = HttpResponse(exported.content, content_type=exported.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{exported.file_name}"'
    return response
