"""The dry runs of verbs on many members."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import ygs_admin.db.columns
import ygs_admin.db.ids


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0009_saved_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkPlan",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="bpl",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("verb", ygs_admin.db.columns.VarcharField(verbose_name="verb")),
                ("rows", models.JSONField(verbose_name="rows")),
                ("job_id", ygs_admin.db.columns.VarcharField(null=True, verbose_name="job")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff member",
                    ),
                ),
            ],
            options={
                "verbose_name": "dry run",
                "verbose_name_plural": "dry runs",
                "db_table": "console_bulk_plans",
                "default_permissions": (),
            },
        ),
    ]
