"""The addresses of listening for people without an account: the door of a voting, by its code."""

from __future__ import annotations

from django.urls import path

from placeweave.listening.views import answering, own_words, preview, seat, wall

app_name = "voting"
urlpatterns = [
    path("v/<slug:code>/answer/", answering.answer, name="answer"),
    path("v/", answering.type_code, name="code"),
    path("v/left/", preview.left, name="left"),
    path("v/preview/<slug:key>/", preview.preview, name="preview"),
    path("v/<slug:code>/", answering.doorstep, name="door"),
    path("v/<slug:code>/now/", answering.now, name="now"),
    path("v/<slug:code>/statements/", answering.statements, name="statements"),
    path("v/<slug:code>/say/", own_words.say, name="say"),
    path("v/<slug:code>/mine/", own_words.mine, name="mine"),
    path("v/<slug:code>/about/", own_words.about, name="about"),
    path("v/<slug:code>/you/", seat.you, name="you"),
    path("v/<slug:code>/leave/", seat.leave, name="leave"),
    path("wall/<str:key>/", wall.now, name="wall"),
]
