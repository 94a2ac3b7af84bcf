"""The views of the members list that staff save."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import ygs_admin.db.columns
import ygs_admin.db.ids
import ygs_admin.db.timestamps


class Migration(migrations.Migration):
    dependencies = [
        ("users", "0008_document_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    ygs_admin.db.ids.PrefixedULIDField(
                        editable=False,
                        generated=True,
                        prefix="svw",
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("name", ygs_admin.db.columns.VarcharField(max_length=60, verbose_name="name")),
                ("query", models.JSONField(verbose_name="query")),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared")),
                ("position", models.IntegerField(verbose_name="position")),
                (
                    "created_at",
                    ygs_admin.db.timestamps.UTCDateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "db_table": "console_saved_views",
                "permissions": (("share_savedview", "Can share saved views"),),
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("owner", "name"), name="console_saved_views_name")],
            },
        ),
    ]
