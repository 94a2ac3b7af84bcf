"""Members and what hangs on them. Class names are the backend's."""

from .access import Action, UserAccessAudit
from .bulk_plan import BulkPlan
from .document import UserDocument
from .document_kinds import DocumentType
from .document_review import DocumentStatus, RejectReason
from .inspection import Explanation, Inspection
from .lifestyle import UserLifestyle
from .photo import UserPhoto
from .preference import UserPreference
from .profile import UserProfile
from .review_claim import ReviewClaim
from .review_decision import ReviewDecision
from .review_skip import ReviewSkip
from .saved_view import SavedView
from .search import MemberSearch
from .subscription import Plan, SubscriptionStatus, UserSubscription
from .subscription_ledger import IntroductionLedger, LedgerKind
from .subscription_settlement import SubscriptionSettlement
from .user import Gender, User, UserStatus

__all__ = [
    "Action",
    "BulkPlan",
    "DocumentStatus",
    "DocumentType",
    "Explanation",
    "Gender",
    "Inspection",
    "IntroductionLedger",
    "LedgerKind",
    "MemberSearch",
    "Plan",
    "RejectReason",
    "ReviewClaim",
    "ReviewDecision",
    "ReviewSkip",
    "SavedView",
    "SubscriptionSettlement",
    "SubscriptionStatus",
    "User",
    "UserAccessAudit",
    "UserDocument",
    "UserLifestyle",
    "UserPhoto",
    "UserPreference",
    "UserProfile",
    "UserStatus",
    "UserSubscription",
]
