"""The triggers that keep the console's index of members, and the append-only access record."""

from pathlib import Path

from django.db import migrations

from ygs_admin.db.console_objects import console_sql

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial")]

    operations = [
        console_sql(
            HERE / "member_search.sql",
            """
            DROP TRIGGER IF EXISTS console_profiles_updated ON user_profiles;
            DROP TRIGGER IF EXISTS console_profiles_inserted ON user_profiles;
            DROP TRIGGER IF EXISTS console_users_removed ON users;
            DROP TRIGGER IF EXISTS console_users_updated ON users;
            DROP TRIGGER IF EXISTS console_users_inserted ON users;
            DROP FUNCTION IF EXISTS console_profiles_written(), console_users_removed(), console_users_written(),
                console_phone_grams(text), console_name_grams(text), console_name_key(text);
            """,
        ),
        console_sql(
            HERE / "append_only.sql",
            """
            DROP TRIGGER IF EXISTS console_append_only ON user_access_audits;
            DROP FUNCTION IF EXISTS console_refuse_change();
            """,
        ),
    ]
