"""The app that wires everything at start."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wiring."""

    name = "baodao.config"
    label = "config"

    def ready(self) -> None:
        """Bind the clock and the table of handlers."""
        from baodao.config import wiring

        wiring.connect()
