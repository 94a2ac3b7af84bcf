"""The review queue: who has which case in hand, what was put aside, and decisions that can still be undone."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import ygs_admin.db.columns
import ygs_admin.db.enums
import ygs_admin.db.ids


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0013_profile_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewClaim",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="review_claim",
                        serialize=False,
                        to="users.user",
                    ),
                ),
                ("claimed_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField()),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_claims",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "claim of a case",
                "verbose_name_plural": "claims of cases",
                "db_table": "console_review_claims",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewDecision",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="dec",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("verb", ygs_admin.db.enums.EnumField(verbose_name="decision")),
                ("reject_reason", ygs_admin.db.columns.VarcharField(null=True, verbose_name="reason")),
                ("note", ygs_admin.db.columns.VarcharField(default="", verbose_name="note")),
                ("expires_on", models.DateField(null=True, verbose_name="valid until")),
                ("row_version", models.BigIntegerField()),
                ("language", ygs_admin.db.columns.VarcharField()),
                ("ip_address", ygs_admin.db.columns.VarcharField(null=True)),
                ("user_agent", ygs_admin.db.columns.VarcharField(null=True)),
                ("request_id", ygs_admin.db.columns.VarcharField(null=True)),
                (
                    "decided_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="decided"),
                ),
                ("final_at", models.DateTimeField(verbose_name="final")),
                ("outcome", ygs_admin.db.enums.EnumField(default="waiting", verbose_name="outcome")),
                ("settled_at", models.DateTimeField(null=True)),
                ("message", ygs_admin.db.columns.VarcharField(default="", verbose_name="message")),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="users.userdocument",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="users.user",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "decision of a reviewer",
                "verbose_name_plural": "decisions of reviewers",
                "db_table": "console_review_decisions",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "waiting")),
                        fields=["final_at"],
                        name="console_review_decisions_due",
                    ),
                    models.Index(fields=["staff", "decided_at"], name="console_review_decisions_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("document__isnull", False), ("outcome", "waiting")),
                        fields=("document",),
                        name="console_review_decisions_document",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("document__isnull", True), ("outcome", "waiting")),
                        fields=("member",),
                        name="console_review_decisions_sign_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewSkip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="users.user",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "console_review_skips",
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("staff", "member"), name="console_review_skips_once")],
            },
        ),
    ]
