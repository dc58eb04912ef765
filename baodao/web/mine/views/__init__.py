"""Views of the mine face: one file a page family."""
