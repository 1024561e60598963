"""Files in the forms other programs speak: grants, services, and the network of who holds, wants and works together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placeweave.formats.graphs import Edge, Node, write_graphml, write_kumu_json, write_kumu_xlsx
from placeweave.formats.hsds import Holder, Location, Schedule, Service, Term, write_services
from placeweave.formats.threesixty import Funder, Grant, Recipient, write_grants, write_grants_csv, write_grants_xlsx
from placeweave.jigsaw import queries
from placeweave.jigsaw.models import FundingFlow, Need, Piece, PieceKind
from placeweave.jigsaw.queries.flows import attributions
from placeweave.kit import exports
from placeweave.kit.exports import Exported, Exporter, Taker
from placeweave.kit.models import Batch
from placeweave.places.models import Organisation, Place
from placeweave.places.services import identifiers


def grants(place_id: int, _taker: Taker) -> Exported:
    """Write the grants to organisations in the 360Giving standard; those to people stay here."""
    place = Place.objects.get(pk=place_id)
    written, scope = _grants(place)
    content = write_grants(written, licence=_licence(place), attribution="; ".join(attributions(place)))
    return Exported(content, f"{place.slug}-grants.json", "application/json", len(written), scope)


class _WriteGrants(Protocol):
    def __call__(self, grants: Sequence[Grant], *, licence: str, attribution: str) -> bytes: ...


def _flattened(suffix: str, media_type: str, write: _WriteGrants) -> Callable[[int, Taker], Exported]:
    def export(place_id: int, _taker: Taker) -> Exported:
        place = Place.objects.get(pk=place_id)
        written, scope = _grants(place)
        content = write(written, licence=_licence(place), attribution="; ".join(attributions(place)))
        return Exported(content, f"{place.slug}-grants.{suffix}", media_type, len(written), scope)

    return export


def _grants(place: Place) -> tuple[list[Grant], str]:
    """Give the grants that may leave, and say how many stay."""
    flows = list(queries.flows(place))
    written = [grant for one in flows if (grant := _grant(one)) is not None]
    left = len(flows) - len(written)
    scope = ngettext(
        "grants to organisations; %(n)s other is left out", "grants to organisations; %(n)s others are left out", left
    )
    return written, scope % {"n": left}


def _licence(place: Place) -> str:
    """Give the licence of the grants where all of them came under one."""
    found = Batch.objects.filter(place_id=place.pk, format="360giving", state=Batch.State.ACCEPTED)
    licences = set(found.order_by().values_list("licence", flat=True))
    return licences.pop() if len(licences) == 1 else ""


def _grant(flow: FundingFlow) -> Grant | None:
    """Give a grant as its file said it; nothing for one to a person, or one that lacks what the standard requires."""
    if flow.recipient is None or "to_individual" in flow.flags:
        return None
    ends = [str(flow.source_says.get(end, "")).partition(" ") for end in ("funder", "recipient")]
    if not all(key and name for key, _space, name in ends) or not (flow.title and flow.description):
        return None
    return Grant(
        external_id=flow.external_id,
        title=flow.title,
        description=flow.description,
        currency=flow.currency,
        amount=flow.amount,
        award_date=flow.awarded_on,
        funder=Funder(ends[0][0], ends[0][2]),
        recipient=Recipient(ends[1][0], ends[1][2]),
        planned_start=flow.starts_on,
        planned_end=flow.ends_on,
        programme=flow.programme,
        url=flow.url,
        modified=datetime.fromisoformat(flow.modified) if flow.modified else None,
    )


def services(place_id: int, _taker: Taker) -> Exported:
    """Write the services among the pieces as Open Referral UK."""
    place = Place.objects.get(pk=place_id)
    found = Piece.objects.filter(place=place, kind=PieceKind.SERVICE).select_related("organisation", "service")
    written = [_service(place, one) for one in found.prefetch_related("organisation__identifiers").order_by("pk")]
    return Exported(
        write_services(written), f"{place.slug}-services.json", "application/json", len(written), _("all services")
    )


def _service(place: Place, piece: Piece) -> Service:
    said = piece.service.said if hasattr(piece, "service") else {}
    holder = said.get("holder", {})
    own = [Schedule(description=piece.when, is_rule=False)] if piece.when and not said else []
    return Service(
        row=0,
        id=piece.service.external_id if said else f"{place.slug}/piece/{piece.pk}",
        name=piece.title,
        status="inactive"
        if piece.is_gone and said.get("status", "active") == "active"
        else said.get("status", "active"),
        holder=Holder(**{**holder, "numbers": tuple(map(tuple, holder["numbers"]))})
        if holder
        else _holder(place, piece),
        description=piece.note,
        url=said.get("url", ""),
        email=said.get("email", ""),
        phones=tuple(said.get("phones", [])),
        fees=said.get("fees", ""),
        locations=tuple(Location(**one) for one in said.get("locations", [])),
        schedules=tuple([Schedule(**one) for one in said.get("schedules", [])] or own),
        costs=tuple(said.get("costs", [])),
        terms=tuple(Term(**one) for one in said.get("terms", [])),
        areas=tuple(said.get("areas", [])),
        modified=said.get("modified", ""),
        assured=said.get("assured", ""),
    )


def _holder(place: Place, piece: Piece) -> Holder:
    organisation = piece.organisation
    assert organisation is not None  # noqa: S101 - a service is nothing in between, so somebody holds it
    numbers = [
        (one.scheme, one.value)
        for one in organisation.identifiers.all()
        if one.scheme in identifiers.SCHEMES and one.status == one.Status.CURRENT
    ]
    key = f"{place.slug}/organisation/{organisation.pk}"
    return Holder(key, organisation.name, organisation.description, numbers=tuple(numbers))


def network(place: Place) -> tuple[list[Node], list[Edge]]:
    """Give organisations, pieces and needs as nodes, and what joins them; nobody's notes on a tie are among it."""
    pieces, needs = list(queries.pieces(place)), list(queries.needs(place))
    ties = [report for pair in queries.tie_pairs(place) for report in pair.reports]
    holders = {one.organisation_id for one in pieces} | {one.asked_by_id for one in needs}
    ends = {key for source, target, _level in ties for key in (source, target)}
    organisations = [
        one
        for one in Organisation.objects.filter(place=place).order_by("pk")
        if one.is_partner or one.pk in holders | ends
    ]
    nodes = [*_organisations(organisations), *_things("piece", pieces), *_things("need", needs)]
    edges = [Edge(f"o{one.organisation_id}", f"piece{one.pk}", "holds") for one in pieces if one.organisation_id]
    edges += [Edge(f"o{one.asked_by_id}", f"need{one.pk}", "asks for") for one in needs if one.asked_by_id]
    edges += [Edge(f"o{source}", f"o{target}", "works with", {"level": level}) for source, target, level in ties]
    return nodes, edges


