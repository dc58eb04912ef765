"""The town face."""
