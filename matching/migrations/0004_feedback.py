"""Dates as they are planned; incidents and what was decided about them, append only; who may decide."""

from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import ygs_admin.db.columns
import ygs_admin.db.enums
import ygs_admin.db.ids
import ygs_admin.db.timestamps
from ygs_admin.db.console_objects import console_sql

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0003_rounds"),
        # The function that refuses changes.
        ("users", "0002_member_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedDate",
            fields=[
                (
                    "introduction",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="planned_date",
                        serialize=False,
                        to="matching.matchhistory",
                        verbose_name="introduction",
                    ),
                ),
                (
                    "meets_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(blank=True, null=True, verbose_name="they meet"),
                ),
                ("place", ygs_admin.db.columns.VarcharField(blank=True, default="", verbose_name="place")),
            ],
            options={
                "verbose_name": "planned date",
                "verbose_name_plural": "planned dates",
                "db_table": "console_planned_dates",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="IncidentDecision",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="inc",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("position", models.IntegerField(verbose_name="position")),
                ("user_id", ygs_admin.db.columns.VarcharField(verbose_name="member reported")),
                ("decision", ygs_admin.db.enums.EnumField(verbose_name="decision")),
                ("reason", ygs_admin.db.columns.VarcharField(verbose_name="reason")),
                ("actor_id", ygs_admin.db.columns.VarcharField(verbose_name="actor")),
                ("actor_name", ygs_admin.db.columns.VarcharField(verbose_name="actor's name")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="time"
                    ),
                ),
                (
                    "feedback",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="decisions",
                        to="matching.matchfeedback",
                        verbose_name="feedback",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision about an incident",
                "verbose_name_plural": "decisions about incidents",
                "db_table": "console_incident_decisions",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("feedback", "position"), name="console_incident_decisions_position"
                    ),
                ],
            },
        ),
        migrations.AlterModelOptions(
            name="matchfeedback",
            options={
                "base_manager_name": "all_objects",
                "permissions": (("decide_incident", "Can decide about incidents"),),
                "verbose_name": "feedback",
                "verbose_name_plural": "feedback",
            },
        ),
        migrations.AlterField(
            model_name="matchfeedback",
            name="tags",
            field=ygs_admin.db.enums.EnumListField(blank=True, null=True, verbose_name="tags"),
        ),
        console_sql(
            HERE / "incidents_append_only.sql",
            """
            DROP TRIGGER IF EXISTS console_incident_decisions_kept ON console_incident_decisions;
            DROP FUNCTION IF EXISTS console_keep_with_member;
            DROP TRIGGER IF EXISTS console_incident_decisions_append_only ON console_incident_decisions;
            """,
        ),
    ]
