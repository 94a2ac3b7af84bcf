"""The sign-ups of the last weeks by gender, counted in an index, which is made while the console serves."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("users", "0015_ledger_occasions")]

    operations = [
        AddIndexConcurrently(
            model_name="membersearch",
            index=Index(
                fields=["created_at"],
                include=["gender"],
                name="console_search_sign_ups",
                condition=Q(is_deleted=False),
            ),
        ),
    ]
