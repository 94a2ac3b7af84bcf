"""Staff accounts and what lets them in. None of it is ever read from a replica."""

from .account import Staff, StaffManager
from .passwords import PastPassword
from .recovery import RecoveryCodes
from .sessions import StaffSession
from .totp import Authenticator

__all__ = ["Authenticator", "PastPassword", "RecoveryCodes", "Staff", "StaffManager", "StaffSession"]
