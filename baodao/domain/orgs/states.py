"""Kinds of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrgKind(models.TextChoices):
    """The storeys of the tree; each stands directly below the one before."""

    COUNTY = "county", _("县")
    TOWN = "town", _("镇")
    COMMUNITY = "community", _("社区")
    GRID = "grid", _("网格")
    ESTATE = "estate", _("小区")


BELOW = {
    OrgKind.COUNTY: OrgKind.TOWN,
    OrgKind.TOWN: OrgKind.COMMUNITY,
    OrgKind.COMMUNITY: OrgKind.GRID,
    OrgKind.GRID: OrgKind.ESTATE,
}


class PartyOrgKind(models.TextChoices):
    """Forms of a Party organisation."""

    COMMITTEE = "committee", _("党委")
    GENERAL_BRANCH = "general_branch", _("党总支")
    BRANCH = "branch", _("党支部")
    GROUP = "group", _("党组")


class UnitKind(models.TextChoices):
    """Kinds of employers."""

    ORGAN = "organ", _("机关")
    INSTITUTION = "institution", _("事业单位")
    ENTERPRISE = "enterprise", _("企业")
    OTHER = "other", _("其他")
