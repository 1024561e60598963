"""Do in a running house what its team or a week would: ``echo '["hold"]' | python -m tests.journeys.held_here``."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys

STATEMENTS = (
    "I would go out more on winter evenings if I knew how I was getting home.",
    "The last bus should leave after the choir ends.",
    "The hall should be open in the evenings even when nobody has booked it.",
    "A shared taxi would do more for us than another bus.",
    "People look after each other here without being asked.",
    "The path to the pier needs light before it needs anything else.",
    "Young people have nowhere to be on a wet evening.",
)


_teams: dict[str, subprocess.Popen[str]] = {}


def within(environment: dict[str, str], *words: str) -> str:
    """Do one of these in the house with this environment, and give what it says: the code of a voting, mostly.

    One process does them all for a house: starting Django anew for each took longer than most of them.
    """
    team = _teams.get(environment["PLACEWEAVE_HOME"])
    if team is None:
        team = _teams[environment["PLACEWEAVE_HOME"]] = _begin(environment)
    assert team.stdin is not None
    assert team.stdout is not None
    team.stdin.write(json.dumps(words) + "\n")
    team.stdin.flush()
    said = team.stdout.readline()
    assert said, "The team's process broke off; what it complained of stands above."
    return str(json.loads(said))


def _begin(environment: dict[str, str]) -> subprocess.Popen[str]:
    team = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.held_here"],
        env={**environment, "DJANGO_SETTINGS_MODULE": "placeweave.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(team.communicate)  # closes what it reads from, at which it ends
    return team


def _pass_an_offer(title: str) -> str:
    """Let the first offer of a cohort pass its deadline, and the worker come by."""
    from datetime import timedelta

    from django.utils import timezone

    from placeweave.gatherings.jobs import cohorts
    from placeweave.gatherings.models import Application

    first = Application.objects.filter(cohort__title=title, state="offered").earliest("rank")
    Application.objects.filter(pk=first.pk).update(offer_until=timezone.now() - timedelta(minutes=1))
    cohorts.settle_due()
    return ""


def _do(what: str, code: str = "") -> str:
    from placeweave.listening import services
    from placeweave.listening.models import Conversation, Room, Statement, Translation, Voting
    from placeweave.places.models import Member

    by = Member.objects.filter(place__slug="clachan", standing="convener").earliest("pk")
    if what == "hold":
        conversation = Conversation.objects.create(
            place=by.place,
            title="Winter evenings",
            guiding_question="What would make winter evenings better here?",
            method=Conversation.Method.STATEMENTS,
        )
        rules = services.Rules(policy="One thought. Nobody who could be made out. No attacks.")
        voting = services.prepare(conversation=conversation, rules=rules, by=by)
        asked = services.Question("Where do you live?", "To see who is missing.", ["The village", "Out of the village"])
        services.ask_about(voting=voting, questions=[asked], by=by)
        for text in STATEMENTS:
            services.ask(conversation=conversation, text=text, by=by)
        first = Statement.objects.filter(conversation=conversation).earliest("pk")
        Statement.objects.filter(conversation=conversation).update(language="en")
        Translation.objects.create(
            statement=first, language="gd", text="Rachainn a-mach nas trice air oidhche geamhraidh."
        )
        services.open_door(voting=voting, by=by)
        services.open_room(voting=voting, title="Tuesday in the hall", by=by)
        return voting.code
    voting = Voting.objects.get(code=code)
    if what == "crowd":
        _crowd(voting)
    elif what == "camps":
        _camps(voting)
    elif what == "kept":
        return json.dumps(_kept(voting))
    elif what == "close":
        services.close_door(voting=voting, by=by)
    elif what == "preview":
        return services.preview_link(voting=voting, by=by)
    else:
        room = Room.objects.get(voting=voting, closed_at=None)
        services.pause_room(room=room, paused=what == "pause", by=by)
    return code


def _crowd(voting: object) -> None:
    """Thirty people, of whom most agree with one thing and few with another."""
    from placeweave.listening import services
    from placeweave.listening.models import Statement, Vote, Voting

    assert isinstance(voting, Voting)
    keys = list(Statement.objects.filter(conversation_id=voting.conversation_id).order_by("pk"))
    for place in range(30):
        who, _token = services.come_in(voting=voting)
        Vote.objects.bulk_create(
            Vote(participant=who, statement=one, value=1 if place % (at + 2) else -1) for at, one in enumerate(keys)
        )


def _camps(voting: object) -> None:
    """Thirty-six people in two camps, who agree on every third statement and contradict each other on the others."""
    from random import Random

    from placeweave.listening import services
    from placeweave.listening.models import Statement, Vote, Voting

    assert isinstance(voting, Voting)
    random = Random(7)
    asked = list(Statement.objects.filter(conversation_id=voting.conversation_id, moderation="accepted").order_by("pk"))
    for place in range(36):
        who, _token = services.come_in(voting=voting)
        side = 1 if place < 20 else -1
        leanings = [1 if at % 3 == 0 else side if at % 3 == 1 else -side for at in range(len(asked))]
        Vote.objects.bulk_create(
            Vote(participant=who, statement=one, value=leaning if random.random() < 0.92 else -leaning)
            for one, leaning in zip(asked, leanings, strict=True)
        )


def _kept(voting: object) -> list[list[int]]:
    """Every answer that is kept, as it lies in the database: who, which statement, which turn, whether it stands."""
    from placeweave.listening.models import Vote, Voting

    assert isinstance(voting, Voting)
    rows = Vote.objects.filter(statement__conversation_id=voting.conversation_id).order_by("participant", "pk")
    return [[*row[:3], int(row[3])] for row in rows.values_list("participant", "statement", "turn", "is_standing")]


def _work() -> None:
    """Do what each line asks, and answer with a line."""
    import django

    django.setup()
    for line in sys.stdin:
        what, *words = json.loads(line)
        said = _pass_an_offer(*words) if what == "pass an offer" else _do(what, *words)
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placeweave.settings")
    _work()
