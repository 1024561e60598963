"""Every address of the product."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    # Hundreds of phones may ask these in the same second, so they are looked through first.
    path("", include("placeweave.listening.public_urls")),
    path("", include("placeweave.kit.urls")),
    path("", include("placeweave.places.urls")),
    path("account/", include("placeweave.places.signin")),
    path("demo/", include("placeweave.operations.doors")),
    path("p/<slug:place>/heard/", include("placeweave.listening.urls")),
    path("", include("placeweave.gatherings.public_urls")),
    path("", include("placeweave.gatherings.applying_urls")),
    path("p/<slug:place>/gatherings/", include("placeweave.gatherings.urls")),
    path("", include("placeweave.themes.urls")),
    path("", include("placeweave.jigsaw.public_urls")),
    path("p/<slug:place>/jigsaw/", include("placeweave.jigsaw.urls")),
    path("p/<slug:place>/action/", include("placeweave.action.urls")),
    path("", include("placeweave.thread.urls")),
]

handler400 = "placeweave.kit.views.bad_request"
handler403 = "placeweave.kit.views.refused"
handler404 = "placeweave.kit.views.not_found"
handler500 = "placeweave.kit.views.broken"
