"""Pairs that staff forbid for a round, and members whom its last run left out."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import ygs_admin.db.columns
import ygs_admin.db.ids


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0002_trash_indexes"),
        ("users", "0014_review_queue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForbiddenPair",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="fbd",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("reason", ygs_admin.db.columns.VarcharField(default="", verbose_name="reason")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="staff member",
                    ),
                ),
                (
                    "user_a",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="users.user",
                        verbose_name="first member",
                    ),
                ),
                (
                    "user_b",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="users.user",
                        verbose_name="second member",
                    ),
                ),
                (
                    "week",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="forbidden_pairs",
                        to="matching.matchweek",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "forbidden pair",
                "verbose_name_plural": "forbidden pairs",
                "db_table": "console_forbidden_pairs",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("week", "user_a", "user_b"), name="console_forbidden_pairs_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", ygs_admin.db.columns.VarcharField(verbose_name="reason")),
                ("remaining", models.JSONField(default=list, verbose_name="partners left")),
                ("best_score", models.FloatField(null=True, verbose_name="best score")),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="users.user",
                        verbose_name="member",
                    ),
                ),
                (
                    "week",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="left_out",
                        to="matching.matchweek",
                        verbose_name="round",
                    ),
                ),
            ],
            options={
                "verbose_name": "member left out",
                "verbose_name_plural": "members left out",
                "db_table": "console_left_out_members",
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("week", "user"), name="console_left_out_once")],
            },
        ),
    ]
