"""The tables of Clachan's workshop: what was decided about them, and who sits where for three rounds."""

from __future__ import annotations

from placeweave.example.loading.world import Record
from placeweave.gatherings.models import Session
from placeweave.gatherings.queries.people import comers
from placeweave.gatherings.services import attending, seat_rules, seating
from placeweave.places.models import Member


def lay(session: Session, said: Record, *, by: Member) -> None:
    """Decide who sits apart, who stays and what tables offer, and plan the rounds."""
    keys = {one.name: one.key for one in comers(session)}
    for host, name in said["guests"].items():
        person = keys[host].replace("-0", "-1")
        attending.name_guest(session=session, person=person, name=name, by=by)
    for one, other in said["apart"]:
        seat_rules.bind(session=session, kind="apart", one=keys[one], other=keys[other], by=by)
    for number, offers in enumerate(said["offers"]):
        seat_rules.furnish(session=session, table=number, name="", offers=offers, by=by)
    for name, number in said["stays"].items():
        seat_rules.stay(session=session, person=keys[name], table=number, by=by)
    for name, needs in said["needs"].items():
        seat_rules.need(session=session, person=keys[name], needs=needs, by=by)
    wish = seating.TableWish(size=said["size"], rounds=said["rounds"])
    seating.arrange(session=session, wish=wish, seen="", by=by)
