"""Fill one place with a whole country's organisations, and say how its jigsaw pages fare.

Run ``scripts/with-postgres .venv/bin/python bench/jigsaw_scale.py`` from the root of the repository (or without the
first part, on SQLite). The place gets 25,000 organisations of which 302 take part, 100,000 grants, 5,000 ties, 10,000
pieces, 2,000 needs, 3,000 suggestions, 3,000 pairs that may be one and a measured network; ``--share`` makes it
smaller. Each page is opened ``--times`` times by a facilitator through Django's test client, templates included. The
table gives queries, the median and slowest time, and the CPU of this process without the database's, since other work
on a machine lengthens the first two.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

PAGES = (
    "board", "board?by=theme", "board?by=issue", "board?by=framework", "board?by=neighbourhood", "pieces", "pool",
    "horizon", "needs", "synergies", "synergies?kind=meeting", "synergies?kind=match", "synergies?kind=gap", "synergy",
    "alone", "ledger", "common", "who", "ties", "ties?q=Body+01", "flows", "introductions",
    "network", "network?size=between", "network?focus=partner", "network?sector=health",
    "network_measures", "network_measures?level=3", "tie_survey", "survey_answer",
)  # fmt: skip
OF_PLACES = ("same", "merged", "organisations", "organisations?q=Body 012")
MOST_QUERIES, MOST_SECONDS = 12, 0.4
CHUNK = 2000


def prepare() -> None:
    """Start Django on a database of its own, and lay the tables."""
    os.environ.setdefault("PLACEWEAVE_HOME", tempfile.mkdtemp())
    os.environ.setdefault("PLACEWEAVE_SECRET_KEY", "only-for-measuring")
    os.environ["DJANGO_SETTINGS_MODULE"] = "placeweave.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)


def chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Hand rows over a few thousand at a time."""
    for start in range(0, len(rows), CHUNK):
        yield rows[start : start + CHUNK]


def fill(share: float) -> tuple[Any, Any]:
    """Make the place and its facilitator."""
    from django.utils import timezone
    from tests import factories

    from placeweave.jigsaw.models import FundingFlow, Help, Need, Piece, Synergy, Tie, TieReply, TieSurvey
    from placeweave.jigsaw.services import ask_for_network
    from placeweave.kit.access import Standing
    from placeweave.kit.analyses import run_analysis
    from placeweave.kit.models import Analysis
    from placeweave.places.models import Framework, FrameworkNode, Organisation, Pairing, Sector
    from placeweave.places.services import Steward, add_place, load_frameworks

    chance, today = random.Random(1), timezone.localdate()
    many = {"bodies": 25000, "grants": 100000, "ties": 5000, "pieces": 10000, "needs": 2000, "found": 3000}
    count = {name: max(int(number * share), 20) for name, number in many.items()}
    place = add_place(slug="country", name="Country", by=Steward(account=None))
    member = factories.MemberFactory(
        place=place, standing=Standing.FACILITATOR
    )  # conveners are asked for a second factor
    load_frameworks()
    areas = [factories.PlaceFactory(parent_workspace=place) for _n in range(8)]
    themes = [factories.ThemeFactory(place=place) for _n in range(25)]
    sectors = Sector.values
    for part in chunks(range(count["bodies"])):
        Organisation.objects.bulk_create(
            Organisation(place=place, name=f"Body {n:05}", sector=sectors[n % len(sectors)], is_partner=n % 83 == 0)
            for n in part
        )
    bodies = list(Organisation.objects.filter(place=place).order_by("pk"))
    partners = [one for one in bodies if one.is_partner]
    kinds = [kind for kind, _label in Need._meta.get_field("kind").choices]
    nodes = list(FrameworkNode.objects.filter(framework=Framework.objects.get(slug="community-wealth-building")))
    for part in chunks(range(count["pieces"])):
        Piece.objects.bulk_create(
            Piece(
                place=place,
                organisation=chance.choice(partners if n % 3 else bodies),
                title=f"Piece {n}",
                kind=kinds[n % len(kinds)],
                sharability=("open", "ask", "no")[n % 3],
                neighbourhood=areas[n % 8] if n % 2 else None,
                last_checked_on=today - timedelta(days=n % 400),
                expires_on=today + timedelta(days=n % 900) if n % 4 == 0 else None,
            )
            for n in part
        )
    pieces = list(Piece.objects.filter(place=place).order_by("pk"))
    Piece.themes.through.objects.bulk_create(
        [Piece.themes.through(piece=one, theme=chance.choice(themes)) for one in pieces], batch_size=CHUNK
    )
    Piece.topics.through.objects.bulk_create(
        [Piece.topics.through(piece=one, frameworknode=chance.choice(nodes)) for one in pieces], batch_size=CHUNK
    )
    Need.objects.bulk_create(
        [
            Need(place=place, title=f"Need {n}", kind=kinds[n % len(kinds)], asked_by=chance.choice(partners))
            for n in range(count["needs"])
        ],
        batch_size=CHUNK,
    )
    needs = list(Need.objects.filter(place=place))
    for part in chunks(range(count["grants"])):
        FundingFlow.objects.bulk_create(
            FundingFlow(
                place=place,
                external_id=str(n),
                title=f"Grant {n}",
                currency="GBP",
                amount=100 + n,
                awarded_on=today - timedelta(days=n % 3000),
                ends_on=today + timedelta(days=n % 1200 - 300),
                funder=bodies[n % 40],
                recipient=chance.choice(bodies),
            )
            for n in part
        )
    pairs = {tuple(sorted(chance.sample(range(len(partners)), 2))) for _n in range(count["ties"] * 2)}
    Tie.objects.bulk_create(
        [
            Tie(place=place, source=partners[a], target=partners[b], level=(a + b) % 6, reported_on=today)
            for a, b in sorted(pairs)[: count["ties"]]
        ],
        batch_size=CHUNK,
    )
    analysis = Analysis.objects.create(
        place_id=place.pk, kind="synergies", state="done", result={}, finished_at=member.created_at, n=1
    )
    states = Synergy.Kind.values
    Synergy.objects.bulk_create(
        [
            Synergy(
                place=place,
                analysis=analysis,
                kind=states[n % len(states)],
                signature=str(n),
                facts="f",
                score=chance.random(),
                likely=0.1,
                valuable=0.2,
                need=needs[n % len(needs)] if states[n % len(states)] in {"match", "gap"} else None,
                reason=[{"code": "no_tie", "organisations": [partners[0].pk, partners[1].pk], "level": 0}],
            )
            for n in range(count["found"])
        ],
        batch_size=CHUNK,
    )
    found = list(Synergy.objects.filter(place=place))
    Synergy.pieces.through.objects.bulk_create(
        [Synergy.pieces.through(synergy=one, piece=chance.choice(pieces)) for one in found], batch_size=CHUNK
    )
    Synergy.organisations.through.objects.bulk_create(
        [Synergy.organisations.through(synergy=one, organisation=body) for one in found for body in partners[:2]],
        batch_size=CHUNK,
    )
    look = Analysis.objects.create(
        place_id=place.pk, kind="linkage", state="done", result={}, finished_at=member.created_at, n=len(bodies)
    )
    reason = {"code": "same_name", "facts": {}}
    Pairing.objects.bulk_create(
        [
            Pairing(place=place, one=one, other=other, tier="ABCD"[n % 4], score=chance.random(), reasons=[reason],
                    is_suggested=n % 4 < 2, analysis=look)
            for n, (one, other) in enumerate(pairwise(bodies[: count["found"] + 1]))
        ],
        batch_size=CHUNK,
    )  # fmt: skip
    Help.objects.bulk_create(
        [
            Help(place=place, giver=chance.choice(partners), receiver=chance.choice(partners), words="Help",
                 state="given", given_on=today - timedelta(days=n % 90))
            for n in range(500)
        ]
    )  # fmt: skip
    wave = TieSurvey.objects.create(place=place, number=1)
    TieReply.objects.bulk_create(TieReply(survey=wave, organisation=one) for one in partners)
    began = time.perf_counter()
    asked = ask_for_network(place=place, survey=None, by=member)
    run_analysis.call(asked.pk)
    print(f"network of {len(partners)} partners measured in {time.perf_counter() - began:.1f} s")
    return place, member


