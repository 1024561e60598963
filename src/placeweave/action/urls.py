"""The addresses of action, below ``p/<place>/action/``."""

from __future__ import annotations

from django.urls import path

from placeweave.action.views import commitments, purpose

app_name = "action"
urlpatterns = [
    path("", commitments.overview, name="overview"),
    path("table/", commitments.table, name="table"),
    path("new/", commitments.new, name="new"),
    path("<int:pk>/", commitments.detail, name="commitment"),
    path("<int:pk>/edit/", commitments.edit, name="edit"),
    path("<int:pk>/update/", commitments.update, name="update"),
    path("purpose/new/", purpose.new, name="purpose_new"),
    path("purpose/<int:pk>/", purpose.detail, name="purpose"),
    path("purpose/<int:pk>/revise/", purpose.revise, name="purpose_revise"),
    path("purpose/<int:pk>/<int:number>/stand/", purpose.stand, name="purpose_stand"),
    path("purpose/<int:pk>/<int:number>/adopt/", purpose.adopt, name="purpose_adopt"),
]
