"""Consultations: nobody is in two at once; working hours, days off, reminders and calendar links."""

from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import ygs_admin.db.columns
import ygs_admin.db.ids
import ygs_admin.db.timestamps
from ygs_admin.db.console_objects import console_sql

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0004_feedback_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="cfd",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("token_sha256", ygs_admin.db.columns.VarcharField(max_length=64, unique=True, verbose_name="token")),
                ("language", ygs_admin.db.columns.VarcharField(max_length=10, verbose_name="language")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                ("revoked_at", ygs_admin.db.timestamps.UTCDateTimeField(null=True, verbose_name="revoked")),
                ("fetched_at", ygs_admin.db.timestamps.UTCDateTimeField(null=True, verbose_name="last fetched")),
                ("fetches_since", ygs_admin.db.timestamps.UTCDateTimeField(null=True, verbose_name="counted since")),
                ("fetches", models.IntegerField(default=0, verbose_name="fetches since then")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="consultant",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar link",
                "verbose_name_plural": "calendar links",
                "db_table": "console_calendar_feeds",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ConsultationReminder",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="crm",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("scheduled_at", ygs_admin.db.timestamps.UTCDateTimeField(verbose_name="time")),
                ("actor_id", ygs_admin.db.columns.VarcharField(null=True, verbose_name="actor")),
                ("actor_name", ygs_admin.db.columns.VarcharField(null=True, verbose_name="actor's name")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="reminded"
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="reminders",
                        to="matching.consultschedule",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "db_table": "console_consultation_reminders",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "scheduled_at"), name="console_reminders_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DayOff",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="dof",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days_off",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="consultant",
                    ),
                ),
            ],
            options={
                "verbose_name": "day off",
                "verbose_name_plural": "days off",
                "db_table": "console_days_off",
                "ordering": ("day", "id"),
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("staff", "day"), name="console_days_off_once")],
            },
        ),
        migrations.CreateModel(
            name="WorkingHours",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="wkh",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "weekday",
                    models.SmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="weekday",
                    ),
                ),
                ("begins", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="until")),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_hours",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="consultant",
                    ),
                ),
            ],
            options={
                "verbose_name": "working hours",
                "verbose_name_plural": "working hours",
                "db_table": "console_working_hours",
                "permissions": (("manage_workinghours", "Can change everybody's working hours"),),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("staff", "weekday", "begins"), name="console_working_hours_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("begins"))), name="console_working_hours_forwards"
                    ),
                ],
            },
        ),
        console_sql(
            HERE / "consultations_once.sql",
            """
            DROP TRIGGER IF EXISTS console_consultations_once ON consult_schedules;
            DROP FUNCTION IF EXISTS console_refuse_overlap();
            """,
        ),
    ]
