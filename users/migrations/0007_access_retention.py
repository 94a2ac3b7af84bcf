"""The access record may be destroyed once its time is over, and by nobody before."""

from pathlib import Path

from django.db import migrations

from ygs_admin.db.console_objects import console_sql


class Migration(migrations.Migration):
    dependencies = [("users", "0006_subscription_ledger")]

    operations = [
        console_sql(
            Path(__file__).with_name("access_retention.sql"),
            """
            DROP TRIGGER IF EXISTS console_kept_until_due ON user_access_audits;
            DROP FUNCTION IF EXISTS console_refuse_early_deletion();
            CREATE OR REPLACE TRIGGER console_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON user_access_audits
                FOR EACH STATEMENT EXECUTE FUNCTION console_refuse_change();
            """,
        )
    ]
