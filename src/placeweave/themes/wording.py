"""Say in one sentence what was done to a theme."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.themes.models import Theme, ThemeEvent

Verb = ThemeEvent.Verb


def deed(event: ThemeEvent) -> str:
    """Say what was done, without who: “renamed “Buses” to “Evening buses””."""
    return _DEEDS[Verb(event.verb)](event)


def sentence(event: ThemeEvent) -> str:
    """Say who did what."""
    return f"{event.by_name or _('Somebody')} {deed(event)}"


def _made(event: ThemeEvent) -> str:
    words = _("took up the suggestion “%(title)s”") if event.after.get("from_suggestion") else _("made “%(title)s”")
    return words % {"title": event.after.get("title", event.theme.title)}


def _renamed(event: ThemeEvent) -> str:
    return _("renamed “%(old)s” to “%(new)s”") % {"old": event.before.get("title"), "new": event.after.get("title")}


def _described(event: ThemeEvent) -> str:
    return _("described “%(title)s”") % {"title": event.theme.title}


def _merged(event: ThemeEvent) -> str:
    target = event.after.get("named") or (event.other.title if event.other else "")
    return _("merged “%(source)s” into “%(target)s”") % {"source": event.theme.title, "target": target}


def _split(event: ThemeEvent) -> str:
    new = event.after.get("named") or (event.other.title if event.other else "")
    return _("split “%(new)s” off “%(title)s”") % {"new": new, "title": event.theme.title}


def _moved(event: ThemeEvent) -> str:
    if not event.after.get("cluster"):
        return _("took “%(title)s” out of its cluster") % {"title": event.theme.title}
    return _("moved “%(title)s” to “%(cluster)s”") % {
        "title": event.theme.title,
        "cluster": event.after.get("cluster_title", ""),
    }


def _status(event: ThemeEvent) -> str:
    label = dict(Theme.Status.choices).get(event.after.get("status", ""), "")
    return _("marked “%(title)s” as %(status)s") % {"title": event.theme.title, "status": str(label).lower()}


def _coded(event: ThemeEvent) -> str:
    n = len(event.after.get("quotes", []))
    words = ngettext("put a quote under “%(title)s”", "put %(n)s quotes under “%(title)s”", n)
    return words % {"n": n, "title": event.theme.title}


def _uncoded(event: ThemeEvent) -> str:
    n = len(event.before.get("quotes", []))
    words = ngettext("took a quote off “%(title)s”", "took %(n)s quotes off “%(title)s”", n)
    return words % {"n": n, "title": event.theme.title}


def _undone(event: ThemeEvent) -> str:
    what = deed(event.undoes) if event.undoes else ""
    return _("undid this: %(deed)s") % {"deed": what}


_DEEDS: dict[Verb, Callable[[ThemeEvent], str]] = {
    Verb.MADE: _made,
    Verb.RENAMED: _renamed,
    Verb.DESCRIBED: _described,
    Verb.MERGED: _merged,
    Verb.SPLIT: _split,
    Verb.MOVED: _moved,
    Verb.STATUS: _status,
    Verb.CODED: _coded,
    Verb.UNCODED: _uncoded,
    Verb.UNDONE: _undone,
}
