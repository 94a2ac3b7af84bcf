"""The ten groups of a preference: what is asked, what a member has, and how well the two fit.

A fit is in [0, 1]: 1 exactly where the wish is met, less the further the value lies outside it. A must-have is met by 1
alone.
"""

from .base import Fits, Group
from .choices import ChoiceGroup, letters_shared, same, steps_apart
from .minimums import MinimumGroup
from .places import district_nearness
from .ranges import RangeGroup

__all__ = ["ALL", "Fits", "Group"]

EDUCATIONS = ("high_school", "associate", "bachelor", "master", "doctorate")
SALARY_RANGES = (
    "under_3000",
    "3000_4000",
    "4000_5000",
    "5000_7000",
    "7000_10000",
    "10000_15000",
    "15000_20000",
    "over_20000",
)
DRINKING = ("never", "sometimes", "weekly", "often")

ALL: tuple[Group, ...] = (
    RangeGroup("age", "birth_year", "birth_year_min", "birth_year_max", zero_at=6),
    RangeGroup("height", "height", "height_min", "height_max", zero_at=11),
    MinimumGroup("education", "education", "education_min", EDUCATIONS, loss=0.5),
    MinimumGroup("salary", "salary_range", "salary_min", SALARY_RANGES, loss=0.35),
    ChoiceGroup("district", "district", "districts", district_nearness),
    ChoiceGroup("religion", "religion", "religions", same),
    ChoiceGroup("smoking", "smoking", "smoking", same),
    ChoiceGroup("drinking", "drinking", "drinking", steps_apart(DRINKING)),
    ChoiceGroup("marital_history", "marital_history", "marital_histories", same),
    ChoiceGroup("mbti", "mbti", "mbti", letters_shared),
)
"""In the order of `members.GROUPS`."""
