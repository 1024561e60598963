"""Contrast: every pair of colours the skin puts together can be read, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from placeweave import kit

SHEETS = Path(kit.__file__).parent / "static" / "kit"
STEPS = ("heard", "themes", "system", "jigsaw", "action", "learning", "change")

TEXT = [
    *[(ink, paper) for ink in ("ink", "ink-soft", "loch", "loch-strong") for paper in ("paper", "wash")],
    *[
        ("ink", wash)
        for wash in ("sunken", "mark", "heather-wash", "loch-wash", "gorse-wash", "moss-wash", "clay-wash")
    ],
    *[(tone, f"{tone}-wash") for tone in ("heather", "loch", "gorse", "moss", "clay")],
    *[("loch", f"{tone}-wash") for tone in ("gorse", "moss", "clay")],
    *[(tone, paper) for tone in ("heather", "gorse", "moss", "clay", "heather-strong") for paper in ("paper", "wash")],
    ("heather-strong", "heather-wash"),
    ("loch-strong", "loch-wash"),
    ("clay-strong", "clay-wash"),
    ("ink-soft", "sunken"),
    *[("on-strong", strong) for strong in ("heather", "heather-strong", "clay", "clay-strong")],
    *[("on-strong", step) for step in STEPS],
    *[(step, paper) for step in STEPS for paper in ("paper", "wash")],
]
SHAPES = [
    *[("edge", paper) for paper in ("paper", "wash")],
    *[("focus", paper) for paper in ("paper", "wash", "sunken")],
    *[("loch", "sunken"), ("heather", "wash"), ("loch", "wash")],
    *[(step, "sunken") for step in STEPS],
    ("clay", "paper"),
    ("gorse", "paper"),
]
MIXED = [(step, share) for step in STEPS for share in (9, 16)]


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", block))


def palettes() -> dict[str, dict[str, str]]:
    text = (SHEETS / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("prefers-color-scheme: dark", 1)
    return {"light": _tokens(light), "dark": _tokens(light) | _tokens(dark)}


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(rgb: tuple[float, ...]) -> float:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in rgb)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_stands_out_from_its_ground(scheme: str, ink: str, paper: str) -> None:
    colours = palettes()[scheme]
    assert contrast(_rgb(colours[ink]), _rgb(colours[paper])) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "paper"), SHAPES)
def test_controls_and_marks_stand_out_from_their_ground(scheme: str, shape: str, paper: str) -> None:
    colours = palettes()[scheme]
    assert contrast(_rgb(colours[shape]), _rgb(colours[paper])) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("step", "share"), MIXED)
def test_text_on_a_tint_of_a_step_can_be_read(scheme: str, step: str, share: int) -> None:
    colours = palettes()[scheme]
    hue, paper = _rgb(colours[step]), _rgb(colours["paper"])
    tint = tuple((share * h + (100 - share) * p) / 100 for h, p in zip(hue, paper, strict=True))
    ink = hue if share == 9 else _rgb(colours["ink"])
    assert contrast(ink, tint) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("share", [12, 28, 45])
def test_counts_in_the_cells_of_a_matrix_can_be_read(scheme: str, share: int) -> None:
    colours = palettes()[scheme]
    hue, paper = _rgb(colours["jigsaw"]), _rgb(colours["paper"])
    tint = tuple((share * h + (100 - share) * p) / 100 for h, p in zip(hue, paper, strict=True))
    assert contrast(_rgb(colours["ink"]), tint) >= 4.5


def test_sheets_name_colours_by_token_only() -> None:
    for sheet in SHEETS.glob("*.css"):
        if sheet.name in {"tokens.css", "print.css"}:
            continue
        loose = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text(encoding="utf-8"))) - {"#ffffff"}
        assert not loose, f"{sheet.name}: {loose}"
