"""Addresses of the mine face, one line a page, in menu order."""

from django.urls import URLPattern

app_name = "mine"
urlpatterns: list[URLPattern] = []
