"""Tables of resources."""

from django.db import models

from baodao.domain.columns import Record


class Resource(Record):
    """Something a unit lends."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="resources")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    terms = models.CharField(max_length=120, blank=True)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class OpenDay(Record):
    """A unit's open day in a community."""

    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="open_days")
    community = models.ForeignKey("orgs.Org", on_delete=models.PROTECT, related_name="open_days")
    date = models.DateField()
    theme = models.CharField(max_length=60, blank=True)
    held = models.BooleanField(default=False)
    head_count = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "community", "date"], name="resources_open_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.date}"
