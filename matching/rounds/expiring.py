"""Introductions that were not answered in time, for the command and the queue to end."""

from matching.models import MatchHistory
from users.expiring import Expiring

INTRODUCTIONS = Expiring(lambda: MatchHistory.objects.overdue().order_by("introduced_at", "pk"))
