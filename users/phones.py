"""Korean phone numbers as the shared tables keep them: digits only, with the leading zero (`01012345678`)."""

import re
import unicodedata

COUNTRY_CODE = "82"
MOBILE = re.compile(r"01(?:0\d{8}|[16789]\d{7,8})")


def national_number(typed: str) -> str | None:
    """Return the digits of a whole mobile number, None where it is not one.

    Takes full-width digits, any punctuation, the country code (`+82 10…`, `82 010…`) and a number that a spreadsheet
    robbed of its leading zero (`1012345678`).
    """
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", typed))
    without_country = digits.removeprefix("00").removeprefix(COUNTRY_CODE)
    for candidate in (digits, f"0{without_country.removeprefix('0')}"):
        if MOBILE.fullmatch(candidate):
            return candidate
    return None


def written(phone: str) -> str:
    """`01012345678` → `010-1234-5678`; anything else as it stands."""
    return re.sub(r"^(01\d)(\d{3,4})(\d{4})$", r"\1-\2-\3", phone)
