"""The members' phone face."""