def addresses(place: Any) -> Iterator[tuple[str, str]]:
    """Give each page with its address."""
    from django.urls import reverse

    from placeweave.jigsaw.models import TieSurvey
    from placeweave.places.models import Framework, FrameworkNode, Organisation

    partner = Organisation.objects.filter(place=place, is_partner=True)[0]
    of_one = {name: [TieSurvey.objects.get(place=place).pk] for name in ("tie_survey", "survey_answer")}
    of_one["synergy"] = [place.synergies.first().pk]
    pillars = Framework.objects.get(slug="community-wealth-building")
    node = FrameworkNode.objects.filter(framework=pillars)[0]
    for page in PAGES:
        name, _mark, query = page.partition("?")
        query = query.replace("by=framework", f"by=framework-{pillars.pk}")
        query = f"outcome={node.pk}" if name == "pool" else query
        query = f"for={partner.pk}" if name == "survey_answer" else query.replace("partner", str(partner.pk))
        yield page, f"{reverse(f'jigsaw:{name}', args=[place.slug, *of_one.get(name, [])])}?{query}"
    for page in OF_PLACES:
        name, _mark, query = page.partition("?")
        yield page, f"{reverse(f'places:{name}', args=[place.slug])}?{query}"
    yield "search", f"{reverse('thread:search', args=[place.slug])}?q=Body 012"


def measure(client: Any, url: str, times: int) -> tuple[int, list[float], list[float]]:
    """Open a page a few times; the first time warms templates and is left out."""
    from django.db import connection

    asked = []

    def note(execute: Any, sql: Any, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    took, worked = [], []
    for _n in range(times):
        began, busy = time.perf_counter(), time.process_time()
        client.get(url)
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
    return len(asked), took, worked


def main() -> None:
    """Fill, measure, and print a table; ends with 1 if a page is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="how much of it to fill in")
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    prepare()
    from django.db import connection
    from django.test import Client

    began = time.perf_counter()
    place, member = fill(asked.share)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}, filled in {time.perf_counter() - began:.0f} s")
    client = Client()
    client.force_login(member.account)
    print(f"{'page':<26}{'queries':>8}{'median ms':>11}{'slowest ms':>12}{'own CPU ms':>12}{'':>8}")
    over = 0
    for page, url in addresses(place):
        queries, took, worked = measure(client, url, asked.times)
        median = statistics.median(took)
        is_over = queries > MOST_QUERIES or median > MOST_SECONDS
        over += is_over
        busy = statistics.median(worked)
        line = f"{page:<26}{queries:>8}{1000 * median:>11.0f}{1000 * max(took):>12.0f}{1000 * busy:>12.0f}"
        print(f"{line}{'OVER' if is_over else '':>8}", flush=True)
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
