"""Views of the board face: one file a page family."""
