"""The console's own indexes on shared tables, made without blocking the backend's writes."""

from django.db import migrations

from ygs_admin.db.console_objects import console_index


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("users", "0002_member_search")]

    operations = [
        # Who saw this member on a page or in a file.
        console_index("console_audits_shown", "user_access_audits USING gin ((detail -> 'user_ids') jsonb_path_ops)"),
        # A member's access history, newest first.
        console_index("console_audits_of_member", "user_access_audits (user_id, created_at, id)"),
    ]
