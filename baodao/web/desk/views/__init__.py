"""Views of the desk face: one file a page family."""
