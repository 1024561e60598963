"""How jigsaw says a suggestion: a title, one plain sentence or two, and each fact as a link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placeweave.jigsaw.models import Need, Piece, PieceKind, Synergy
from placeweave.places.models import Place, Sector

Fact = Mapping[str, Any]
DAYS = {
    "monday": gettext_lazy("Monday"),
    "tuesday": gettext_lazy("Tuesday"),
    "wednesday": gettext_lazy("Wednesday"),
    "thursday": gettext_lazy("Thursday"),
    "friday": gettext_lazy("Friday"),
    "saturday": gettext_lazy("Saturday"),
    "sunday": gettext_lazy("Sunday"),
}
PARTS = {
    "morning": gettext_lazy("%(days)s mornings"),
    "afternoon": gettext_lazy("%(days)s afternoons"),
    "evening": gettext_lazy("%(days)s evenings"),
    "night": gettext_lazy("%(days)s nights"),
}
ABOUT = {
    "getting about": gettext_lazy("getting about"),
    "somewhere to be": gettext_lazy("somewhere to be"),
    "warmth": gettext_lazy("warmth"),
    "dry and draught-free homes": gettext_lazy("dry and draught-free homes"),
    "languages": gettext_lazy("languages"),
    "someone to talk to": gettext_lazy("someone to talk to"),
    "food": gettext_lazy("food"),
    "light": gettext_lazy("light"),
    "checks on volunteers": gettext_lazy("checks on volunteers"),
    "mending and making": gettext_lazy("mending and making"),
    "accounts and bids": gettext_lazy("accounts and bids"),
    "visiting homes": gettext_lazy("visiting homes"),
    "health appointments": gettext_lazy("health appointments"),
    "storms": gettext_lazy("storms"),
    "things to do": gettext_lazy("things to do"),
}

OF_HOMES = frozenset({"same_district"})
"""Facts drawn from the addresses of a register, any of which may be somebody's home."""
MOST_NAMED, MOST_WORDS = 3, 12
"""So many of what two have in common are named in a sentence, and so many words of each."""


def hours(slots: Sequence[str]) -> str:
    """Say (day, part) pairs: Tuesday and Thursday evenings."""
    by_part: dict[str, list[str]] = defaultdict(list)
    for slot in slots:
        day, part = slot.split(" ")
        by_part[part].append(day)
    told = [str(PARTS[part]) % {"days": _days(by_part[part])} for part in PARTS if part in by_part]
    return get_text_list(told, _("and"))


def _days(found: Sequence[str]) -> str:
    named = [day for day in DAYS if day in found]
    if len(named) == 7:
        return _("all")
    if named == list(DAYS)[:5]:
        return _("weekday")
    if len(named) > 4:
        return _("most")
    return get_text_list([str(DAYS[day]) for day in named], _("and"))


def asker(need: Need) -> str:
    """Say who asks."""
    return need.asked_by.name if need.asked_by else need.asked_for or _("People here")


def holder(piece: Piece) -> str:
    """Say who holds a piece."""
    return piece.organisation.name if piece.organisation else _("nobody")


