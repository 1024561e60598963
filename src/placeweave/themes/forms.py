"""Forms of themes: the shape of what is asked; services decide whether it may be."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.listening.models import Conversation
from placeweave.places.models import Place
from placeweave.themes.models import Cluster, Theme, WhatWeHeard
from placeweave.themes.queries import clusters, theme_options


class ThemeForm(HouseForm):
    """Make a theme."""

    title = Words(
        label=_("What are people saying?"), max_length=120, help_text=_("A few words, as near to theirs as can be.")
    )
    description = Words(label=_("In a sentence or two"), max_length=2000, lines=3, required=False)
    cluster = forms.ModelChoiceField(
        Cluster.objects.none(), label=_("Cluster"), required=False, empty_label=_("No cluster yet")
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("cluster", clusters(place))


class ThemeEditForm(VersionedForm):
    """Change what a theme is called, says and counts as, perhaps while somebody else does."""

    title = Words(label=_("Title"), max_length=120)
    description = Words(label=_("What it says"), max_length=2000, lines=5, required=False)
    status = forms.ChoiceField(label=_("How far the group has come with it"), choices=Theme.Status.choices)
    why = Words(label=_("Why"), max_length=400, required=False, help_text=_("For the history, in a few words."))


class MoveForm(HouseForm):
    """Put a theme into another cluster; an empty choice takes it out."""

    cluster = forms.ModelChoiceField(
        Cluster.objects.none(), label=_("Move to"), required=False, empty_label=_("No cluster yet")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000, required=False)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("cluster", clusters(place))


class MergeForm(HouseForm):
    """Fold this theme into another."""

    target = forms.ModelChoiceField(Theme.objects.none(), label=_("Merge it into"), empty_label=None)
    why = Words(label=_("Why"), max_length=400, required=False, help_text=_("For the history, in a few words."))

    def __init__(self, *args: Any, place: Place, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("target", theme_options(place).exclude(pk=theme.pk))


class SplitForm(HouseForm):
    """Name the theme that some of the quotes go to."""

    title = Words(label=_("Title of the new theme"), max_length=120)
    why = Words(label=_("Why"), max_length=400, required=False, help_text=_("For the history, in a few words."))


class ClusterForm(HouseForm):
    """Name a cluster."""

    title = Words(label=_("Name of the cluster"), max_length=120)


class DissentForm(HouseForm):
    """Say that one sees a theme differently."""

    text = Words(label=_("How do you see it?"), max_length=1000, lines=3)
    may_be_told = forms.BooleanField(label=_("This may stand on a page outside, without my name"), required=False)


class CodingForm(HouseForm):
    """Words of one contribution and the theme they go under.

    The words come as the reader saw them, so that the service can compare them with the text: they must not be
    tidied on the way.
    """

    start = forms.IntegerField(required=False, min_value=0, max_value=20_000, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, max_value=20_000, widget=forms.HiddenInput)
    words = forms.CharField(required=False, strip=False, max_length=40_000, widget=forms.HiddenInput)
    sentence = forms.MultipleChoiceField(required=False)
    theme = Words(label=_("Theme"), max_length=120, help_text=_("Choose one, or type a new one."))

    def __init__(self, *args: Any, sentences: list[tuple[int, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sentences = sentences
        choices = cast("forms.MultipleChoiceField", self.fields["sentence"])
        choices.choices = [(f"{start}-{end}", "") for start, end in sentences]

    def spans(self) -> list[tuple[int, int, str | None]]:
        """Give what was chosen: the selection, or the ticked sentences with neighbours joined."""
        given = self.cleaned_data
        if given["start"] is not None and given["end"] is not None:
            return [(given["start"], given["end"], given["words"])]
        return joined([_span(one) for one in given["sentence"]], self.sentences)


def _span(key: str) -> tuple[int, int]:
    start, end = key.split("-")
    return int(start), int(end)


def joined(chosen: list[tuple[int, int]], order: list[tuple[int, int]]) -> list[tuple[int, int, str | None]]:
    """Join neighbouring sentences into one stretch of words."""
    places = sorted(order.index(one) for one in chosen)
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [(order[run[0]][0], order[run[-1]][1], None) for run in runs]


class AskForm(HouseForm):
    """What to ask the machine for."""

    level = forms.ChoiceField(
        label=_("How finely to divide"),
        choices=[("coarse", _("A few broad groups")), ("mid", _("In between")), ("fine", _("Many narrow groups"))],
        initial="mid",
        widget=forms.RadioSelect,
    )
    themes = forms.IntegerField(
        label=_("Or exactly this many"),
        required=False,
        min_value=2,
        max_value=200,
        help_text=_("Leave empty to let the words decide."),
    )
    only_unplaced = forms.BooleanField(label=_("Only what stands under no theme yet"), required=False)
    conversations = forms.ModelMultipleChoiceField(
        Conversation.objects.none(),
        label=_("From these conversations"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means all of them."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("conversations", place.conversations.exclude(method=Conversation.Method.STATEMENTS))


class RefuseForm(HouseForm):
    """Say no to a suggestion."""

    why = Words(label=_("Why not?"), max_length=400, required=False)


class ToldForm(VersionedForm):
    """What a page says around the quotes."""

    title = Words(label=_("Title"), max_length=160)
    introduction = Words(
        label=_("Introduction"),
        max_length=4000,
        lines=4,
        required=False,
        help_text=_("Whom you met, when, and what you asked."),
    )
    what_next = Words(
        label=_("What happens next"),
        max_length=4000,
        lines=4,
        required=False,
        help_text=_("Who does what by when, and when people hear again."),
    )
    with_dissent = forms.BooleanField(label=_("Show where people see a theme differently"), required=False)


class ShareForm(HouseForm):
    """Whom a page is shared with."""

    audience = forms.ChoiceField(choices=WhatWeHeard.Audience.choices)


class DayForm(HouseForm):
    """The day an earlier board is read for."""

    once = False
    day = forms.DateField(label=_("The board as it was on"))
