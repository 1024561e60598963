"""The addresses of listening."""

from __future__ import annotations

from django.urls import path

from placeweave.listening.views import conversations, files, opinion, words

app_name = "listening"
urlpatterns = [
    path("", conversations.conversations, name="conversations"),
    path("series/new/", conversations.new_series, name="new_series"),
    path("series/<int:pk>/", conversations.series, name="series"),
    path("series/<int:pk>/edit/", conversations.edit_series, name="edit_series"),
    path("new/", conversations.new_conversation, name="new_conversation"),
    path("<int:pk>/", conversations.conversation, name="conversation"),
    path("<int:pk>/edit/", conversations.edit_conversation, name="edit_conversation"),
    path("<int:pk>/add/", words.capture, name="capture"),
    path("<int:pk>/paste/", words.paste, name="paste"),
    path("<int:pk>/statements/", files.statements, name="statements"),
    path("<int:pk>/statements/take/", files.take_statements, name="take_statements"),
    path("<int:pk>/opinion/", opinion.opinion, name="opinion"),
    path("<int:pk>/opinion/ask/", opinion.ask_opinion, name="ask_opinion"),
    path("<int:pk>/opinion/take/<slug:form>/", opinion.take_opinion, name="take_opinion"),
    path("said/<int:pk>/", words.contribution, name="contribution"),
    path("said/<int:pk>/kept/", words.kept, name="kept"),
    path("said/<int:pk>/narrow/", words.narrow, name="narrow"),
    path("said/<int:pk>/link/", words.teller_link, name="teller_link"),
    path("told/", conversations.told, name="told"),
    path("risk/", words.risk, name="risk"),
    path("consent/", words.consent_text, name="consent_text"),
    path("take/", files.take_words, name="take_words"),
]
