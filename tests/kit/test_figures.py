"""Figures: the same facts drawn and as a table."""

from __future__ import annotations

import re

from django.template import Context, Template

from placeweave.kit.figures import Bar, BarFigure, Dot, DotFigure, Figure, Spoke, WheelFigure, plain_number


def render(figure: Figure) -> str:
    return Template("{% figure_with_table figure %}").render(Context({"figure": figure}))


def test_bars_are_drawn_from_zero_against_the_longest() -> None:
    figure = BarFigure(title="Who", description="", bars=[Bar("a", 50), Bar("b", 25)])
    assert [mark.width for mark in figure.marks] == [100.0, 50.0]


def test_a_bar_too_small_to_show_is_neither_drawn_nor_told() -> None:
    figure = BarFigure(title="Who", description="", bars=[Bar("Residents", 50), Bar("Fire", None)])
    html = render(figure)
    assert html.count('class="bars__bar"') == 1
    assert html.count("fewer than 5 people: not shown") == 2


def test_every_drawn_fact_stands_in_the_table() -> None:
    html = render(DotFigure(title="T", description="D", dots=[Dot("Buses", 81, 72, 88, 61)]))
    assert re.findall(r'<td class="number">([^<]+)</td>', html) == ["81", "72", "88", "61"]


def test_an_empty_figure_does_not_break() -> None:
    assert "<table" in render(BarFigure(title="None", description=""))
    assert BarFigure(title="Zeros", description="", bars=[Bar("a", 0)]).marks[0].width == 0


def test_dots_stay_on_their_scale() -> None:
    figure = DotFigure(title="T", description="", dots=[Dot("x", 140, -10, 200, 5)])
    assert (figure.marks[0].low, figure.marks[0].at, figure.marks[0].width) == (0.0, 100.0, 100.0)


def test_a_wheel_leaves_blank_what_nobody_rated() -> None:
    figure = WheelFigure(title="W", description="", spokes=[Spoke("a", 7), Spoke("b", None), Spoke("c", 1)])
    assert [petal.path != "" for petal in figure.petals] == [True, False, True]
    assert "wheel__bed--blank" in render(figure)


def test_words_beside_a_figure_are_escaped() -> None:
    assert "<script>" not in render(BarFigure(title="<script>", description="", bars=[Bar("<script>", 1)]))


def test_numbers_are_written_as_people_write_them() -> None:
    assert [plain_number(value) for value in (3, 1240.0, 0.625, 2.5)] == ["3", "1,240", "0.62", "2.5"]
