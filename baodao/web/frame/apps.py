"""The shared frame of the faces."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """Frame."""

    name = "baodao.web.frame"
    label = "frame"
