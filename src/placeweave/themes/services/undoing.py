"""Undo one deed done to a theme, as long as nothing later stands on it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.kit import access
from placeweave.kit.errors import NotReady
from placeweave.places.models import Member
from placeweave.themes.models import Cluster, Theme, ThemeEvent
from placeweave.themes.queries.history import UNDOABLE, events_beside, standing_on
from placeweave.themes.services import records
from placeweave.themes.services.records import Verb
from placeweave.themes.wording import sentence


@transaction.atomic
def undo(*, event: ThemeEvent, by: Member) -> ThemeEvent:
    """Take back a deed; both the deed and the taking back stay in the history.

    Raises
    ------
    NotReady
        If it cannot be undone, was undone already, or a later deed stands on it.
    """
    access.require(by, "themes.arrange")
    themes = records.locked(*[one for one in (event.theme, event.other) if one is not None])
    theme, other = themes[0], themes[1] if len(themes) > 1 else None
    _check(event)
    _UNDO[Verb(event.verb)](event, theme, other)
    return records.tell(
        theme,
        Verb.UNDONE,
        other=other,
        by=by,
        before=_fields(event.after) | _folded_back(event),
        after=_fields(event.before),
        undoes=event,
    )


def _check(event: ThemeEvent) -> None:
    if event.verb not in UNDOABLE:
        raise NotReady(_("This cannot be undone. Change the theme by hand."))
    if ThemeEvent.objects.filter(undoes=event).exists():
        raise NotReady(_("This was undone already."))
    above = standing_on(event, events_beside([event.theme_id, event.other_id]))
    if above:
        raise NotReady(_("Something later stands on this. Undo this first: %(deed)s.") % {"deed": sentence(above[0])})


def _fields(values: dict[str, object]) -> dict[str, object]:
    """Keep what the board of an earlier day is read from."""
    return {name: values[name] for name in ("title", "status", "cluster", "merged_into") if name in values}


def _folded_back(event: ThemeEvent) -> dict[str, object]:
    """After a split is undone the new theme points at the old one; before, it stood on its own."""
    return {"other_merged_into": None} if event.verb == Verb.SPLIT else {}


def _rename(event: ThemeEvent, theme: Theme, _other: Theme | None) -> None:
    records.touch(theme, title=records.require_free_title(theme.place_id, event.before["title"], but=theme))


def _restatus(event: ThemeEvent, theme: Theme, _other: Theme | None) -> None:
    records.touch(theme, status=event.before["status"])


def _move_back(event: ThemeEvent, theme: Theme, _other: Theme | None) -> None:
    key = event.before["cluster"]
    cluster = Cluster.objects.filter(pk=key, put_away_at=None).first() if key else None
    if key and cluster is None:
        raise NotReady(_("The cluster it stood in is no longer on the board."))
    records.touch(theme, cluster=cluster)


def _uncode(event: ThemeEvent, theme: Theme, _other: Theme | None) -> None:
    records.close_codings(theme, event.after["quotes"])
    records.freshen(theme)


def _recode(event: ThemeEvent, theme: Theme, _other: Theme | None) -> None:
    records.open_codings(theme, records.last_coders(theme, event.before["quotes"]))
    records.freshen(theme)


def _unmerge(event: ThemeEvent, source: Theme, target: Theme | None) -> None:
    if target is None:
        raise NotReady(_("This cannot be undone. Change the theme by hand."))
    records.require_free_title(source.place_id, source.title, but=source)
    records.close_codings(target, event.after["carried"])
    records.open_codings(source, records.last_coders(source, event.after["quotes"]))
    records.touch(source, merged_into=None)
    records.touch(target)


def _unsplit(event: ThemeEvent, theme: Theme, new: Theme | None) -> None:
    if new is None:
        raise NotReady(_("This cannot be undone. Change the theme by hand."))
    records.close_codings(new, event.after["quotes"])
    records.open_codings(theme, records.last_coders(theme, event.after["quotes"]))
    records.touch(new, merged_into=theme)
    records.touch(theme)


_UNDO: dict[Verb, Callable[[ThemeEvent, Theme, Theme | None], None]] = {
    Verb.RENAMED: _rename,
    Verb.STATUS: _restatus,
    Verb.MOVED: _move_back,
    Verb.CODED: _uncode,
    Verb.UNCODED: _recode,
    Verb.MERGED: _unmerge,
    Verb.SPLIT: _unsplit,
}
