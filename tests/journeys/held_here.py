"""Hold a voting in a running house, as its team would: ``python -m tests.journeys.held_here hold``."""

from __future__ import annotations

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


def within(environment: dict[str, str], *words: str) -> str:
    """Do one of these in the house with this environment, and give what it says: the code of a voting, mostly."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.held_here", *words],
        env={**environment, "DJANGO_SETTINGS_MODULE": "placeweave.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _do(what: str, code: str = "") -> str:
    import django

    django.setup()
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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placeweave.settings")
    sys.stdout.write(_do(*sys.argv[1:]) + "\n")
