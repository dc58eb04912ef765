"""The mine face."""
