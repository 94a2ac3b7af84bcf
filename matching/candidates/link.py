"""The way from a member's page to the candidates."""

from django.utils.translation import gettext_lazy as _

from users.head_links import HeadLink

CANDIDATES = HeadLink(_("Candidates"), "candidates:list", ("matching.view_matchhistory", "users.view_userpreference"))
