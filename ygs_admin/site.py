"""The Django admin, for superusers who repair things."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _


class RepairSite(AdminSite):
    site_header = _("YGS Admin repairs")
    site_title = _("YGS Admin")
    index_title = _("Tables")


class AdminConfig(DjangoAdminConfig):
    default_site = "ygs_admin.site.RepairSite"
