"""Tables of the organisations."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.orgs.states import OrgKind, PartyOrgKind, UnitKind


class Org(Record):
    """A place of the tree. ``org_code`` is what people write (``SZ01``); ``path`` is built of those codes."""

    org_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=OrgKind.choices)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = PathField(unique=True)
    seq = models.PositiveIntegerField(default=0)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=100, blank=True)
    households = models.PositiveIntegerField(null=True, blank=True, help_text="a count only")
    residents = models.PositiveIntegerField(null=True, blank=True, help_text="a count only")
    real = models.BooleanField(default=False, help_text="a town made by `new`, not by the demo")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "org_code"], name="orgs_code_in_parent"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")), name="orgs_dates"
            ),
        ]
        indexes = [models.Index(fields=["kind", "path"], name="orgs_kind_path")]

    def __str__(self) -> str:
        return self.name


class OrgPast(models.Model):
    """What an organisation was called and where it stood until a day."""

    org = models.ForeignKey("orgs.Org", on_delete=models.CASCADE, related_name="past")
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20, blank=True)
    path = PathField()
    until = models.DateField()

    def __str__(self) -> str:
        return f"{self.name} –{self.until}"


class Unit(Record):
    """An employer whose Party members report to communities; belongs to the county, ordered by hand."""

    unit_code = models.CharField(max_length=12)
    county = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="units")
    path = PathField(unique=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20, blank=True)
    other_names = models.JSONField(default=list, blank=True, help_text="names that files use for it")
    kind = models.CharField(max_length=12, choices=UnitKind.choices, default=UnitKind.ORGAN)
    party_org_name = models.CharField(max_length=60, blank=True)
    party_org_kind = models.CharField(max_length=16, choices=PartyOrgKind.choices, default=PartyOrgKind.BRANCH)
    seq = models.PositiveIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["county", "unit_code"], name="orgs_unit_code")]

    def __str__(self) -> str:
        return self.name


class PartyOrg(Record):
    """A Party organisation on the community side; counts are always counted, never derived from kinds."""

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=PartyOrgKind.choices)
    org = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="party_orgs")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    seq = models.PositiveIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """What a QR code on a wall stands for: at most four characters, a community and perhaps an estate."""

    place_code = models.CharField(max_length=4, unique=True)
    community = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="places")
    estate = models.ForeignKey("orgs.Org", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.place_code} {self.name}"


class Setting(models.Model):
    """A choice of a town, by key; the keys and their defaults stand in ``orgs.rules.SETTINGS``."""

    town = models.ForeignKey("orgs.Org", on_delete=models.CASCADE, related_name="settings")
    key = models.CharField(max_length=40)
    value = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "key"], name="orgs_setting_once")]

    def __str__(self) -> str:
        return self.key
