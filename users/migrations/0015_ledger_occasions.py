"""An introduction that was given back can be used again: the ledger counts the occasions, each of them once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "0014_review_queue")]

    operations = [
        # By the database's default, which rewrites no row: the ledger refuses every change.
        migrations.AddField(
            model_name="introductionledger",
            name="occasion",
            field=models.IntegerField(db_default=1, default=1, verbose_name="occasion"),
        ),
        migrations.AddConstraint(
            model_name="introductionledger",
            constraint=models.UniqueConstraint(
                condition=models.Q(("match_history_id__isnull", False)),
                fields=("subscription", "match_history_id", "kind", "occasion"),
                name="console_ledger_occasion",
            ),
        ),
        migrations.RemoveConstraint(model_name="introductionledger", name="console_ledger_introduction"),
    ]
