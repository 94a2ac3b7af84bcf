"""Rounds, introductions, feedback and consultations. Class names are the backend's."""

from .consultation import Channel, ConsultSchedule, ConsultStatus, Topic
from .feedback import MatchFeedback
from .introduction import IntroductionStatus, MatchHistory, Response, Source
from .past_introduction import PastIntroduction
from .week import MatchWeek, WeekStatus

__all__ = [
    "Channel",
    "ConsultSchedule",
    "ConsultStatus",
    "IntroductionStatus",
    "MatchFeedback",
    "MatchHistory",
    "MatchWeek",
    "PastIntroduction",
    "Response",
    "Source",
    "Topic",
    "WeekStatus",
]
