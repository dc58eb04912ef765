"""Entries are append-only by trigger on both databases; retention removes old links by dropping the guard inside its own transaction."""

from django.db import migrations

from baodao.domain.journal import guard, unguard


class Migration(migrations.Migration):
    """Guard audit_entry."""

    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: guard(editor.connection, "audit_entry"),
            lambda apps, editor: unguard(editor.connection, "audit_entry"),
        )
    ]
