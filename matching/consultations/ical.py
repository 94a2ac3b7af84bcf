"""A consultant's calendar as RFC 5545 has it: when, by which channel and for how long, and nothing about whom."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration

from matching.models import ConsultSchedule

PRODUCT = "-//YGS//YGS Admin//KO"
ASK_AGAIN_AFTER = timedelta(minutes=15)


def ical_of(consultations: Iterable[ConsultSchedule], *, address: str) -> bytes:
    """Return the calendar; `address` is the console's, to which each event leads.

    The same consultations are the same bytes: nothing of the moment of asking is in it.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Consultations"))
    # RFC 7986, and what programs from before it read.
    calendar.add("refresh-interval", vDuration(ASK_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN_AFTER))
    for consultation in consultations:
        calendar.add_component(_event(consultation, address))
    return bytes(calendar.to_ical())


def _event(consultation: ConsultSchedule, address: str) -> Event:
    slot, event = consultation.slot, Event()
    changed_at = consultation.updated_at or consultation.created_at
    said = {"channel": consultation.get_channel_display(), "minutes": slot.minutes}
    event.add("uid", f"{consultation.pk}@ygs-admin")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.ends_at)
    event.add("summary", _("Consultation (%(channel)s, %(minutes)s min)") % said)
    event.add("url", f"{address}{reverse('matching:consult', args=[consultation.pk])}")
    event.add("class", "PRIVATE")
    return event
