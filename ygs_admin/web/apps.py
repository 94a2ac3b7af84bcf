from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ygs_admin.web"
    label = "ygs_web"
