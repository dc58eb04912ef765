"""Needs: registered, triaged, handled, told, erased."""