class Telling:
    """One suggestion being told: the records it speaks of, at hand."""

    def __init__(self, place: Place, synergy: Synergy, pieces: Sequence[Piece], beside: Mapping[int, Piece]) -> None:
        self.place, self.synergy, self.pieces, self.beside = place, synergy, list(pieces), beside

    @cached_property
    def bodies(self) -> Mapping[int, str]:
        """The organisations it speaks of, by key; asked for only by the kinds that name no pieces."""
        return {one.pk: one.name for one in self.synergy.organisations.all()}

    def title(self) -> str:
        """Name the suggestion by who it brings together, or by what is missing."""
        kind, need = self.synergy.kind, self.synergy.need
        if kind == Synergy.Kind.GAP and need:
            return need.title
        if kind in {Synergy.Kind.JOINT, Synergy.Kind.SHARED, Synergy.Kind.ALONE}:
            return self._named()
        if kind in {Synergy.Kind.MEETING, Synergy.Kind.KINDRED}:
            pair = self._told("no_tie") or self._told("loose_tie")
            return self._bodies(pair.get("organisations", ()))
        named = [holder(piece) for piece in self.pieces]
        if kind == Synergy.Kind.MATCH and need:
            named.append(asker(need))
        return get_text_list(named, _("and"))

    def _named(self) -> str:
        programmes = [str(name) for _key, name in self._told("programmes").get("programmes", ())]
        if programmes:
            return str(get_text_list(programmes, _("and")))
        return str(self._told("shared_by").get("wording", "") or self._told("only_one").get("title", ""))

    def _told(self, code: str) -> Fact:
        return next((fact for fact in self.synergy.reason if fact["code"] == code), {})

    def _bodies(self, keys: Sequence[int]) -> str:
        """Name organisations; one taken off the list since is left out."""
        return get_text_list([self.bodies[key] for key in keys if key in self.bodies], _("and"))

    def sentence(self, *, decides: bool = False) -> str:
        """Say in a sentence or two why this is suggested; where a register says that somebody lives, to who decides."""
        tell = {Synergy.Kind.MATCH: self._match, Synergy.Kind.OVERLAP: self._overlap, Synergy.Kind.GAP: self._gap}
        opening = tell.get(Synergy.Kind(self.synergy.kind), lambda: "")()
        reason = [fact for fact in self.synergy.reason if decides or fact["code"] not in OF_HOMES]
        told = [opening, *(self._spoken(fact) for fact in reason)]
        return " ".join(part for part in told if part)

    def _match(self) -> str:
        need = self.synergy.need
        if need is None or not self.pieces:
            return ""
        piece = self.pieces[0]
        return _("%(asker)s: “%(need)s”. %(holder)s holds: %(piece)s.") % {
            "asker": asker(need),
            "need": need.title,
            "holder": holder(piece),
            "piece": piece.title,
        }

    def _overlap(self) -> str:
        if len(self.pieces) < 2:
            return ""
        one, other = self.pieces[:2]
        return _("%(one)s holds: %(its)s. %(other)s holds: %(theirs)s.") % {
            "one": holder(one),
            "its": one.title,
            "other": holder(other),
            "theirs": other.title,
        }

    def _gap(self) -> str:
        need = self.synergy.need
        return "" if need is None else _("%(asker)s: “%(need)s”.") % {"asker": asker(need), "need": need.title}

    def _spoken(self, fact: Fact) -> str:
        said: dict[str, Callable[[Fact], str]] = {
            "about": lambda f: (
                _("Both are about %s.") % get_text_list([str(ABOUT.get(a, a)) for a in f["about"]], _("and"))
            ),
            "hours": lambda f: _("Both name %s.") % hours(f["slots"]),
            "other_hours": lambda _f: _("The hours written down differ."),
            "neighbourhood": lambda _f: _("Both are in %s.") % self._where(),
            "no_tie": lambda _f: _("No tie between them is known."),
            "loose_tie": lambda _f: _("They know each other, but do not plan together yet."),
            "work_together": lambda _f: _("They plan together already."),
            "also_holds": self._also,
            "shares_open": lambda _f: _("It is open to others."),
            "shares_ask": lambda _f: _("It is shared after a conversation."),
            "stale": lambda _f: _("Nobody has checked for half a year that it is still there."),
            "one_holder": self._thin,
            "none_fits": lambda f: (
                _("Of the pieces of this kind that are written down (%s), none seems to fit.") % f["count"]
            ),
            "none_of_kind": lambda f: (
                _("Nobody holds anything of this kind: %s.") % str(PieceKind(f["kind"]).label).lower()
            ),
        }
        said |= self._of_bodies()
        return str(said[fact["code"]](fact)) if fact["code"] in said else ""

    def _of_bodies(self) -> dict[str, Callable[[Fact], str]]:
        """Say what concerns organisations and what they have in common, and no single piece."""
        return {
            "would_meet": lambda _f: self._match(),
            "common": lambda f: _("Both work with %s.") % self._bodies(f["organisations"]),
            "bridges": self._bridges,
            "same_people": lambda f: _("Both are for: %s.") % self._listed(f["people"]),
            "same_purposes": lambda f: _("Both work towards: %s.") % self._listed(f["purposes"]),
            "same_district": lambda _f: _("Both are in one postcode district."),
            "same_funders": lambda f: _("Both have had money from %s.") % self._bodies(f["organisations"][:MOST_NAMED]),
            "same_doors": lambda _f: _("Both visit homes there: they may knock on the same doors in one week."),
            "shared_partners": lambda f: (
                ngettext(
                    "%(count)s partner is on both: %(names)s.",
                    "%(count)s partners are on both: %(names)s.",
                    len(f["organisations"]),
                )
                % {"count": len(f["organisations"]), "names": self._bodies(f["organisations"])}
            ),
            "shared_outcomes": lambda f: (
                ngettext(
                    "%(count)s outcome is the same: %(names)s.",
                    "%(count)s outcomes are the same: %(names)s.",
                    len(f["outcomes"]),
                )
                % {"count": len(f["outcomes"]), "names": get_text_list([name for _k, name in f["outcomes"]], _("and"))}
            ),
            "shared_by": lambda f: (
                _("%(count)s of %(of)s partners say this is hard for them too: %(names)s.")
                % {"count": f["count"], "of": f["of"], "names": self._bodies(f["organisations"])}
            ),
            "only_one": lambda f: _("Only %s is named on it.") % self._bodies(f["organisations"]),
            "might_join": lambda f: (
                ngettext(
                    "%(name)s holds %(count)s piece that could serve it.",
                    "%(name)s holds %(count)s pieces that could serve it.",
                    f["count"],
                )
                % {"count": f["count"], "name": self._bodies(f["organisations"])}
            ),
        }

    def _listed(self, said: Sequence[str]) -> str:
        """List what a register says, the long sentences of law cut short."""
        named = [Truncator(one[:1].lower() + one[1:]).words(MOST_WORDS) for one in said[:MOST_NAMED]]
        return "; ".join(named)

    def _bridges(self, fact: Fact) -> str:
        named = [str(dict(Sector.choices).get(one, one)) for one in fact["sectors"]]
        return _("A tie would bring %s nearer to each other.") % get_text_list(named, _("and"))

    def _where(self) -> str:
        return next((one.neighbourhood.name for one in self.pieces if one.neighbourhood), self.place.name)

    def _also(self, fact: Fact) -> str:
        piece = self.beside.get(fact["piece"])
        return "" if piece is None else _("The same partner holds: %s.") % piece.title

    def _thin(self, _fact: Fact) -> str:
        return _("Only %s holds something that could meet it.") % holder(self.pieces[0]) if self.pieces else ""

    def facts(self) -> list[Mapping[str, str]]:
        """List what the suggestion rests on, each with the page where it stands."""
        found = []
        if need := self.synergy.need:
            found.append(self._fact(_("The need"), "need", need.pk))
        found += [self._fact(one.title, "piece", one.pk) for one in self.pieces]
        for fact in self.synergy.reason:
            beside = self.beside.get(fact.get("piece", 0))
            if fact["code"] == "also_holds" and beside is not None:
                found.append(self._fact(beside.title, "piece", beside.pk))
            elif fact["code"] == "words":
                label = _("Words in common: %s") % ", ".join(fact["words"])
                found.append(
                    self._fact(label, "piece", self.pieces[0].pk) if self.pieces else {"label": label, "url": ""}
                )
            elif fact["code"] in {"no_tie", "loose_tie", "work_together"}:
                label = _("Ties as reported")
                found.append({"label": label, "url": reverse("jigsaw:ties", args=[self.place.slug])})
        return found + self._facts_of_bodies()

    def _facts_of_bodies(self) -> list[Mapping[str, str]]:
        if self.synergy.kind in {Synergy.Kind.MATCH, Synergy.Kind.OVERLAP, Synergy.Kind.GAP}:
            return []
        found: list[Mapping[str, str]] = [
            {"label": name, "url": reverse("places:organisation", args=[self.place.slug, key])}
            for key, name in self.bodies.items()
        ]
        if self.synergy.issue_id:
            url = reverse("places:issue", args=[self.place.slug, self.synergy.issue_id])
            found.insert(0, {"label": self._named(), "url": url})
        elif self.synergy.kind not in {Synergy.Kind.MEETING, Synergy.Kind.KINDRED}:
            label = _("What partners have in common")
            found.insert(0, {"label": label, "url": reverse("jigsaw:common", args=[self.place.slug])})
        return found

    def _fact(self, label: str, page: str, pk: int) -> Mapping[str, str]:
        return {"label": label, "url": reverse(f"jigsaw:{page}", args=[self.place.slug, pk])}
