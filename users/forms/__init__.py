"""The forms of a member's sections."""

from .lifestyle import LifestyleForm
from .member import MemberForm, RevealedMemberForm
from .preference import PreferenceForm
from .profile import ProfileForm

__all__ = ["LifestyleForm", "MemberForm", "PreferenceForm", "ProfileForm", "RevealedMemberForm"]
