"""The addresses of thread: the home of a place and what belongs to no one room."""

from __future__ import annotations

from django.urls import path

from placeweave.thread.views import place, teller, tracing

app_name = "thread"
urlpatterns = [
    path("p/<slug:place>/", place.home, name="home"),
    path("p/<slug:place>/monday/", place.monday, name="monday"),
    path("p/<slug:place>/broken/", place.broken, name="broken"),
    path("p/<slug:place>/search/", place.search, name="search"),
    path("p/<slug:place>/trace/<slug:kind>/<int:pk>/", tracing.trace, name="trace"),
    path("p/<slug:place>/quote/<int:pk>/", tracing.quote, name="quote"),
    path("p/<slug:place>/said/<int:pk>/withdraw/", teller.withdraw_for, name="withdraw_for"),
    path("mine/<str:key>/", teller.mine, name="mine"),
    path("mine/<str:key>/withdraw/", teller.withdraw, name="withdraw"),
    path("mine/<str:key>/pause/", teller.pause, name="pause"),
    path("mine/<str:key>/resume/", teller.resume, name="resume"),
]
