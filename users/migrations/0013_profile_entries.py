"""The index of members follows changes of many profiles as quickly in every session."""

from pathlib import Path

from django.db import migrations

from ygs_admin.db.console_objects import console_sql


class Migration(migrations.Migration):
    dependencies = [("users", "0012_audit_indexes")]

    operations = [
        # Going back leaves it: it does the same as the function before it.
        console_sql(Path(__file__).with_name("profile_entries.sql"), migrations.RunSQL.noop),
    ]
