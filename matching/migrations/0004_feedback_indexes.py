"""Incidents by themselves, and meetings by their time: without these, either list reads its table whole."""

from django.db import migrations

from ygs_admin.db.console_objects import console_index


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("matching", "0004_feedback")]

    operations = [
        console_index(
            "console_feedbacks_incidents",
            "match_feedbacks (created_at, id) WHERE is_incident AND deleted_at IS NULL",
        ),
        console_index(
            "console_introductions_met",
            "match_histories (met_at, id) WHERE met_at IS NOT NULL AND deleted_at IS NULL",
        ),
    ]
