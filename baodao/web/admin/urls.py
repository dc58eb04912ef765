"""Addresses of the administrators' face, one line a page, in menu order."""

from django.urls import path

from baodao.web.admin.views import audit, calendar, compliance, orgs, people, units

app_name = "admin"
urlpatterns = [
    path("", orgs.home, name="home"),
    path("orgs/", orgs.listing, name="orgs"),
    path("orgs/add/", orgs.add, name="org_add"),
    path("orgs/paste/", orgs.paste, name="org_paste"),
    path("orgs/<slug:code>/", orgs.change, name="org_change"),
    path("orgs/<slug:code>/move/", orgs.move, name="org_move"),
    path("orgs/<slug:code>/close/", orgs.close, name="org_close"),
    path("party/", orgs.party, name="party"),
    path("units/", units.listing, name="units"),
    path("units/paste/", units.paste, name="unit_paste"),
    path("units/<slug:code>/", units.change, name="unit_change"),
    path("calendar/", calendar.show, name="calendar"),
    path("calendar/load/", calendar.load, name="calendar_load"),
    path("calendar/day/", calendar.set_day, name="calendar_day"),
    path("calendar/day/drop/", calendar.drop_day, name="calendar_drop"),
    path("calendar/hours/", calendar.set_hours, name="calendar_hours"),
    path("people/", people.listing, name="people"),
    path("people/add/", people.add, name="person_add"),
    path("people/<slug:code>/", people.show, name="person"),
    path("people/<slug:code>/grant/", people.grant, name="person_grant"),
    path("people/<slug:code>/grant/<slug:grant>/end/", people.end_grant, name="person_grant_end"),
    path("people/<slug:code>/code/", people.one_time_code, name="person_code"),
    path("people/<slug:code>/active/", people.active, name="person_active"),
    path("audit/", audit.listing, name="audit"),
    path("audit/verify/", audit.verify, name="audit_verify"),
    path("audit/erased/", audit.erased, name="erased"),
    path("audit/security/", audit.security, name="security"),
    path("compliance/", compliance.show, name="compliance"),
]
