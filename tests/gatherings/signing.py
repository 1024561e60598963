"""People who sign up, for tests."""

from __future__ import annotations

from placeweave.gatherings import services
from placeweave.gatherings.models import Session, SignUp
from placeweave.gatherings.queries import queue
from placeweave.kit import links


def wish(name: str = "Isla", party: int = 1, **more: str) -> services.Wish:
    return services.Wish(name=name, email=f"{name.lower()}@example.org", party=party, **more)


def signed(session: Session, name: str = "Isla", party: int = 1, **more: str) -> SignUp:
    return services.sign_up(session=session, wish=wish(name, party, **more), key=links.new_key())


def states(session: Session) -> list[str]:
    """Where everybody stands, in their order."""
    return list(session.sign_ups.order_by("turn").values_list("state", flat=True))


def is_settled(session: Session) -> bool:
    """Never over capacity, and never a place free that somebody waits for and fits."""
    held = sum(session.sign_ups.holding().values_list("party", flat=True))
    waiting = session.sign_ups.waiting().values_list("party", flat=True)
    left = session.capacity - held
    return left == queue.free(session) and left >= 0 and all(party > left for party in waiting)
