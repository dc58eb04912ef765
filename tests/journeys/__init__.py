"""Journeys: a real Chromium walks through the served town."""
