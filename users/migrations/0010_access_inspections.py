from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("users", "0009_subscription_ledger")]

    operations: list = []
