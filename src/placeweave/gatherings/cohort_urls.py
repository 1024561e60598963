"""The addresses of programmes and their cohorts, among those of gatherings."""

from __future__ import annotations

from django.urls import path

from placeweave.gatherings.views import cohorts, programmes

urlpatterns = [
    path("programmes/new/", programmes.new, name="programme_new"),
    path("programmes/<int:pk>/", programmes.detail, name="programme"),
    path("programmes/<int:pk>/edit/", programmes.edit, name="programme_edit"),
    path("programmes/<int:pk>/close/", programmes.close, name="programme_close"),
    path("programmes/<int:pk>/cohorts/new/", programmes.cohort_new, name="cohort_new"),
    path("cohorts/<int:pk>/", cohorts.detail, name="cohort"),
    path("cohorts/<int:pk>/edit/", programmes.cohort_edit, name="cohort_edit"),
    path("cohorts/<int:pk>/grow/", programmes.grow, name="cohort_grow"),
    path("cohorts/<int:pk>/mix/", programmes.cohort_mix, name="cohort_mix"),
    path("cohorts/<int:pk>/open/", programmes.cohort_open, name="cohort_open"),
    path("cohorts/<int:pk>/begin/", programmes.cohort_begin, name="cohort_begin"),
    path("cohorts/<int:pk>/close/", programmes.cohort_close, name="cohort_close"),
    path("cohorts/<int:pk>/applicants/", cohorts.applicants, name="cohort_applicants"),
    path("cohorts/<int:pk>/choice/", cohorts.choice, name="cohort_choice"),
    path("cohorts/<int:pk>/choice/ask/", cohorts.choose, name="cohort_choose"),
    path("cohorts/<int:pk>/offers/", cohorts.offers, name="cohort_offers"),
    path("cohorts/<int:pk>/log/", cohorts.log, name="cohort_log"),
    path("applications/<int:pk>/keep/", cohorts.keep, name="applicant_keep"),
    path("applications/<int:pk>/off/", cohorts.take_off, name="applicant_off"),
]
