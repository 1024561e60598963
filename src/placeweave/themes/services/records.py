"""The small steps every change to themes is made of: lock, check, write down, put a quote under a theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import audit
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member
from placeweave.themes.models import Coding, Quote, Theme, ThemeEvent

Verb = ThemeEvent.Verb


CHANGES = tuple(f"theme {verb.value}" for verb in Verb if verb not in {Verb.CODED, Verb.UNCODED})
"""The deeds that stand in an editor's way; coding never does."""


def locked(*themes: Theme) -> list[Theme]:
    """Lock themes in one order, so that two people never wait for each other, and give them as they are now."""
    keys = [one.pk for one in themes]
    fresh = {one.pk: one for one in Theme.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [fresh[key] for key in keys]


def require_current(theme: Theme) -> None:
    """Refuse to work on a theme that was folded into another."""
    if theme.merged_into is not None:
        raise NotReady(
            _("“%(theme)s” was merged into “%(target)s”. Work on that one.")
            % {"theme": theme.title, "target": theme.merged_into.title}
        )


def require_same_place(place_id: int, *themes: Theme) -> None:
    """Refuse to join what belongs to different places."""
    if any(one.place_id != place_id for one in themes):
        raise Unsound(_("These belong to different places."))


def require_free_title(place_id: int, title: str, *, but: Theme | None = None) -> str:
    """Give the title without loose spaces; refuse none at all, and one that another current theme has."""
    title = " ".join(title.split())
    if not title:
        raise Unsound(_("Give the theme a title."))
    if len(title) > 120:
        raise Unsound(_("Keep the title to 120 characters."))
    same = Theme.objects.current().filter(place=place_id, title__iexact=title)
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise Unsound(_("There is already a theme called “%(title)s”. Choose another title.") % {"title": title})
    return title


def touch(theme: Theme, **fields: Any) -> None:
    """Change a locked theme and count the change."""
    for name, value in fields.items():
        setattr(theme, name, value)
    theme.version += 1
    theme.changed_at = timezone.now()
    theme.save(update_fields=[*fields, "version", "changed_at"])


def freshen(theme: Theme) -> None:
    """Date a theme whose quotes changed; its version stays, so that coding never stands in an editor's way."""
    theme.changed_at = timezone.now()
    theme.save(update_fields=["changed_at"])


def tell(
    theme: Theme,
    verb: Verb,
    *,
    by: Member | None,
    other: Theme | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
    undoes: ThemeEvent | None = None,
) -> ThemeEvent:
    """Write down what was done, for the history of the theme and for the log of the place."""
    event = ThemeEvent.objects.create(
        place_id=theme.place_id,
        theme=theme,
        other=other,
        verb=verb,
        before=dict(before or {}),
        after=dict(after or {}),
        why=why[:400],
        by=by if by and by.pk else None,
        by_name=by.display_name if by else "",
        undoes=undoes,
    )
    audit.write(by=by, place_id=theme.place_id, verb=f"theme {verb.value}", subject=theme, summary=theme.title)
    return event


def quote_for(contribution_id: int, place_id: int, start: int, end: int) -> Quote:
    """Give the quote of this span, making it where nobody marked it before."""
    found, _made = Quote.objects.get_or_create(
        contribution_id=contribution_id, start=start, end=end, defaults={"place_id": place_id}
    )
    return found


def open_codings(theme: Theme, pairs: Iterable[tuple[int, Member | None]]) -> list[int]:
    """Put quotes under a theme, each with who put it there; give the keys of those that were not there yet."""
    wanted = dict(pairs)
    there = set(Coding.objects.filter(theme=theme, quote__in=wanted, ended_at=None).values_list("quote", flat=True))
    opened = []
    for quote, by in wanted.items():
        if quote not in there and _opened(theme, quote, by):
            opened.append(quote)
    return opened


def _opened(theme: Theme, quote: int, by: Member | None) -> bool:
    """Open one coding; a second person may do the same in the same moment, and once is enough."""
    try:
        with transaction.atomic():
            Coding.objects.create(theme=theme, quote_id=quote, by=by if by and by.pk else None)
    except IntegrityError:
        return False
    return True


def close_codings(theme: Theme, quotes: Iterable[int], *, moment: datetime | None = None) -> list[Coding]:
    """End the codings of these quotes under a theme, and give them."""
    rows = list(Coding.objects.select_related("by").filter(theme=theme, quote__in=list(quotes), ended_at=None))
    Coding.objects.filter(pk__in=[one.pk for one in rows]).update(ended_at=moment or timezone.now())
    return rows


def last_coders(theme: Theme, quotes: Iterable[int]) -> list[tuple[int, Member | None]]:
    """Say of quotes that stood under a theme who had put each there last."""
    rows = Coding.objects.filter(theme=theme, quote__in=list(quotes)).select_related("by").order_by("pk")
    return list({one.quote_id: (one.quote_id, one.by) for one in rows}.values())
