"""The board face."""
