from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("users", "0010_access_inspections")]

    operations: list = []
