"""Views of the admin face: one file a page family."""
