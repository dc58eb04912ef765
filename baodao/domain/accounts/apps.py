"""The accounts area."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账号."""

    name = "baodao.domain.accounts"
    label = "accounts"
    verbose_name = "账号"
