from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("users", "0008_review")]

    operations: list = []
