"""What stays of an introduction for the one member after the other has been destroyed."""

import django.db.models.deletion
from django.db import migrations, models

import ygs_admin.db.columns
import ygs_admin.db.enums
import ygs_admin.db.ids


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0007_today"),
        ("users", "0014_review_queue"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastIntroduction",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=False,
                        prefix="mh",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("match_week_id", ygs_admin.db.columns.VarcharField(null=True, verbose_name="round")),
                ("status", ygs_admin.db.enums.EnumField(verbose_name="status")),
                ("response", ygs_admin.db.enums.EnumField(verbose_name="answer")),
                ("responded_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("introduced_at", models.DateTimeField(verbose_name="introduced")),
                ("date_fixed_at", models.DateTimeField(null=True, verbose_name="date fixed")),
                ("met_at", models.DateTimeField(null=True, verbose_name="met")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed")),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="users.user",
                        verbose_name="member",
                    ),
                ),
            ],
            options={
                "verbose_name": "introduction to a former member",
                "verbose_name_plural": "introductions to former members",
                "db_table": "console_past_introductions",
                "default_permissions": (),
            },
        ),
    ]
