"""The points area."""

from django.apps import AppConfig


class PointsConfig(AppConfig):
    """积分."""

    name = "baodao.domain.points"
    label = "points"
    verbose_name = "积分"
