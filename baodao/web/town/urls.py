"""Addresses of the town face, one line a page, in menu order."""

from django.urls import URLPattern

app_name = "town"
urlpatterns: list[URLPattern] = []
