"""The trash of each table by itself: without these, a table with nothing deleted is read whole to find that out."""

from django.db import migrations

from ygs_admin.db.console_objects import console_index

DELETED = "(id) WHERE deleted_at IS NOT NULL"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("users", "0003_console_indexes")]

    operations = [
        console_index("console_photos_trash", f"user_photos {DELETED}"),
        console_index("console_documents_trash", f"user_documents {DELETED}"),
        console_index("console_subscriptions_trash", f"user_subscriptions {DELETED}"),
    ]
