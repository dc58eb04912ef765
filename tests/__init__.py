"""Tests: mirrors baodao/, plus journeys (browser) and architecture."""
