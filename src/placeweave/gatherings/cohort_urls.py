"""The addresses of programmes and their cohorts, among those of gatherings."""

from __future__ import annotations

from django.urls import path

from placeweave.gatherings.views import cohorts, designs, programmes

urlpatterns = [
    path("programmes/new/", programmes.new, name="programme_new"),
    path("programmes/<int:pk>/", programmes.detail, name="programme"),
    path("programmes/<int:pk>/edit/", programmes.edit, name="programme_edit"),
    path("programmes/<int:pk>/close/", programmes.close, name="programme_close"),
    path("programmes/<int:pk>/cohorts/new/", programmes.cohort_new, name="cohort_new"),
    path("programmes/<int:pk>/design/", designs.design, name="programme_design"),
    path("programmes/<int:pk>/design/add/", designs.outline_new, name="outline_new"),
    path("programmes/<int:pk>/design/keep/", designs.keep, name="design_keep"),
    path("programmes/<int:pk>/run/", designs.run, name="programme_run"),
    path("programmes/<int:pk>/give/", designs.give, name="programme_give"),
    path("outline/<int:pk>/edit/", designs.outline_edit, name="outline_edit"),
    path("outline/<int:pk>/up/", designs.outline_up, name="outline_up"),
    path("outline/<int:pk>/out/", designs.outline_out, name="outline_out"),
    path("cohorts/<int:pk>/plan/", designs.plan, name="cohort_plan"),
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
