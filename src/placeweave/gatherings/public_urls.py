"""The addresses of gatherings for people without an account: a session's public page, and one's own page."""

from __future__ import annotations

from django.urls import path

from placeweave.gatherings.views import calendars, listing, public

app_name = "signup"
urlpatterns = [
    path("g/place/<slug:key>/", listing.place_list, name="list"),
    path("g/place/<slug:key>/calendar.ics", calendars.place_calendar, name="place_calendar"),
    path("g/place/<slug:key>/news.atom", calendars.place_news, name="place_news"),
    path("g/member/<str:key>/calendar.ics", calendars.member_calendar, name="member_calendar"),
    path("g/mine/<str:key>/calendar.ics", calendars.mine_calendar, name="mine_calendar"),
    path("g/<slug:key>/session.ics", calendars.session_file, name="session_file"),
    path("g/<slug:key>/", public.page, name="page"),
    path("g/mine/<str:key>/", public.mine, name="mine"),
    path("g/mine/<str:key>/accept/", public.accept, name="accept"),
    path("g/mine/<str:key>/leave/", public.leave, name="leave"),
    path("g/mine/<str:key>/again/", public.ask_again, name="again"),
]
