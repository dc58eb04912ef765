"""Views of the town face: one file a page family."""
