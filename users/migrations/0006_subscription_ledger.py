"""The ledger of introductions and the settlements of canceled subscriptions, both append only."""

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
    dependencies = [("users", "0005_permissions")]

    operations = [
        migrations.CreateModel(
            name="IntroductionLedger",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="led",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("position", models.IntegerField(verbose_name="position")),
                ("kind", ygs_admin.db.enums.EnumField(verbose_name="kind")),
                ("delta", models.IntegerField(verbose_name="difference")),
                ("total_after", models.IntegerField(null=True, verbose_name="introductions")),
                ("used_after", models.IntegerField(verbose_name="introductions used")),
                ("match_history_id", ygs_admin.db.columns.VarcharField(null=True, verbose_name="introduction")),
                ("actor_id", ygs_admin.db.columns.VarcharField(null=True, verbose_name="actor")),
                ("actor_name", ygs_admin.db.columns.VarcharField(null=True, verbose_name="actor's name")),
                ("reason", ygs_admin.db.columns.VarcharField(null=True, verbose_name="reason")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="time"
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="ledger",
                        to="users.usersubscription",
                        verbose_name="subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the ledger",
                "verbose_name_plural": "ledger of introductions",
                "db_table": "console_introduction_ledger",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("subscription", "position"), name="console_ledger_position"),
                    models.UniqueConstraint(
                        condition=models.Q(("match_history_id__isnull", False)),
                        fields=("subscription", "match_history_id", "kind"),
                        name="console_ledger_introduction",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubscriptionSettlement",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="stl",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("canceled_at", ygs_admin.db.timestamps.UTCDateTimeField(verbose_name="canceled")),
                ("fault", ygs_admin.db.enums.EnumField(verbose_name="at fault")),
                ("computed_krw", models.IntegerField(null=True, verbose_name="computed (₩)")),
                ("settled_krw", models.IntegerField(verbose_name="settled (₩)")),
                ("actor_id", ygs_admin.db.columns.VarcharField(null=True, verbose_name="actor")),
                ("actor_name", ygs_admin.db.columns.VarcharField(null=True, verbose_name="actor's name")),
                ("reason", ygs_admin.db.columns.VarcharField(null=True, verbose_name="reason")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="time"
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="settlements",
                        to="users.usersubscription",
                        verbose_name="subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "settlement",
                "verbose_name_plural": "settlements",
                "db_table": "console_subscription_settlements",
                "default_permissions": (),
                "indexes": [models.Index(fields=["subscription", "created_at"], name="console_settlements_newest")],
            },
        ),
        console_sql(
            HERE / "ledger_append_only.sql",
            """
            DROP TRIGGER IF EXISTS console_settlements_append_only ON console_subscription_settlements;
            DROP TRIGGER IF EXISTS console_ledger_append_only ON console_introduction_ledger;
            """,
        ),
    ]
