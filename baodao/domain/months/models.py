"""Tables of the month."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.months.states import BulletinState


class MonthClose(Record):
    """A town's month, closed: what was settled and what was left out."""

    town = PathField()
    month = models.CharField(max_length=7)
    closed_at = models.DateTimeField()
    closed_by = models.BigIntegerField(null=True, blank=True)
    figures = models.JSONField(default=dict)
    places = models.JSONField(default=dict, help_text="the same counts by community and by unit path")
    left_out = models.JSONField(default=list, help_text="codes of records not confirmed in time")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "month"], name="months_close")]

    def __str__(self) -> str:
        return f"{self.town} {self.month}"


class Assessment(models.Model):
    """One component of one community, unit or town for one month; numerator and base, or "not measured"."""

    town = PathField()
    month = models.CharField(max_length=7)
    path = PathField(help_text="community, unit or town")
    component = models.CharField(max_length=30)
    part = models.IntegerField(null=True, blank=True)
    base = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "month", "path", "component"], name="months_assessment_once")
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.component}"


class Bulletin(Record):
    """月通报 of a town: words may be edited, figures never."""

    town = PathField()
    month = models.CharField(max_length=7)
    state = models.CharField(max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT)
    words = models.JSONField(default=dict, help_text="sections a person may edit")
    figures = models.JSONField(default=dict, help_text="frozen at signing")
    opinion = models.CharField(max_length=120, blank=True)
    drafted_by = models.BigIntegerField(null=True, blank=True)
    signed_by = models.BigIntegerField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    document = models.OneToOneField(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="bulletin"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "month"], name="months_bulletin_once")]

    def __str__(self) -> str:
        return f"{self.town} {self.month}"


class SystemDoc(Record):
    """One of the eight systems (八项制度), as text bound to the part of the program that carries it (S13)."""

    town = PathField()
    seq = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    carried_by = models.CharField(max_length=20)
    owner = models.CharField(max_length=40, blank=True)
    review_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class Meeting(Record):
    """例会 (S13)."""

    path = PathField()
    date = models.DateField()
    agenda = models.JSONField(default=list)
    minutes = models.CharField(max_length=300, blank=True)
    decisions = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.path} {self.date}"


class Feedback(Record):
    """双向反馈 (S13): facts about service to a unit, or leave and transfers from it."""

    town = PathField()
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="feedbacks")
    month = models.CharField(max_length=7)
    to_unit = models.BooleanField()
    facts = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"
