"""Inspections of the access record and what was said of their findings, both append only; who the record is about."""

from pathlib import Path

import django.utils.timezone
from django.db import migrations, models

import ygs_admin.db.columns
import ygs_admin.db.ids
import ygs_admin.db.timestamps
from ygs_admin.db.console_objects import console_sql

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("users", "0010_bulk_plans")]

    operations = [
        migrations.CreateModel(
            name="Inspection",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="ins",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("month", ygs_admin.db.columns.VarcharField(unique=True, verbose_name="month")),
                ("rows", models.IntegerField(verbose_name="rows of the record")),
                ("findings", models.JSONField(verbose_name="findings")),
                ("note", ygs_admin.db.columns.VarcharField(blank=True, verbose_name="note")),
                ("actor_id", ygs_admin.db.columns.VarcharField(verbose_name="actor")),
                ("actor_name", ygs_admin.db.columns.VarcharField(verbose_name="actor's name")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="time"
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection",
                "verbose_name_plural": "inspections",
                "db_table": "console_inspections",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="exp",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("month", ygs_admin.db.columns.VarcharField(verbose_name="month")),
                ("finding", ygs_admin.db.columns.VarcharField(verbose_name="finding")),
                ("note", ygs_admin.db.columns.VarcharField(blank=True, verbose_name="note")),
                ("actor_id", ygs_admin.db.columns.VarcharField(verbose_name="actor")),
                ("actor_name", ygs_admin.db.columns.VarcharField(verbose_name="actor's name")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="time"
                    ),
                ),
            ],
            options={
                "verbose_name": "explanation of a finding",
                "verbose_name_plural": "explanations of findings",
                "db_table": "console_inspection_explanations",
                "default_permissions": (),
                "indexes": [models.Index(fields=["month", "finding", "id"], name="console_explanations_latest")],
            },
        ),
        console_sql(
            HERE / "inspections_append_only.sql",
            """
            DROP TRIGGER IF EXISTS console_explanations_append_only ON console_inspection_explanations;
            DROP TRIGGER IF EXISTS console_inspections_append_only ON console_inspections;
            """,
        ),
        console_sql(
            HERE / "audit_search.sql",
            """
            DROP STATISTICS IF EXISTS console_audits_together;
            DROP FUNCTION IF EXISTS console_audits_about(text);
            """,
        ),
    ]
