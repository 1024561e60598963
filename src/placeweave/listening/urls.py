"""The addresses of listening."""

from __future__ import annotations

from django.urls import path

from placeweave.listening.views import assessment, conversations, files, opinion, sheets, words

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
    path("assessments/", assessment.assessments, name="assessments"),
    path("assessments/new/", assessment.new_assessment, name="new_assessment"),
    path("assessments/<int:pk>/", assessment.assessment, name="assessment"),
    path("assessments/<int:pk>/edit/", assessment.edit_assessment, name="edit_assessment"),
    path("assessments/<int:pk>/open/", assessment.open_assessment, name="open_assessment"),
    path("assessments/<int:pk>/close/", assessment.close_assessment, name="close_assessment"),
    path("assessments/<int:pk>/answer/", sheets.answer, name="answer_assessment"),
    path("assessments/<int:pk>/answered/<str:key>/", sheets.answered, name="answered_assessment"),
    path("assessments/<int:pk>/paper/", sheets.paper, name="paper_sheet"),
    path("assessments/<int:pk>/reasons/", assessment.reasons, name="assessment_reasons"),
    path("assessments/<int:pk>/priorities/", assessment.priorities, name="assessment_priorities"),
    path("assessments/<int:pk>/take/", assessment.take_assessment, name="take_assessment"),
    path("take/", files.take_words, name="take_words"),
]
