"""Rounds, introductions, feedback and consultations. Class names are the backend's."""

from .consultation import Channel, ConsultSchedule, ConsultStatus, Topic
from .feedback import MatchFeedback
from .forbidden_pair import ForbiddenPair
from .introduction import MatchHistory
from .introduction_status import IntroductionStatus, Response, Source
from .left_out import LeftOut
from .past_introduction import PastIntroduction
from .week import MatchWeek, WeekStatus

__all__ = [
    "Channel",
    "ConsultSchedule",
    "ConsultStatus",
    "ForbiddenPair",
    "IntroductionStatus",
    "LeftOut",
    "MatchFeedback",
    "MatchHistory",
    "MatchWeek",
    "PastIntroduction",
    "Response",
    "Source",
    "Topic",
    "WeekStatus",
]
