"""Addresses of the board face, one line a page, in menu order."""

from django.urls import URLPattern

app_name = "board"
urlpatterns: list[URLPattern] = []