def published(place: Place) -> tuple[list[Node], list[Edge]]:
    """Give what may be read by whoever has the live address: less than ``network``, and nobody's person or words.

    Of a tie it says only that it is one, and only where both sides say so.
    """
    bodies = list(Organisation.objects.filter(place=place, is_partner=True).exclude(sector="resident").order_by("pk"))
    known = {one.pk for one in bodies}
    pieces = queries.pieces(place).exclude(sharability=Piece.Sharability.NO).filter(organisation__in=known)
    needs = queries.open_needs(place).filter(asked_by__in=known)
    nodes = [Node(f"o{one.pk}", one.name, "organisation", {"sector": one.sector}) for one in bodies]
    nodes += [*_things("piece", pieces), *_things("need", needs)]
    edges = [Edge(f"o{one.organisation_id}", f"piece{one.pk}", "holds") for one in pieces]
    edges += [Edge(f"o{one.asked_by_id}", f"need{one.pk}", "asks for") for one in needs]
    edges += [
        Edge(f"o{pair.one.pk}", f"o{pair.other.pk}", "works with")
        for pair in queries.tie_pairs(place)
        if {pair.one.pk, pair.other.pk} <= known and pair.forth and pair.back and pair.forth.level and pair.back.level
    ]
    return nodes, edges


def _organisations(found: Iterable[Organisation]) -> list[Node]:
    return [
        Node(f"o{one.pk}", one.name, "organisation", {"sector": one.sector, "takes part": one.is_partner})
        for one in found
    ]


def _things(kind: str, found: Iterable[Piece] | Iterable[Need]) -> list[Node]:
    return [Node(f"{kind}{one.pk}", one.title, kind, {"kind": one.kind}) for one in found]


Writer = Callable[[Sequence[Node], Sequence[Edge]], bytes]


def _drawn(suffix: str, media_type: str, write: Writer) -> Callable[[int, Taker], Exported]:
    def export(place_id: int, _taker: Taker) -> Exported:
        place = Place.objects.get(pk=place_id)
        nodes, edges = network(place)
        scope = _("who holds, wants and works with whom")
        return Exported(write(nodes, edges), f"{place.slug}-{suffix}", media_type, len(nodes) + len(edges), scope)

    return export


WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFERED: Sequence[tuple[str, str | Promise, Callable[[int, Taker], Exported]]] = (
    ("360giving", gettext_lazy("Grants in the 360Giving standard (JSON)"), grants),
    (
        "360giving-csv",
        gettext_lazy("Grants in the 360Giving standard (CSV)"),
        _flattened("csv", "text/csv", write_grants_csv),
    ),
    (
        "360giving-xlsx",
        gettext_lazy("Grants in the 360Giving standard (XLSX)"),
        _flattened("xlsx", WORKBOOK, write_grants_xlsx),
    ),
    ("hsds", gettext_lazy("Services in Open Referral UK (JSON)"), services),
    (
        "graphml",
        gettext_lazy("The jigsaw as a network (GraphML)"),
        _drawn("jigsaw.graphml", "application/graphml+xml", write_graphml),
    ),
    ("kumu", gettext_lazy("The jigsaw for Kumu (JSON)"), _drawn("kumu.json", "application/json", write_kumu_json)),
    ("kumu-sheets", gettext_lazy("The jigsaw for Kumu (XLSX)"), _drawn("kumu.xlsx", WORKBOOK, write_kumu_xlsx)),
)


def register() -> None:
    """Offer the files."""
    for name, label, write in OFFERED:
        exports.register(Exporter(name, label, "jigsaw.see_board", write))
