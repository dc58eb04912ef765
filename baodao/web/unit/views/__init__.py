"""Views of the unit face: one file a page family."""
