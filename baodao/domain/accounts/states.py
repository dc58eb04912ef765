"""Roles, and which may not meet in one person."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a grant allows; the path of the grant says where."""

    SYSADMIN = "sysadmin", _("系统管理员")
    SECADMIN = "secadmin", _("安全管理员")
    AUDITOR = "auditor", _("审计管理员")
    COUNTY = "county", _("县级查看")
    TOWN = "town", _("镇党委经办")
    TOWNLEAD = "townlead", _("镇党委签发")
    SECRETARY = "secretary", _("社区书记")
    CLERK = "clerk", _("社区专干")
    GRID = "grid", _("网格员")
    LIAISON = "liaison", _("单位联络员")
    MEMBER = "member", _("党员")


ADMINS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})

# the face each role opens with
FACE = {
    Role.SYSADMIN: "admin",
    Role.SECADMIN: "admin",
    Role.AUDITOR: "admin",
    Role.COUNTY: "town",
    Role.TOWN: "town",
    Role.TOWNLEAD: "town",
    Role.SECRETARY: "desk",
    Role.CLERK: "desk",
    Role.GRID: "desk",
    Role.LIAISON: "unit",
    Role.MEMBER: "mine",
}


# what the security log says, in words
EVENT_WORDS = {
    "login.ok": _("登录"),
    "login.refused": _("登录没通过"),
    "code.issued": _("发了一次性码"),
    "password.chosen": _("用一次性码设了密码"),
    "password.changed": _("改了密码"),
}
