"""Make, rename and put away the columns of the board."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member, Place
from placeweave.themes.models import Cluster, ClusterName, Theme


def _free_title(place: Place, title: str, but: Cluster | None = None) -> str:
    title = " ".join(title.split())
    if not title:
        raise Unsound(_("Give the cluster a title."))
    same = Cluster.objects.filter(place=place, title__iexact=title, put_away_at=None)
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise Unsound(_("There is already a cluster called “%(title)s”.") % {"title": title})
    return title


@transaction.atomic
def make(*, place: Place, title: str, by: Member) -> Cluster:
    """Open a column at the right of the board."""
    access.require(by, "themes.arrange")
    last = Cluster.objects.filter(place=place).aggregate(last=Max("order"))["last"] or 0
    cluster = Cluster.objects.create(place=place, title=_free_title(place, title), order=last + 1)
    audit.write(by=by, place_id=place.pk, verb="made", subject=cluster, summary=cluster.title)
    return cluster


@transaction.atomic
def rename(*, cluster: Cluster, title: str, by: Member) -> Cluster:
    """Give a column another title; boards of earlier days keep the one they had."""
    access.require(by, "themes.arrange")
    cluster = Cluster.objects.select_for_update().get(pk=cluster.pk)
    title = _free_title(cluster.place, title, but=cluster)
    if title != cluster.title:
        ClusterName.objects.create(cluster=cluster, title=cluster.title, by=by)
        audit.write(by=by, place_id=cluster.place_id, verb="renamed", subject=cluster, summary=title)
        cluster.title = title
        cluster.save(update_fields=["title"])
    return cluster


@transaction.atomic
def put_away(*, cluster: Cluster, by: Member) -> None:
    """Take an empty column off the board.

    Raises
    ------
    NotReady
        If themes still stand in it.
    """
    access.require(by, "themes.arrange")
    cluster = Cluster.objects.select_for_update().get(pk=cluster.pk)
    if Theme.objects.current().filter(cluster=cluster).exists():
        raise NotReady(_("Themes still stand in “%(title)s”. Move them first.") % {"title": cluster.title})
    cluster.put_away_at = timezone.now()
    cluster.save(update_fields=["put_away_at"])
    audit.write(by=by, place_id=cluster.place_id, verb="put away", subject=cluster, summary=cluster.title)
