"""Baodao (报到): a town's month of service, from need to bulletin."""
