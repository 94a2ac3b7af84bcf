"""The trash of each table by itself: without these, a table with nothing deleted is read whole to find that out."""

from django.db import migrations

from ygs_admin.db.console_objects import console_index

DELETED = "(id) WHERE deleted_at IS NOT NULL"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("matching", "0001_initial")]

    operations = [
        console_index("console_introductions_trash", f"match_histories {DELETED}"),
        console_index("console_feedbacks_trash", f"match_feedbacks {DELETED}"),
        console_index("console_consultations_trash", f"consult_schedules {DELETED}"),
    ]
