"""Rounds, introductions, feedback and consultations. Class names are the backend's."""

from .calendar_feed import CalendarFeed
from .consultation import Channel, ConsultSchedule, Topic
from .consultation_reminder import ConsultationReminder
from .consultation_status import ConsultStatus
from .feedback import MatchFeedback
from .forbidden_pair import ForbiddenPair
from .incident_decision import Decision, IncidentDecision
from .introduction import MatchHistory
from .introduction_status import IntroductionStatus, Response, Source
from .left_out import LeftOut
from .past_introduction import PastIntroduction
from .planned_date import PlannedDate
from .week import MatchWeek, WeekStatus
from .working_hours import DayOff, WorkingHours

__all__ = [
    "CalendarFeed",
    "Channel",
    "ConsultSchedule",
    "ConsultStatus",
    "ConsultationReminder",
    "DayOff",
    "Decision",
    "ForbiddenPair",
    "IncidentDecision",
    "IntroductionStatus",
    "LeftOut",
    "MatchFeedback",
    "MatchHistory",
    "MatchWeek",
    "PastIntroduction",
    "PlannedDate",
    "Response",
    "Source",
    "Topic",
    "WeekStatus",
    "WorkingHours",
]
