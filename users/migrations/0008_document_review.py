"""What the review of documents asks for all day: what waits, the oldest first; and what has outlived its last day.

Both are small parts of the table, which keeps every document that was ever decided on.
"""

from django.db import migrations

from ygs_admin.db.console_objects import console_index

WAITING = "status = 'pending' AND deleted_at IS NULL"
APPROVED = "status = 'approved' AND deleted_at IS NULL"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("users", "0007_access_retention")]

    operations = [
        # The member is carried along for the list of those of whom something waits.
        console_index(
            "console_documents_waiting", f"user_documents (created_at, id) INCLUDE (user_id) WHERE {WAITING}"
        ),
        console_index(
            "console_documents_lapsing", f"user_documents (expires_on, id) WHERE {APPROVED} AND expires_on IS NOT NULL"
        ),
    ]
