"""The addresses of places."""

from __future__ import annotations

from django.urls import path

from placeweave.places.views import about, frameworks, home, imports, issues, members, organisations, people, records

app_name = "places"
urlpatterns = [
    path("", home.portfolio, name="portfolio"),
    path("places/add/", home.add_place, name="place_add"),
    path("places/added/", home.place_added, name="place_added"),
    path("join/<str:key>/", members.join, name="join"),
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/<slug:slug>/<str:version>/", frameworks.framework, name="framework"),
    path("p/<slug:place>/about/", about.about, name="about"),
    path("p/<slug:place>/settings/", about.settings, name="settings"),
    path("p/<slug:place>/settings/duty/", about.duty_contacts, name="duty_contacts"),
    path("p/<slug:place>/people/", people.people, name="people"),
    path("p/<slug:place>/me/", people.profile, name="profile"),
    path("p/<slug:place>/me/leave/", people.leave, name="leave"),
    path("p/<slug:place>/members/", members.members, name="members"),
    path("p/<slug:place>/members/invite/", members.invite, name="invite"),
    path("p/<slug:place>/members/invitations/<int:pk>/withdraw/", members.revoke, name="revoke"),
    path("p/<slug:place>/members/<int:pk>/standing/", members.standing, name="standing"),
    path("p/<slug:place>/members/<int:pk>/remove/", members.remove, name="remove"),
    path("p/<slug:place>/organisations/", organisations.organisations, name="organisations"),
    path("p/<slug:place>/organisations/add/", organisations.add, name="organisation_add"),
    path("p/<slug:place>/organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("p/<slug:place>/organisations/<int:pk>/edit/", organisations.edit, name="organisation_edit"),
    path("p/<slug:place>/organisations/<int:pk>/numbers/add/", organisations.add_number, name="number_add"),
    path("p/<slug:place>/organisations/<int:pk>/names/add/", organisations.add_name, name="name_add"),
    path("p/<slug:place>/organisations/<int:pk>/sites/add/", organisations.add_site, name="site_add"),
    path("p/<slug:place>/organisations/numbers/<int:pk>/remove/", organisations.remove_number, name="number_remove"),
    path("p/<slug:place>/organisations/names/<int:pk>/remove/", organisations.remove_name, name="name_remove"),
    path("p/<slug:place>/organisations/sites/<int:pk>/remove/", organisations.remove_site, name="site_remove"),
    path("p/<slug:place>/issues/", issues.issues, name="issues"),
    path("p/<slug:place>/issues/open/", issues.open_issue, name="issue_open"),
    path("p/<slug:place>/issues/<int:pk>/", issues.issue, name="issue"),
    path("p/<slug:place>/issues/<int:pk>/edit/", issues.edit_issue, name="issue_edit"),
    path("p/<slug:place>/issues/<int:pk>/suggest/", issues.suggest, name="suggest"),
    path("p/<slug:place>/issues/questions/<int:pk>/decide/", issues.decide, name="decide"),
    path("p/<slug:place>/linkups/", issues.linkups, name="linkups"),
    path("p/<slug:place>/linkups/ask/<int:other>/<int:topic>/", issues.ask_linkup, name="linkup_ask"),
    path("p/<slug:place>/linkups/<int:pk>/answer/", issues.answer_linkup, name="linkup_answer"),
    path("p/<slug:place>/imports/", imports.batches, name="imports"),
    path("p/<slug:place>/imports/add/", imports.upload, name="upload"),
    path("p/<slug:place>/imports/<int:pk>/", imports.batch, name="import"),
    path("p/<slug:place>/imports/<int:pk>/answer/", imports.answer, name="import_answer"),
    path("p/<slug:place>/imports/<int:pk>/accept/", imports.accept, name="import_accept"),
    path("p/<slug:place>/imports/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("p/<slug:place>/imports/<int:pk>/undo/", imports.undo, name="import_undo"),
    path("p/<slug:place>/analyses/<int:pk>/", records.work, name="work"),
    path("p/<slug:place>/log/", records.log, name="log"),
    path("p/<slug:place>/exports/", records.taking, name="exports"),
    path("p/<slug:place>/exports/<slug:format>/", records.take, name="export"),
]
