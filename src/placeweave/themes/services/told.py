"""Make a page that tells people back what was heard, share it, and take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, exports, links, versions
from placeweave.kit.errors import Conflict, NotReady, Unsound
from placeweave.kit.exports import Exported
from placeweave.listening.models import Contribution, Conversation
from placeweave.places.models import Member, Place
from placeweave.themes.models import Theme, ToldItem, WhatWeHeard
from placeweave.themes.queries.boards import example_quotes
from placeweave.themes.queries.counting import NOTHING, counts
from placeweave.themes.queries.told import LONGEST_WHOLE, Item, heard_in, item_of, reader_of
from placeweave.themes.queries.words import ANYBODY, MEMBERS, Reader, readable
from placeweave.themes.services.codings import sentences, verified_span

State, Audience = WhatWeHeard.State, WhatWeHeard.Audience
THEMES_AT_FIRST, WORDS_AT_FIRST, MOST_ITEMS = 6, 8, 80
LABELS = {
    "title": gettext_lazy("Title"),
    "introduction": gettext_lazy("Introduction"),
    "what_next": gettext_lazy("What happens next"),
    "with_dissent": gettext_lazy("Show where people see a theme differently"),
}


@transaction.atomic
def make(*, place: Place, conversations: Sequence[Conversation], by: Member, title: str = "") -> WhatWeHeard:
    """Begin a page from conversations, already filled with what may be told: the person betters it from there.

    It begins with words that anybody may read; where there are none, with words for members.
    """
    access.require(by, "themes.tell_back")
    if not conversations or any(one.place_id != place.pk for one in conversations):
        raise Unsound(_("Choose at least one conversation of this place."))
    page = WhatWeHeard.objects.create(
        place=place,
        title=(title.strip() or _("What we heard: %(title)s") % {"title": conversations[0].title})[:160],
        introduction=_first_words(conversations),
        made_by=by,
    )
    page.conversations.set(conversations)
    items = _first_items(page, ANYBODY) or _first_items(page, MEMBERS)
    _lay(page, items)
    audit.write(by=by, place_id=place.pk, verb="made", subject=page, summary=page.title)
    return page


def _first_words(conversations: Sequence[Conversation]) -> str:
    asked = next((one.guiding_question for one in conversations if one.guiding_question), "")
    return _("We asked: %(question)s") % {"question": asked} if asked else ""


def _first_items(page: WhatWeHeard, reader: Reader) -> list[Item]:
    """Choose what to begin with: the weightiest themes with their quotes; else the first short contributions."""
    heard = heard_in(page)
    weight = counts(page.place, contributions=heard.values("pk"))
    shown = example_quotes(page.place, reader, within=heard)
    order = sorted(shown, key=lambda key: (-weight.get(key, NOTHING).voices, key))
    standing = set(Theme.objects.filter(pk__in=order).exclude(status=Theme.Status.RETIRED).values_list("pk", flat=True))
    themes = [key for key in order if key in standing][:THEMES_AT_FIRST]
    items: list[Item] = [
        (theme, quote.contribution_id, quote.start, quote.end) for theme in themes for quote in shown[theme]
    ]
    return items or _uncoded_words(page, reader)


def _uncoded_words(page: WhatWeHeard, reader: Reader) -> list[Item]:
    said = readable(page.place, reader).filter(conversation__in=page.conversations.all())
    return [(None, one.pk, *_beginning(one)) for one in said.order_by("pk")[:WORDS_AT_FIRST]]


def _beginning(contribution: Contribution) -> tuple[int, int]:
    """Choose a whole short text, or as many sentences of a long one as stay short."""
    text = contribution.text
    if len(text) <= LONGEST_WHOLE:
        return verified_span(text, 0, len(text))
    cuts = sentences(text)
    end = max((end for _start, end in cuts if end <= LONGEST_WHOLE), default=cuts[0][1])
    return cuts[0][0], end


def _lay(page: WhatWeHeard, items: Sequence[Item]) -> None:
    ToldItem.objects.filter(page=page).delete()
    ToldItem.objects.bulk_create(
        [
            ToldItem(page=page, theme_id=theme, contribution_id=key, start=start, end=end, order=order)
            for order, (theme, key, start, end) in enumerate(items)
        ]
    )


def _locked(page: WhatWeHeard, by: Member) -> WhatWeHeard:
    access.require(by, "themes.tell_back")
    found = WhatWeHeard.objects.select_for_update().select_related("place").get(pk=page.pk)
    if found.place_id != by.place_id:
        raise Unsound(_("This page belongs to another place."))
    return found


@transaction.atomic
def edit(
    *,
    page: WhatWeHeard,
    title: str,
    introduction: str,
    what_next: str,
    with_dissent: bool,
    by: Member,
    version: int | None = None,
    keys: Sequence[str] | None = None,
    theme_order: Sequence[int] = (),
) -> WhatWeHeard:
    """Change what the page says around the quotes and, where ``keys`` are given, which words stand on it.

    Raises
    ------
    Conflict
        If somebody changed it since ``version``.
    """
    page = _locked(page, by)
    new = {
        "title": title.strip()[:160],
        "introduction": introduction.strip(),
        "what_next": what_next.strip(),
        "with_dissent": with_dissent,
    }
    items = None if keys is None else _chosen(page, keys, theme_order)
    if version is not None and version != page.version:
        raise _both(page, new, items)
    if not new["title"]:
        raise Unsound(_("Give the page a title."))
    for name, value in new.items():
        setattr(page, name, value)
    page.version += 1
    page.save(update_fields=[*new, "version"])
    if items is not None:
        _lay(page, items)
    audit.write(by=by, place_id=page.place_id, verb="changed", subject=page, summary=page.title)
    return page


def _both(page: WhatWeHeard, new: Mapping[str, Any], items: Sequence[Item] | None) -> Conflict:
    """Lay the page as it is kept beside what this person wrote and ticked."""
    conflict = versions.both(page, said=new, labels=LABELS)
    if items is not None:
        kept = page.items.values_list("theme", "contribution", "start", "end")
        label = _("Words that stand on it")
        conflict.theirs[label], conflict.yours[label] = _quoted(page, list(kept)), _quoted(page, items)
    return conflict


def _quoted(page: WhatWeHeard, items: Sequence[Item]) -> str:
    """Write out words that members may read, a line each."""
    said = readable(page.place, MEMBERS).filter(pk__in=[item[1] for item in items])
    texts = dict(said.values_list("pk", "text"))
    return "\n".join(f"“{texts[key][start:end]}”" for _theme, key, start, end in items if key in texts)


def _chosen(page: WhatWeHeard, keys: Sequence[str], theme_order: Sequence[int]) -> list[Item]:
    """Give what the keys name, in the order of the themes: only words that members may read can be chosen.

    Whether they reach the page's audience is asked when it is shown.
    """
    if len(keys) > MOST_ITEMS:
        raise Unsound(
            _("A page holds at most %(most)s quotes, and %(n)s are ticked.") % {"most": MOST_ITEMS, "n": len(keys)}
        )
    wanted = [_item(key) for key in keys]
    said = readable(page.place, MEMBERS).filter(conversation__in=page.conversations.all())
    texts = dict(said.filter(pk__in=[item[1] for item in wanted]).values_list("pk", "text"))
    themes = set(
        Theme.objects.filter(place=page.place, pk__in=[item[0] for item in wanted if item[0]]).values_list(
            "pk", flat=True
        )
    )
    items = [
        (theme if theme in themes else None, key, *verified_span(texts[key], start, end))
        for theme, key, start, end in wanted
        if key in texts
    ]
    place_in_line = {key: order for order, key in enumerate(theme_order)}
    return sorted(items, key=lambda item: place_in_line.get(item[0] or 0, len(place_in_line)))


def _item(key: str) -> Item:
    found = item_of(key)
    if found is None:
        raise Unsound(_("One of the quotes could not be found. Load the page anew and choose again."))
    return found


@transaction.atomic
def share(*, page: WhatWeHeard, audience: str, by: Member) -> WhatWeHeard:
    """Let its audience open the page; the link stays the same if it is shared again.

    Raises
    ------
    NotReady
        If nothing on it may reach that audience.
    """
    page = _locked(page, by)
    if audience not in Audience.values:
        raise Unsound(_("A page is shared with members, or with anybody who has the link."))
    if not page.items.filter(contribution__in=readable(page.place, reader_of(audience))).exists():
        raise NotReady(_("No words on this page may reach those people yet. Choose others, or ask their tellers."))
    page.audience, page.state = audience, State.SHARED
    page.key = page.key or links.new_key()
    page.shared_at = page.shared_at or timezone.now()
    page.save(update_fields=["audience", "state", "key", "shared_at"])
    audit.write(by=by, place_id=page.place_id, verb=f"shared with {audience}", subject=page, summary=page.title)
    return page


@transaction.atomic
def take_back(*, page: WhatWeHeard, by: Member) -> WhatWeHeard:
    """Close the page again; whoever has the link is told that it was taken back."""
    page = _locked(page, by)
    if page.state != State.SHARED:
        raise NotReady(_("This page is not shared."))
    page.state = State.TAKEN_BACK
    page.save(update_fields=["state"])
    audit.write(by=by, place_id=page.place_id, verb="took back", subject=page, summary=page.title)
    return page


@transaction.atomic
def take_away(*, page: WhatWeHeard, exported: Exported, by: Member) -> Exported:
    """Log that a copy of the page leaves, with whose words it holds."""
    access.require(by, "themes.tell_back")
    exports.log(exported, format="what-we-heard", place_id=page.place_id, by=by)
    return exported
