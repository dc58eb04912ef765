"""The posts area."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """岗位."""

    name = "baodao.domain.posts"
    label = "posts"
    verbose_name = "岗位"
