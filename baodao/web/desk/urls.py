"""Addresses of the desk face, one line a page, in menu order."""

from django.urls import URLPattern

app_name = "desk"
urlpatterns: list[URLPattern] = []
