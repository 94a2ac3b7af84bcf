"""The introductions that wait for answers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.models import MatchHistory
from users.today.card import Card, Figure, counted
from ygs_admin.staff.models import Staff
from ygs_admin.web.keyset import bounded_count
from ygs_admin.web.listing import bounded_label


def _answers(staff: Staff) -> Figure:
    overdue = bounded_count(MatchHistory.objects.overdue())
    hint = _("%(count)s overdue") % {"count": bounded_label(overdue)} if overdue else ""
    return Figure(counted(MatchHistory.objects.awaiting_answer()), hint, is_late=bool(overdue))


ANSWERS = Card("answers", gettext_lazy("Answers outstanding"), "matching.view_matchhistory", _answers)
