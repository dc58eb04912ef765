"""Views of the first day."""
