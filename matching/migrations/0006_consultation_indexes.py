"""What the calendar, the list and the refusal of overlaps read: a consultant's consultations by time.

The first is for every status; the second holds only what is scheduled, so that looking for an overlap never reads
through a consultant's past.
"""

from django.db import migrations

from ygs_admin.db.console_objects import console_index


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("matching", "0005_consultations")]

    operations = [
        console_index(
            "console_consultations_of",
            "consult_schedules (consultant_id, scheduled_at, id) WHERE deleted_at IS NULL",
        ),
        console_index(
            "console_consultations_scheduled",
            "consult_schedules (consultant_id, scheduled_at) WHERE status = 'scheduled' AND deleted_at IS NULL",
        ),
    ]
