"""Make a theme, and change what it is called, says, counts as and stands in."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, versions
from placeweave.kit.errors import Unsound
from placeweave.places.models import Member, Place
from placeweave.themes.models import Cluster, Dissent, Theme
from placeweave.themes.services import records
from placeweave.themes.services.records import Verb

LABELS = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("What it says"),
    "status": gettext_lazy("Status"),
}


@transaction.atomic
def make(
    *,
    place: Place,
    title: str,
    by: Member,
    description: str = "",
    cluster: Cluster | None = None,
    from_suggestion: bool = False,
) -> Theme:
    """Make a theme.

    Raises
    ------
    Unsound
        If there is no title, or another current theme has it.
    """
    access.require(by, "themes.arrange")
    title = records.require_free_title(place.pk, title)
    theme = Theme.objects.create(
        place=place,
        title=title,
        description=description.strip(),
        cluster=_cluster_of(place.pk, cluster),
        made_by=by,
        from_suggestion=from_suggestion,
    )
    after = {"title": title, "cluster": theme.cluster_id, "from_suggestion": from_suggestion}
    records.tell(theme, Verb.MADE, by=by, after=after)
    Theme.objects.filter(pk=theme.pk).update(changed_at=theme.created_at)
    theme.changed_at = theme.created_at
    return theme


def _cluster_of(place_id: int, cluster: Cluster | None) -> Cluster | None:
    if cluster is not None and (cluster.place_id != place_id or cluster.put_away_at is not None):
        raise Unsound(_("There is no such cluster on this board."))
    return cluster


@transaction.atomic
def find_or_make(*, place: Place, title: str, by: Member) -> Theme:
    """Give the current theme of this title, whatever its capitals, or make it."""
    wanted = " ".join(title.split())
    found = Theme.objects.current().filter(place=place, title__iexact=wanted).first()
    return found or make(place=place, title=wanted, by=by)


@transaction.atomic
def edit(
    *,
    theme: Theme,
    title: str,
    description: str,
    status: str,
    by: Member,
    version: int | None = None,
    why: str = "",
) -> Theme:
    """Rename, describe and settle a theme, each change a deed of its own.

    Raises
    ------
    Conflict
        If somebody changed it since ``version``.
    """
    access.require(by, "themes.arrange")
    (theme,) = records.locked(theme)
    records.require_current(theme)
    new = {"title": title, "description": description.strip(), "status": status}
    versions.require_version(theme, version, said=new, labels=LABELS, verbs=records.CHANGES)
    _check_status(status)
    new["title"] = records.require_free_title(theme.place_id, title, but=theme)
    verbs = {"title": Verb.RENAMED, "description": Verb.DESCRIBED, "status": Verb.STATUS}
    changed = {name: value for name, value in new.items() if getattr(theme, name) != value}
    for name, value in changed.items():
        records.tell(theme, verbs[name], by=by, before={name: getattr(theme, name)}, after={name: value}, why=why)
    if changed:
        records.touch(theme, **changed)
    return theme


def _check_status(status: str) -> None:
    if status not in Theme.Status.values:
        raise Unsound(_("A theme is emerging, settled or retired."))


def rename(*, theme: Theme, title: str, by: Member, version: int | None = None, why: str = "") -> Theme:
    """Give a theme another title."""
    return edit(
        theme=theme,
        title=title,
        description=theme.description,
        status=theme.status,
        by=by,
        version=version,
        why=why,
    )


def set_status(*, theme: Theme, status: str, by: Member, version: int | None = None, why: str = "") -> Theme:
    """Say how far the group has come with a theme."""
    return edit(
        theme=theme, title=theme.title, description=theme.description, status=status, by=by, version=version, why=why
    )


@transaction.atomic
def move(*, theme: Theme, cluster: Cluster | None, by: Member, version: int | None = None, why: str = "") -> Theme:
    """Put a theme into another cluster, or into none."""
    access.require(by, "themes.arrange")
    (theme,) = records.locked(theme)
    records.require_current(theme)
    cluster = _cluster_of(theme.place_id, cluster)
    versions.require_version(
        theme, version, said={"cluster": cluster}, labels={"cluster": _("Cluster")}, verbs=records.CHANGES
    )
    if theme.cluster == cluster:
        return theme
    before = {"cluster": theme.cluster_id, "cluster_title": theme.cluster.title if theme.cluster else ""}
    after = {"cluster": cluster.pk if cluster else None, "cluster_title": cluster.title if cluster else ""}
    records.tell(theme, Verb.MOVED, by=by, before=before, after=after, why=why)
    records.touch(theme, cluster=cluster)
    return theme


@transaction.atomic
def dissent(*, theme: Theme, text: str, by: Member, may_be_told: bool = False) -> Dissent:
    """Keep beside a theme that somebody sees it differently."""
    access.require(by, "themes.dissent")
    text = text.strip()
    if not text:
        raise Unsound(_("Say in a sentence how you see it."))
    note = Dissent.objects.create(theme=theme, text=text, by=by, by_name=by.display_name, may_be_told=may_be_told)
    audit.write(by=by, place_id=theme.place_id, verb="disagreed with", subject=theme, summary=theme.title)
    return note


@transaction.atomic
def take_back_dissent(*, note: Dissent, by: Member) -> None:
    """Let somebody take back their own note; nobody else may."""
    access.require(by, "themes.dissent")
    if note.by_id != by.pk:
        raise Unsound(_("Only the person who wrote this can take it back."))
    audit.write(by=by, place_id=note.theme.place_id, verb="took back", subject=note.theme, summary=note.theme.title)
    note.delete()
