"""Addresses of the unit face, one line a page, in menu order."""

from django.urls import URLPattern

app_name = "unit"
urlpatterns: list[URLPattern] = []
