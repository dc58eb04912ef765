"""The unit face."""
