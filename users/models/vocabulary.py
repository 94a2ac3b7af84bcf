"""The values that profiles, lifestyles and preferences are stated in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Education(TextChoices):
    HIGH_SCHOOL = "high_school", _("High school")
    ASSOCIATE = "associate", _("Associate degree")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree")
    DOCTORATE = "doctorate", _("Doctorate")


class SalaryRange(TextChoices):
    """Ten thousand won a year, contiguous."""

    UNDER_3000 = "under_3000", _("under ₩30M")
    FROM_3000 = "3000_4000", _("₩30–40M")
    FROM_4000 = "4000_5000", _("₩40–50M")
    FROM_5000 = "5000_7000", _("₩50–70M")
    FROM_7000 = "7000_10000", _("₩70–100M")
    FROM_10000 = "10000_15000", _("₩100–150M")
    FROM_15000 = "15000_20000", _("₩150–200M")
    OVER_20000 = "over_20000", _("over ₩200M")


MBTI_TYPES = [f"{a}{b}{c}{d}" for a in "IE" for b in "SN" for c in "TF" for d in "JP"]
Mbti = TextChoices("Mbti", {name: (name, name) for name in MBTI_TYPES})  # type: ignore[call-overload]


class Smoking(TextChoices):
    NEVER = "never", _("Does not smoke")
    VAPING = "vaping", _("E-cigarettes")
    QUITTING = "quitting", _("Quitting")
    REGULAR = "regular", _("Smokes")


class Drinking(TextChoices):
    NEVER = "never", _("Does not drink")
    SOMETIMES = "sometimes", _("Drinks sometimes")
    WEEKLY = "weekly", _("Drinks weekly")
    OFTEN = "often", _("Drinks often")


class Religion(TextChoices):
    NONE = "none", _("No religion")
    PROTESTANT = "protestant", _("Protestant")
    CATHOLIC = "catholic", _("Catholic")
    BUDDHIST = "buddhist", _("Buddhist")
    WON_BUDDHIST = "won_buddhist", _("Won Buddhist")
    OTHER = "other", _("Other religion")


class Exercise(TextChoices):
    NEVER = "never", _("Does not exercise")
    SOMETIMES = "sometimes", _("Exercises sometimes")
    WEEKLY = "weekly", _("Exercises weekly")
    DAILY = "daily", _("Exercises daily")


class Pet(TextChoices):
    NONE = "none", _("No pet")
    DOG = "dog", _("Dog")
    CAT = "cat", _("Cat")
    OTHER = "other", _("Other pet")


class MaritalHistory(TextChoices):
    NEVER_MARRIED = "never_married", _("Never married")
    DIVORCED = "divorced", _("Divorced")
    WIDOWED = "widowed", _("Widowed")


class WantsChildren(TextChoices):
    YES = "yes", _("Wants children")
    NO = "no", _("Wants no children")
    UNDECIDED = "undecided", _("Undecided about children")


class MarriageTiming(TextChoices):
    WITHIN_1Y = "within_1y", _("Within a year")
    WITHIN_2Y = "within_2y", _("Within two years")
    WITHIN_3Y = "within_3y", _("Within three years")
    UNDECIDED = "undecided", _("Timing undecided")


class PreferenceGroup(TextChoices):
    """The groups of columns that a preference can make a hard condition."""

    AGE = "age", _("Age")
    HEIGHT = "height", _("Height")
    EDUCATION = "education", _("Education")
    SALARY = "salary", _("Salary")
    DISTRICT = "district", _("District")
    RELIGION = "religion", _("Religion")
    SMOKING = "smoking", _("Smoking")
    DRINKING = "drinking", _("Drinking")
    MARITAL_HISTORY = "marital_history", _("Marital history")
    MBTI = "mbti", _("MBTI")
