"""A receipt has its day, and an ended enrolment remembers what it was.

Receipts that were noted without a day get the day of the report (only the demo wrote such rows); where a receipt is older
than the report, the report moves to it: who has a receipt had reported by then.
"""

from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

STATES = [("issued", "已开单"), ("reported", "已报到"), ("receipted", "已回执"), ("ended", "调出")]


def date_receipts(apps, schema_editor):
    """Give every receipted row its two days, in order."""
    rows = apps.get_model("members", "Enrolment").objects.filter(state="receipted")
    rows.filter(receipt_on__isnull=True).update(receipt_on=Coalesce(F("reported_on"), F("since")))
    rows.filter(reported_on__isnull=True).update(reported_on=F("receipt_on"))
    rows.filter(reported_on__gt=F("receipt_on")).update(reported_on=F("receipt_on"))


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="state_before",
            field=models.CharField(
                blank=True, choices=STATES, default="", help_text="before it ended, for a coming back", max_length=10
            ),
            preserve_default=False,
        ),
        migrations.RunPython(date_receipts, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "receipted"), _negated=True),
                    models.Q(
                        ("receipt_on__gte", models.F("reported_on")),
                        ("receipt_on__isnull", False),
                        ("reported_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="members_receipt_dated",
            ),
        ),
    ]
