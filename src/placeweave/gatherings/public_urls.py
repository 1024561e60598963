"""The addresses of gatherings for people without an account: a session's public page, and one's own page."""

from __future__ import annotations

from django.urls import path

from placeweave.gatherings.views import public

app_name = "signup"
urlpatterns = [
    path("g/<slug:key>/", public.page, name="page"),
    path("g/mine/<str:key>/", public.mine, name="mine"),
    path("g/mine/<str:key>/accept/", public.accept, name="accept"),
    path("g/mine/<str:key>/leave/", public.leave, name="leave"),
    path("g/mine/<str:key>/again/", public.ask_again, name="again"),
]
