from django.apps import AppConfig


class DbConfig(AppConfig):
    name = "ygs_admin.db"
    label = "ygs_db"
