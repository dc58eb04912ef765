"""Point entries are append-only by trigger on both databases."""

from django.db import migrations

from baodao.domain.journal import guard, unguard


class Migration(migrations.Migration):
    """Guard points_pointentry."""

    dependencies = [("points", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guard(editor.connection, "points_pointentry"),
            lambda apps, editor: unguard(editor.connection, "points_pointentry"),
        )
    ]
