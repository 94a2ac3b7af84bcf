"""What the inspection measures: each check with its threshold, its words and its SQL (`sql/<key>.sql`).

What is usual is said by the median, and how far others stray from it by the MAD, the median of their distances to it:
one person who looks at everything moves neither, where mean and standard deviation would follow them (Leys et al. 2013,
"Detecting outliers: Do not use standard deviation around the mean, use absolute deviation around the median", Journal
of Experimental Social Psychology 49:764). `DEVIATIONS` of 6 are about four standard deviations of a normal
distribution, since a MAD is 0.67 of one. Most counts here are one or two, of which the MAD is 0: hence a floor beside
it.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEVIATIONS = 6
# Fewer counts than this, and fewer people of a role, do not say what is usual: then the floor decides alone. Whoever
# looks at one member only would otherwise set the measure for it.
KNOWN = 10
KNOWN_PEOPLE = 3
# So many findings a check at most: who has more of one kind has a question of another kind to answer.
MOST = 50
SQL = Path(__file__).with_name("sql")


@dataclass(frozen=True)
class Check:
    """`why` explains the check with its threshold, `sentence` a finding with its numbers.

    `subject` are the columns that tell its findings apart; `action` is what the audit screen filters by to show the
    rows behind one.
    """

    key: str
    title: str | Promise
    why: str | Promise
    sentence: str | Promise
    floor: int = 1
    subject: tuple[str, ...] = ("actor_id",)
    action: str = ""

    @cached_property
    def sql(self) -> str:
        return (SQL / f"{self.key}.sql").read_text(encoding="utf-8")

    @property
    def explanation(self) -> str:
        return str(self.why) % {"floor": self.floor, "deviations": DEVIATIONS}


CHECKS: dict[str, Check] = {
    check.key: check
    for check in (
        Check(
            "same_member",
            _("Looked at one member unusually often"),
            _(
                "At least %(floor)s looks at one member, and more than the median and %(deviations)s times the median "
                "deviation of this person's looks at a member, and of their role's. All within a minute are one look."
            ),
            _("%(looks)s looks; up to %(own)s are usual for this person, up to %(peers)s for the role"),
            floor=20,
            subject=("actor_id", "user_id"),
        ),
        Check(
            "busy_days",
            _("Looked at unusually many members in a day"),
            _(
                "At least %(floor)s members in a day, and more than the median and %(deviations)s times the median "
                "deviation of this person's days in the three months before, and of their role's days."
            ),
            _(
                "members: %(members)s on %(day)s, where up to %(own)s are usual for this person, up to %(peers)s "
                "for the role; such days: %(days)s"
            ),
            floor=50,
        ),
        Check(
            "many_members",
            _("Opened many members within an hour"),
            _("At least %(floor)s members within an hour of the clock."),
            _("members: %(members)s from %(at)s on; such hours: %(hours)s"),
            floor=60,
        ),
        Check(
            "many_pages",
            _("Paged through many lists within an hour"),
            _("At least %(floor)s pages of lists within an hour of the clock."),
            _("pages: %(pages)s from %(at)s on; such hours: %(hours)s"),
            floor=120,
            action="search",
        ),
        Check(
            "night",
            _("Looked at members at night"),
            _("At least %(floor)s looks at members between 22:00 and 06:00 in Seoul."),
            _("looks: %(looks)s, members: %(members)s, nights: %(nights)s"),
            floor=10,
        ),
        Check(
            "days_off",
            _("Looked at members on days off"),
            _("At least %(floor)s looks at members on Saturdays, Sundays and public holidays."),
            _("looks: %(looks)s, members: %(members)s, days: %(days)s"),
            floor=20,
        ),
        Check(
            "taken_out",
            _("Exported, downloaded or printed"),
            _(
                "Whoever took files out of the console, whatever the number: for each the reason is verified "
                "(Safeguards Standard art. 8 (2))."
            ),
            _("files: %(files)s, members: %(members)s, without a reason: %(without_reason)s. Reasons: %(reasons)s"),
            action="taken_out",
        ),
        Check(
            "reveals",
            _("Revealed contact details often"),
            _(
                "At least %(floor)s times, and more than the median and %(deviations)s times the median deviation "
                "of the people of the same role."
            ),
            _("times: %(reveals)s, members: %(members)s; up to %(peers)s are usual for the role"),
            floor=20,
            action="reveal",
        ),
        Check(
            "same_reason",
            _("Gave the same reason for many members"),
            _("The same reason for revealing the contact details of at least %(floor)s members."),
            _("“%(reason)s” for %(members)s members"),
            floor=10,
            action="reveal",
        ),
        Check(
            "failed_sign_ins",
            _("Failed sign-ins in a burst"),
            _("At least %(floor)s failures from one address within an hour of the clock."),
            _("failures: %(failures)s on accounts: %(accounts)s from %(at)s on; such hours: %(hours)s"),
            floor=10,
            subject=("address",),
            action="login_failed",
        ),
        Check(
            "deactivated",
            _("Accounts that have been deactivated since"),
            _("Whatever an account did in this month that can no longer sign in."),
            _("rows: %(rows)s, members: %(members)s, the last at %(at)s"),
        ),
        Check(
            "new_addresses",
            _("Came from new addresses"),
            _("Addresses from which the person had not come in the three months before."),
            _("addresses: %(addresses)s, rows: %(rows)s: %(shown)s"),
        ),
    )
}
