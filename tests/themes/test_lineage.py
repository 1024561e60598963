"""Claims about merging, splitting, moving and undoing: nothing is lost, and every earlier day can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from placeweave.kit.access import Standing
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.listening.models import Contribution
from placeweave.places.models import Member
from placeweave.themes import queries, services
from placeweave.themes.models import Cluster, ClusterName, Coding, Theme, ThemeEvent
from tests.factories import ClusterFactory, ContributionFactory

Picture = tuple[set[tuple[object, ...]], set[tuple[object, ...]]]


def picture(member: Member) -> Picture:
    """Everything that undoing must bring back: the themes as they read, and who put what where."""
    themes = Theme.objects.filter(place=member.place, merged_into=None)
    codings = Coding.objects.filter(theme__place=member.place, ended_at=None)
    return (
        set(themes.values_list("pk", "title", "status", "cluster", "description")),
        set(codings.values_list("theme", "quote", "by")),
    )


def last(member: Member) -> ThemeEvent:
    return ThemeEvent.objects.filter(place=member.place).order_by("-pk")[0]


@pytest.fixture
def themes(convener: Member, member_with: Callable[..., Member]) -> tuple[Theme, Theme]:
    """Two themes with two quotes each, one of them in common, put there by two people."""
    other = member_with(Standing.FACILITATOR)
    first = services.make(
        place=convener.place, title="Evenings", by=convener, cluster=ClusterFactory(place=convener.place)
    )
    second = services.make(place=convener.place, title="Buses", by=other)
    said = ContributionFactory.create_batch(3, place=convener.place)
    for theme, ones, by in ((first, said[:2], convener), (second, said[1:], other)):
        for one in ones:
            services.code(contribution=one, start=0, end=12, theme=theme, by=by)
    return first, second


def test_merging_carries_quotes_once_and_the_old_theme_points_at_the_new(
    themes: tuple[Theme, Theme], convener: Member
) -> None:
    source, target = themes
    services.merge(source=source, target=target, by=convener)
    source.refresh_from_db()
    assert source.merged_into == target
    assert Coding.objects.filter(theme=target, ended_at=None).count() == 3
    assert not Coding.objects.filter(theme=source, ended_at=None).exists()
    assert queries.counts(convener.place)[target.pk].quotes == 3


DEEDS: dict[str, Callable[[Theme, Theme, Member], object]] = {
    "rename": lambda a, _b, by: services.rename(theme=a, title="No way home", by=by),
    "status": lambda a, _b, by: services.set_status(theme=a, status="settled", by=by),
    "move": lambda a, _b, by: services.move(theme=a, cluster=ClusterFactory(place=by.place), by=by),
    "merge": lambda a, b, by: services.merge(source=a, target=b, by=by),
    "split": lambda a, _b, by: services.split(
        theme=a, title="Steps", quotes=[Coding.objects.filter(theme=a, ended_at=None)[0].quote_id], by=by
    ),
    "code": lambda a, _b, by: services.code(
        contribution=ContributionFactory(place=by.place), start=0, end=3, theme=a, by=by
    ),
    "uncode": lambda a, _b, by: services.uncode(coding=Coding.objects.filter(theme=a, ended_at=None)[0], by=by),
}


@pytest.mark.parametrize("name", DEEDS)
def test_undoing_restores_exactly_what_was(name: str, themes: tuple[Theme, Theme], convener: Member) -> None:
    before = picture(convener)
    DEEDS[name](*themes, convener)
    assert picture(convener) != before
    services.undo(event=last(convener), by=convener)
    assert picture(convener) == before


@pytest.mark.parametrize("name", DEEDS)
def test_what_was_undone_cannot_be_undone_again(name: str, themes: tuple[Theme, Theme], convener: Member) -> None:
    DEEDS[name](*themes, convener)
    event = last(convener)
    services.undo(event=event, by=convener)
    with pytest.raises(NotReady, match="already"):
        services.undo(event=event, by=convener)


def test_a_deed_on_which_a_later_one_stands_says_what_to_undo_first(
    themes: tuple[Theme, Theme], convener: Member
) -> None:
    source, target = themes
    services.merge(source=source, target=target, by=convener)
    merged = last(convener)
    quote = Coding.objects.filter(theme=source)[0].quote_id
    services.split(theme=target, title="Steps", quotes=[quote], by=convener)
    split = last(convener)
    with pytest.raises(NotReady, match="split “Steps” off “Buses”"):
        services.undo(event=merged, by=convener)
    services.undo(event=split, by=convener)
    services.undo(event=merged, by=convener)
    source.refresh_from_db()
    assert source.merged_into is None


def test_an_unrelated_later_change_does_not_stand_in_the_way(themes: tuple[Theme, Theme], convener: Member) -> None:
    source, target = themes
    services.merge(source=source, target=target, by=convener)
    merged = last(convener)
    services.rename(theme=target, title="Evening buses", by=convener)
    services.undo(event=merged, by=convener)
    target.refresh_from_db()
    assert target.title == "Evening buses"


def test_a_theme_merged_cannot_be_merged_again_or_into_itself(themes: tuple[Theme, Theme], convener: Member) -> None:
    source, target = themes
    with pytest.raises(Unsound):
        services.merge(source=source, target=source, by=convener)
    services.merge(source=source, target=target, by=convener)
    with pytest.raises(NotReady, match="Buses"):
        services.merge(source=source, target=target, by=convener)


def test_splitting_needs_a_quote(themes: tuple[Theme, Theme], convener: Member) -> None:
    with pytest.raises(Unsound, match="at least one quote"):
        services.split(theme=themes[0], title="Steps", quotes=[], by=convener)
    assert not Theme.objects.filter(title="Steps").exists()


def test_a_title_is_used_once_among_current_themes(themes: tuple[Theme, Theme], convener: Member) -> None:
    with pytest.raises(Unsound, match="already a theme"):
        services.rename(theme=themes[0], title=" buses ", by=convener)


def test_a_stale_edit_is_a_conflict_that_keeps_both(themes: tuple[Theme, Theme], convener: Member) -> None:
    theme = themes[0]
    services.rename(theme=theme, title="Theirs", by=convener, version=theme.version)
    with pytest.raises(Conflict) as clash:
        services.edit(theme=theme, title="Mine", description="", status="settled", version=theme.version, by=convener)
    assert clash.value.theirs["Title"] == "Theirs"
    assert clash.value.yours["Title"] == "Mine"
    assert clash.value.yours["Status"] == "Settled"


def test_coding_does_not_stand_in_the_way_of_an_editor(themes: tuple[Theme, Theme], convener: Member) -> None:
    theme = Theme.objects.get(pk=themes[0].pk)
    services.code(contribution=ContributionFactory(place=convener.place), start=0, end=3, theme=theme, by=convener)
    services.rename(theme=theme, title="No way home", by=convener, version=theme.version)


@pytest.mark.parametrize("standing", [Standing.PARTNER, Standing.COMMUNITY, Standing.EVALUATOR])
def test_i15_partners_and_residents_alike_dissent_but_do_not_arrange(
    standing: Standing, themes: tuple[Theme, Theme], member_with: Callable[..., Member]
) -> None:
    member = member_with(standing)
    for deed in DEEDS.values():
        with pytest.raises(Refused):
            deed(*themes, member)
    if standing == Standing.EVALUATOR:
        with pytest.raises(Refused):
            services.dissent(theme=themes[0], text="It is the steps.", by=member)
    else:
        assert services.dissent(theme=themes[0], text="It is the steps.", by=member).by_name == member.display_name


def back_in_time(days: int) -> None:
    """Let everything so far have happened some days ago."""
    for model in (ThemeEvent, Theme, Coding, Cluster, ClusterName):
        for row in model.objects.all():
            fields = {"created_at": row.created_at - timedelta(days=days)}
            if getattr(row, "ended_at", None):
                fields["ended_at"] = row.ended_at - timedelta(days=days)
            model.objects.filter(pk=row.pk).update(**fields)


def test_b10_i12_the_march_board_can_still_be_read(themes: tuple[Theme, Theme], convener: Member) -> None:
    first, second = themes
    column = first.cluster
    assert column is not None
    then = column.title
    back_in_time(10)
    march = timezone.localdate() - timedelta(days=10)
    services.rename(theme=first, title="No way home", by=convener)
    services.move(theme=first, cluster=ClusterFactory(place=convener.place), by=convener)
    services.clusters.rename(cluster=column, title="Something else", by=convener)
    services.merge(source=second, target=first, by=convener)
    services.undo(event=last(convener), by=convener)
    services.merge(source=second, target=first, by=convener)
    services.make(place=convener.place, title="Only since", by=convener)
    board = {
        column.title: {(one.title, one.quotes) for one in column.themes}
        for column in queries.board_as_of(convener.place, march)
    }
    assert board == {then: {("Evenings", 2)}, "": {("Buses", 2)}}
    now = {one.title for column in queries.board_as_of(convener.place, timezone.localdate()) for one in column.themes}
    assert now == {"No way home", "Only since"}


def test_withdrawing_goes_before_history(themes: tuple[Theme, Theme], convener: Member) -> None:
    said = Contribution.raw.filter(quotes__codings__theme=themes[0]).first()
    assert said is not None
    Contribution.raw.filter(pk=said.pk).update(state="withdrawn", text="")
    columns = queries.board_as_of(convener.place, timezone.localdate())
    assert ("Evenings", 1) in {(one.title, one.quotes) for column in columns for one in column.themes}


def test_a_cluster_is_put_away_only_when_empty(themes: tuple[Theme, Theme], convener: Member) -> None:
    cluster = themes[0].cluster
    assert cluster is not None
    with pytest.raises(NotReady, match="Move them first"):
        services.clusters.put_away(cluster=cluster, by=convener)
    services.move(theme=themes[0], cluster=None, by=convener)
    services.clusters.put_away(cluster=cluster, by=convener)
    assert cluster not in queries.clusters(convener.place)


def test_history_never_repeats_what_was_said(themes: tuple[Theme, Theme], convener: Member) -> None:
    for name in ("rename", "split", "merge"):
        DEEDS[name](*themes, convener)
    words = [one.text[:12] for one in Contribution.raw.all()]
    for event in ThemeEvent.objects.all():
        assert not any(word in f"{event.before}{event.after}" for word in words)
