"""The measures of the network in sentences, each with what one might do about it; never a league table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.jigsaw.queries.network import SECTORS
from placeweave.kit.models import Analysis

NAMED = 3
SELDOM = 0.05
Names = Mapping[int, str]
Measured = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One measure: what it is called, what is so here, and what to do about it; the field's term stands beside."""

    title: str
    term: str
    sentences: Sequence[str]
    advice: str


@dataclass(frozen=True)
class Coverage:
    """How many of those asked have answered."""

    partners: int
    answered: int | None
    percent: int | None
    is_incomplete: bool


def coverage(analysis: Analysis, level: int) -> Coverage:
    """Give how complete the answers are that everything else rests on."""
    told = _measured(analysis, level)["coverage"]
    rate = told["rate"]
    percent = None if rate is None else round(100 * rate)
    return Coverage(told["partners"], told["answered"], percent, told["is_incomplete"])


def _measured(analysis: Analysis, level: int) -> Measured:
    found: Measured = (analysis.result or {})["levels"][str(level)]
    return found


def measures_in_words(names: Names, analysis: Analysis, level: int) -> Sequence[Told]:
    """Say every measure in words. What nothing can be said of says so."""
    measured = _measured(analysis, level)
    tellers: Sequence[Callable[[Measured, Names], Told]] = (
        _silos, _between, _weak, _alone, _speaking, _overlapping, _core, _groups,
    )  # fmt: skip
    return [tell(measured, names) for tell in tellers]


def _advice(words: str, *, when: bool) -> str:
    """Give what to do about it; where nothing is amiss, that there is nothing to do."""
    return words if when else _("Nothing to do about it now. Look again after the next wave.")


def listed(words: Sequence[str]) -> str:
    """Join words as people do: "a, b and c"."""
    return str(get_text_list(list(words), _("and")))


def _name(names: Names, key: int) -> str:
    return names.get(key, _("a partner that has gone"))


def _names(names: Names, keys: Sequence[int]) -> str:
    return listed([_name(names, key) for key in keys])


def _sector(value: str) -> str:
    return str(SECTORS.get(value, value or _("Sector not known")))


def _silos(measured: Measured, _known: Names) -> Told:
    silos, total = measured["silos"], measured["ties"]
    across = sum(one["ties"] for one in silos["between"] if one["one"] != one["other"])
    sentences = [
        ngettext(
            "%(across)s of %(n)s tie runs between sectors.", "%(across)s of %(n)s ties run between sectors.", total
        )
        % {"across": across, "n": total}
    ]
    closed = [one["sector"] for one in silos["sectors"] if one["index"] is not None and one["index"] < 0]
    if closed:
        sentences.append(_("More inside than across: %(which)s.") % {"which": listed([_sector(one) for one in closed])})
    empty = [one for one in silos["between"] if one["one"] != one["other"] and one["possible"] and not one["ties"]]
    sentences += [_never_meeting(empty)] if empty else []
    return Told(
        _("Inside and across sectors"),
        _("E-I index %(index)s") % {"index": _figure(silos["index"])},
        sentences,
        _advice(
            _("Where two sectors never meet, begin with one question both have, and two people who like each other."),
            when=bool(empty or closed),
        ),
    )


def _never_meeting(empty: Sequence[Measured]) -> str:
    pairs = [
        _("%(one)s and %(other)s") % {"one": _sector(one["one"]), "other": _sector(one["other"])}
        for one in empty[:NAMED]
    ]
    told = ngettext(
        "%(n)s pair of sectors has no tie at all, such as %(such)s.",
        "%(n)s pairs of sectors have no tie at all, such as %(such)s.",
        len(empty),
    )
    return told % {"n": len(empty), "such": "; ".join(pairs)}


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:+.2f}".replace("-", "−")


def _between(measured: Measured, names: Names) -> Told:
    found = sorted((one for one in measured["partners"] if one["between"] > 0), key=lambda one: -one["between"])
    top = [one["key"] for one in found[:NAMED]]
    sentences = [_("Nobody stands between others: everyone reaches everyone directly, or not at all.")]
    if top:
        sentences = [
            _("The shortest way between others most often leads through %(who)s.") % {"who": _names(names, top)}
        ]
    return Told(
        _("Those who stand between"),
        _("betweenness"),
        sentences,
        _advice(
            _("Thank them, and ask what it costs. Now and then, bring together those who meet only through them."),
            when=bool(top),
        ),
    )


def _weak(measured: Measured, names: Names) -> Told:
    found = sorted((one for one in measured["partners"] if one["cut_off"]), key=lambda one: -one["cut_off"])
    sentences = [
        ngettext(
            "If %(who)s left, %(n)s pair of others could no longer reach each other.",
            "If %(who)s left, %(n)s pairs of others could no longer reach each other.",
            one["cut_off"],
        )
        % {"who": _name(names, one["key"]), "n": one["cut_off"]}
        for one in found[:NAMED]
    ]
    bridges = [f"{_name(names, one)} – {_name(names, other)}" for one, other in measured["bridges"][:NAMED]]
    if bridges:
        sentences.append(_("The only way between two parts of the network: %(which)s.") % {"which": "; ".join(bridges)})
    return Told(
        _("What hangs on one partner"),
        _("articulation points and bridges"),
        sentences or [_("Whoever leaves, the others can still reach each other.")],
        _advice(
            _("Make a second way before it is needed: introduce two who now only meet through them."),
            when=bool(sentences),
        ),
    )


