"""Who the member is and how to reach them."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from users import cleaning
from users.models import User

from .cleaned import typed_number
from .veiled import VeiledForm


class MemberForm(VeiledForm):
    birth_year = typed_number(_("birth year"), required=True)

    cleaners: ClassVar = {
        "name": cleaning.person_name,
        "phone": cleaning.phone,
        "birth_year": cleaning.birth_year,
        "email": cleaning.email,
        "kakao_id": cleaning.handle,
    }

    class Meta:
        model = User
        fields = ("name", "gender", "birth_year", "phone", "email", "kakao_id")


class RevealedMemberForm(MemberForm):
    """The same form after the contact details were revealed."""

    is_revealed = True
