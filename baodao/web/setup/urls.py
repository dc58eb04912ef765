"""Addresses of the first day, one line a page."""

from django.urls import path

from baodao.web.setup.views import days, steps

app_name = "setup"
urlpatterns = [
    path("", days.start, name="start"),
    path("<slug:town>/", days.show, name="town"),
    path("<slug:town>/skip/<slug:step>/", days.skip, name="skip"),
    path("<slug:town>/names/", steps.names, name="names"),
    path("<slug:town>/places/", steps.places, name="places"),
    path("<slug:town>/units/", steps.units, name="units"),
    path("<slug:town>/hours/", steps.hours, name="hours"),
    path("<slug:town>/people/", steps.people, name="people"),
    path("<slug:town>/rules/", steps.rules, name="rules"),
    path("<slug:town>/ledger/", steps.ledger, name="ledger"),
]
