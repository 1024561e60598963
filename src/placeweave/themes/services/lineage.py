"""Merge and split themes, so that whatever was built on either can still be traced to the words beneath."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access
from placeweave.kit.errors import Unsound
from placeweave.places.models import Member
from placeweave.themes.models import Coding, Theme
from placeweave.themes.services import records
from placeweave.themes.services.records import Verb


@transaction.atomic
def merge(*, source: Theme, target: Theme, by: Member, why: str = "") -> Theme:
    """Fold one theme into another, carrying its quotes across; a quote that stands under both is kept once.

    Raises
    ------
    Refused
        If ``by`` may not arrange themes of this place.
    NotReady
        If either has already been merged.
    Unsound
        If they are one theme, or of different places.
    """
    access.require(by, "themes.arrange")
    if source.pk == target.pk:
        raise Unsound(_("A theme cannot be merged into itself. Choose another."))
    records.require_same_place(by.place_id, source, target)
    source, target = records.locked(source, target)
    records.require_current(source)
    records.require_current(target)
    quotes = list(Coding.objects.filter(theme=source, ended_at=None).values_list("quote", flat=True))
    ended = records.close_codings(source, quotes, moment=timezone.now())
    carried = records.open_codings(target, [(one.quote_id, one.by) for one in ended])
    records.tell(
        source,
        Verb.MERGED,
        other=target,
        by=by,
        before={"merged_into": None},
        after={"merged_into": target.pk, "named": target.title, "quotes": quotes, "carried": carried},
        why=why,
    )
    records.touch(source, merged_into=target)
    records.touch(target)
    return target


@transaction.atomic
def split(*, theme: Theme, title: str, quotes: Sequence[int], by: Member, why: str = "") -> Theme:
    """Make a new theme out of some of a theme's quotes; the rest stay.

    Raises
    ------
    Unsound
        If none of the quotes is under the theme, or the new title is taken.
    """
    access.require(by, "themes.arrange")
    (theme,) = records.locked(theme)
    records.require_same_place(by.place_id, theme)
    records.require_current(theme)
    title = records.require_free_title(theme.place_id, title)
    ended = records.close_codings(theme, quotes, moment=timezone.now())
    if not ended:
        raise Unsound(_("Choose at least one quote that goes to the new theme."))
    new = Theme.objects.create(
        place_id=theme.place_id,
        title=title,
        cluster=theme.cluster,
        split_from=theme,
        made_by=by,
        changed_at=timezone.now(),
    )
    carried = records.open_codings(new, [(one.quote_id, one.by) for one in ended])
    records.tell(
        theme,
        Verb.SPLIT,
        other=new,
        by=by,
        before={"other_merged_into": None},
        after={"named": title, "quotes": carried},
        why=why,
    )
    records.touch(theme)
    return new