def _alone(measured: Measured, names: Names) -> Told:
    alone = measured["isolated"]
    sentences = [_("Nobody stands alone.")]
    if alone:
        told = ngettext("%(who)s has no tie here yet.", "%(who)s have no tie here yet.", len(alone))
        sentences = [told % {"who": _names(names, alone)}]
    return Told(
        _("Who stands alone"),
        _("isolates"),
        sentences,
        _advice(_("Call on them. Ask what they would come for, before asking them to come."), when=bool(alone)),
    )


def _speaking(measured: Measured, names: Names) -> Told:
    wording = {
        "coordinator": _("%(who)s brings together partners of its own sector"),
        "consultant": _("%(who)s brings together two partners of another sector"),
        "gatekeeper": _("%(who)s opens its own sector to others, and speaks for it"),
        "liaison": _("%(who)s joins two sectors neither of which is its own"),
    }
    sentences = []
    for role, sentence in wording.items():
        often = [
            one
            for one in measured["partners"]
            if one["roles"][role]["count"] and one["roles"][role]["seldom"] <= SELDOM
        ]
        often.sort(key=lambda one: -one["roles"][role]["count"])
        sentences += [_much_more(sentence, one, role, names) for one in often[:2]]
    return Told(
        _("Who speaks for whom"),
        _("broker roles"),
        sentences or [_("No partner holds such a role more often than chance would have it.")],
        _advice(
            _("Name the role with them, so that it is work with a share of time and not only goodwill."),
            when=bool(sentences),
        ),
    )


def _much_more(sentence: str, one: Measured, role: str, names: Names) -> str:
    told = one["roles"][role]
    said = sentence % {"who": _name(names, one["key"])}
    return _("%(said)s: %(n)s times, where chance would give %(chance)s.") % {
        "said": said,
        "n": told["count"],
        "chance": f"{told['chance']:.0f}",
    }


def _overlapping(measured: Measured, names: Names) -> Told:
    known = [one for one in measured["partners"] if one["constraint"] is not None and one["ties"] > 1]
    tight = [one for one in known if one["effective_size"] <= one["ties"] / 2]
    tight.sort(key=lambda one: -one["constraint"])
    sentences = [_("Most partners hear different news from different contacts.")]
    if tight:
        told = ngettext(
            "The contacts of %(who)s mostly know each other, so it hears the same news twice.",
            "The contacts of %(who)s mostly know each other, so they hear the same news twice.",
            len(tight[:NAMED]),
        )
        sentences = [told % {"who": _names(names, [one["key"] for one in tight[:NAMED]])}]
    return Told(
        _("Who hears the same news twice"),
        _("constraint and effective size"),
        sentences,
        _advice(
            _("A close circle is good for getting things done. For new ideas, add one contact from outside it."),
            when=bool(tight),
        ),
    )


def _core(measured: Measured, names: Names) -> Told:
    core = measured["core"]
    if not core["is_clear"]:
        sentences = [_("There is no clear core: no small circle decides among itself.")]
    else:
        sentences = [_("The core is %(who)s.") % {"who": _names(names, core["partners"])}]
    return Told(
        _("Core and edge"),
        _("core and periphery, correlation %(figure)s") % {"figure": _figure(core["correlation"])},
        sentences,
        _advice(
            _("Let somebody from the edge host the next meeting, and set its first question."), when=core["is_clear"]
        ),
    )


def _groups(measured: Measured, names: Names) -> Told:
    groups = measured["groups"]
    several = [one for one in groups["members"] if len(one) > 1]
    sentences = [_("There are no clear groups: the partners work as one network, or hardly yet.")]
    is_split = groups["is_clear"] and len(several) > 1
    if is_split:
        sentences = [
            _("%(who)s work more with each other than with the rest.") % {"who": _names(names, one)} for one in several
        ]
    return Told(
        _("Groups"),
        _("modularity %(figure)s") % {"figure": _figure(groups["modularity"])},
        sentences,
        _advice(
            _("Seat people of different groups at one table; ask each group what the others should know."),
            when=is_split,
        ),
    )


@dataclass(frozen=True)
class Meeting:
    """One introduction in words."""

    one: str
    other: str
    reason: str


def introductions_in_words(names: Names, analysis: Analysis) -> dict[str, Sequence[Meeting]]:
    """Say who would meet anyway and who ought to, in two lists that are never added up."""
    told = (analysis.result or {})["introductions"]
    return {
        kind: [
            Meeting(_name(names, one["one"]), _name(names, one["other"]), reason(one, names)) for one in told[kind][:6]
        ]
        for kind, reason in (("likely", _in_common), ("valuable", _worth))
    }


def _in_common(one: Measured, names: Names) -> str:
    return _("Both work with %(who)s.") % {"who": _names(names, one["common"][:NAMED])}


def _worth(one: Measured, _known: Names) -> str:
    said = []
    if one["fit"] > 0:
        said.append(_("One asks for what the other has."))
    if one["nearer"] > 0:
        said.append(
            _("Their two sectors would come %(percent)s in 100 nearer to each other.")
            % {"percent": max(round(100 * one["nearer"]), 1)}
        )
    return " ".join(said)
