"""The shared frame."""
