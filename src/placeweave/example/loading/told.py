"""The page that tells Clachan what was heard."""

from __future__ import annotations

from placeweave.example.loading.world import World, read
from placeweave.kit.links import new_key
from placeweave.themes.models import ToldItem, WhatWeHeard


def weave(world: World) -> None:
    """Make the page and share it."""
    file = read("what_we_heard.toml")
    page, moment = file["page"], world.moment(file["page"]["day"])
    made = WhatWeHeard.objects.create(
        place=world.place,
        title=page["title"],
        introduction=page["introduction"].strip(),
        what_next=page["what_next"].strip(),
        audience=page["audience"],
        state=page["state"],
        key=new_key(),
        shared_at=moment,
        created_at=moment,
        made_by=world.member(page["made_by"]),
    )
    made.conversations.set(world.conversations[key] for key in page["conversations"])
    chosen = [(one["theme"], key) for one in file["section"] for key in one["quotes"]]
    ToldItem.objects.bulk_create(
        ToldItem(
            page=made,
            theme=world.themes[theme],
            contribution=world.quotes[key].contribution,
            start=world.quotes[key].start,
            end=world.quotes[key].end,
            order=order,
        )
        for order, (theme, key) in enumerate(chosen)
    )
