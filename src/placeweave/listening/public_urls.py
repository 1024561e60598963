"""The addresses of listening for people without an account: the door of a voting, by its code."""

from __future__ import annotations

from django.urls import path

from placeweave.listening.views import answering, wall

app_name = "voting"
urlpatterns = [
    path("v/<slug:code>/", answering.come_in, name="door"),
    path("v/<slug:code>/answer/", answering.answer, name="answer"),
    path("v/<slug:code>/statements/", answering.come_in, name="statements"),
    path("wall/<str:key>/", wall.now, name="wall"),
]
