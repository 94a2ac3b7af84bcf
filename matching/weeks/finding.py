"""Finding the two members of a pair that is made by hand."""

from users.models import Gender, MemberSearch, User, UserStatus
from users.photos.portraits import portrait_key
from users.search.query import Understood
from users.sections import url_when_shown

SHOWN = 20
OTHER = {Gender.MALE.value: Gender.FEMALE.value, Gender.FEMALE.value: Gender.MALE.value}


def members_found(understood: Understood | None, *, partner_of: User | None) -> list[User]:
    """Return some of the approved members whom a search means, of the other gender than the partner; else nobody."""
    if understood is None:
        return []
    rows = MemberSearch.objects.live().matching(understood).filter(status=UserStatus.APPROVED)
    if partner_of is not None:
        rows = rows.filter(gender=OTHER.get(partner_of.gender, ""))
    return read_members(list(rows.order_by("-user_id").values_list("user_id", flat=True)[:SHOWN]))


def read_members(keys: list[str]) -> list[User]:
    """Return these live members in this order, each with profile and portrait, in one query."""
    found = User.objects.with_profile().annotate(portrait_key=portrait_key()).in_bulk(keys)
    members = [found[key] for key in keys if key in found]
    for member in members:
        member.portrait_url = url_when_shown(member.portrait_key)
    return members
