"""Below `/matching/consults/`, among the names of `matching`."""

from django.urls import path, register_converter

from matching.consultations.verbs import CONSULT_VERBS
from ygs_admin.db.ids import register_id_converter
from ygs_admin.web.days import DayConverter

from .book import book
from .calendar import consults
from .feeds import feed, feeds, issue, revoke
from .hours import give_day_off_back, hours, take_day_off
from .lists import consults_list, deleted
from .page import consult
from .reminders import forget_reminder, remind, reminders
from .verbs import consult_verb_view

for prefix in ("cs", "stf", "cfd"):
    register_id_converter(prefix)
register_converter(DayConverter, "day")

urlpatterns = [
    path("", consults, name="consults"),
    path("list/", consults_list, name="consults_list"),
    path("deleted/", deleted, name="consults_deleted"),
    path("book/", book, name="consult_book"),
    path("reminders/", reminders, name="consult_reminders"),
    path("hours/<stf:staff_id>/", hours, name="consult_hours"),
    path("hours/<stf:staff_id>/days-off/", take_day_off, name="consult_day_off"),
    path("hours/<stf:staff_id>/days-off/<day:day>/give-back/", give_day_off_back, name="consult_day_off_give_back"),
    path("feeds/", feeds, name="consult_feeds"),
    path("feeds/new/", issue, name="consult_feed_new"),
    path("feeds/<cfd:feed_id>/revoke/", revoke, name="consult_feed_revoke"),
    path("feed/<str:token>.ics", feed, name="consult_feed"),
    path("<cs:consultation_id>/", consult, name="consult"),
    path("<cs:consultation_id>/remind/", remind, name="consult_remind"),
    path("<cs:consultation_id>/forget-reminder/", forget_reminder, name="consult_forget_reminder"),
    *(
        path(f"<cs:consultation_id>/{verb.key}/", consult_verb_view(verb), name=verb.url_name.removeprefix("matching:"))
        for verb in CONSULT_VERBS.values()
    ),
]
