"""What the first page asks of introductions: those that wait for an answer, and what came of the last weeks'."""

from django.db import migrations

from ygs_admin.db.console_objects import console_index


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("matching", "0006_consultation_indexes")]

    operations = [
        # Those that wait are a small part of all that there were, the longest waiting at its head.
        console_index(
            "console_introductions_awaiting",
            "match_histories (introduced_at, id) WHERE status = 'introduced' AND deleted_at IS NULL",
        ),
        # Twelve weeks of outcomes are counted in the index alone.
        console_index(
            "console_introductions_newest",
            "match_histories (introduced_at) INCLUDE (status, a_response, b_response)"
            " WHERE introduced_at IS NOT NULL AND deleted_at IS NULL",
        ),
    ]
