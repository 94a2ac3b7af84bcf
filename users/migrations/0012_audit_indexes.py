"""The ways in which the record is searched at ten million rows, each newest or oldest first.

The backend indexes single columns: those find the rows of one person, but have them all sorted for the newest fifty.
"""

from django.db import migrations

from ygs_admin.db.console_objects import console_index


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("users", "0011_inspections")]

    operations = [
        # What one person did.
        console_index("console_audits_of_actor", "user_access_audits (actor_id, created_at, id)"),
        # All exports, all sign-ins that failed: rare actions among many views.
        console_index("console_audits_of_action", "user_access_audits (action, created_at, id)"),
        # What was done to documents, to subscriptions.
        console_index("console_audits_of_resource", "user_access_audits (resource_type, created_at, id)"),
        # What came from one address.
        console_index("console_audits_from_address", "user_access_audits (ip_address, created_at, id)"),
        # What one request left behind: its number stands on every response.
        console_index("console_audits_of_request", "user_access_audits (request_id)"),
    ]
