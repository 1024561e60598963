"""The addresses of cohorts for people without an account: where they apply, and one's own page."""

from __future__ import annotations

from django.urls import path

from placeweave.gatherings.views import applying

app_name = "apply"
urlpatterns = [
    path("apply/<slug:key>/", applying.page, name="page"),
    path("apply/mine/<str:key>/", applying.mine, name="mine"),
    path("apply/mine/<str:key>/accept/", applying.accept, name="accept"),
    path("apply/mine/<str:key>/decline/", applying.decline, name="decline"),
    path("apply/mine/<str:key>/leave/", applying.leave, name="leave"),
    path("apply/mine/<str:key>/again/", applying.ask_again, name="again"),
]
