"""Taking members in, a batch at a time: who is new, who is known already, who contradicts what is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from users.models import Action, User, UserAccessAudit, UserProfile
from ygs_admin.db.routing import PRIMARY
from ygs_admin.staff.models import Staff

from .columns import BY_NAME, PHONE, Column
from .headers import title_of
from .rows import MemberRow, Problem, RejectedRow
from .sightings import Sighting, Sightings


@dataclass
class Outcome:
    """What became of the rows of a batch; the three add up to it."""

    created: int = 0
    unchanged: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)

    def add(self, row: MemberRow, problem: Problem | None) -> None:
        if problem is None:
            self.unchanged += 1
        else:
            self.rejected.append(row.rejected(problem))


class Intake:
    """Creates members, in the name of an actor (None: the system); in a rehearsal it writes nothing.

    A row whose phone somebody has already, in an earlier row or in the database, deleted or not, is `unchanged` if it
    says just what is known, else rejected; nothing is overwritten. So a file can be taken in again after a crash.

    Each batch costs one look-up, three inserts and one transaction, whatever the size of the tables.
    """

    def __init__(self, *, source: str, actor: Staff | None, is_rehearsal: bool = False) -> None:
        self._source = source
        self._actor = actor
        self._is_rehearsal = is_rehearsal
        self._sightings = Sightings()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._sightings.close()

    def take(self, rows: Sequence[MemberRow]) -> Outcome:
        outcome = Outcome()
        holders = _holders(row.phone for row in rows)
        new, known = self._sorted_out(rows, holders)
        refusals = self._create(new) if new and not self._is_rehearsal else []
        outcome.created = len(new) - len(refusals)
        holders |= _holders(row.phone for row, _error in refusals)
        for row, error in refusals:
            self._sightings.forget(row.phone)
            holder = holders.get(row.phone)
            outcome.add(row, _difference_from(holder, row) if holder else Problem(_refusal(error)))
        for row in known:
            outcome.add(row, self._contradiction(row, holders))
        return outcome

    def _sorted_out(
        self, rows: Iterable[MemberRow], holders: dict[str, User]
    ) -> tuple[list[MemberRow], list[MemberRow]]:
        """Return the rows to create, and those whose phone an earlier row or a member of the database has."""
        new, known = [], []
        for row in rows:
            if row.phone in holders or self._sightings.of(row.phone):
                known.append(row)
            else:
                self._sightings.add(row.phone, Sighting(row.line, row.fingerprint))
                new.append(row)
        return new, known

    def _contradiction(self, row: MemberRow, holders: dict[str, User]) -> Problem | None:
        if sighting := self._sightings.of(row.phone):
            message = _("Line %(line)s has the same phone number, and says something else.")
            is_same = sighting.fingerprint == row.fingerprint
            return None if is_same else Problem(message % {"line": sighting.line}, PHONE.name)
        if holder := holders.get(row.phone):
            return _difference_from(holder, row)
        return Problem(_("An earlier row with this phone number was refused by the database."), PHONE.name)

    def _create(self, rows: Sequence[MemberRow]) -> "list[tuple[MemberRow, Exception]]":
        """Insert the rows; return those that the database refused, each with its error.

        In the order of the phones: two imports that overlap wait for each other, and never in a circle.
        """
        in_order = sorted(rows, key=lambda row: row.phone)
        try:
            self._insert(in_order)
        except (IntegrityError, DataError):
            return self._create_one_by_one(in_order)
        return []

    def _create_one_by_one(self, rows: Iterable[MemberRow]) -> "list[tuple[MemberRow, Exception]]":
        refusals: list[tuple[MemberRow, Exception]] = []
        with transaction.atomic(using=PRIMARY):
            for row in rows:
                try:
                    self._insert([row])
                except (IntegrityError, DataError) as error:
                    refusals.append((row, error))
        return refusals

    def _insert(self, rows: Sequence[MemberRow]) -> None:
        members = [row.member() for row in rows]
        audits = [self._audit(row, user) for row, (user, _profile) in zip(rows, members, strict=True)]
        with transaction.atomic(using=PRIMARY):
            User.all_objects.using(PRIMARY).bulk_create([user for user, _profile in members])
            UserProfile.objects.using(PRIMARY).bulk_create([profile for _user, profile in members])
            UserAccessAudit.objects.using(PRIMARY).bulk_create(audits)

    def _audit(self, row: MemberRow, user: User) -> UserAccessAudit:
        message = _("Imported from %(source)s, line %(line)s")
        reason = message % {"source": self._source, "line": row.line}
        return UserAccessAudit.about(
            Action.CREATE, by=self._actor, user_id=user.pk, resource_type="users", resource_id=user.pk, reason=reason
        )


def _holders(phones: Iterable[str]) -> dict[str, User]:
    """Return phone → member, deleted ones included, in one query; none for no phones."""
    members = User.all_objects.using(PRIMARY).select_related("profile").filter(phone__in=set(phones))
    return {member.phone: member for member in members}


def _difference_from(holder: User, row: MemberRow) -> Problem | None:
    """Return in what the row contradicts the member who has its phone."""
    if holder.is_deleted:
        message = _("%(member)s has this phone number, and is deleted. Restore that member instead.")
        return Problem(message % {"member": holder.pk}, PHONE.name)
    differing = [name for name, value in row.values.items() if _normal(BY_NAME[name], holder) != value]
    if not differing:
        return None
    titles = ", ".join(title_of(BY_NAME[name], get_language()) for name in differing)
    message = _("%(member)s has this phone number, and differs in: %(columns)s.")
    return Problem(message % {"member": holder.pk, "columns": titles}, PHONE.name)


def _normal(column: Column, member: User) -> Any:
    """Return what the member has in a column, as an import would clean it: the backend may have spelt it otherwise."""
    record = member if column.model is User else getattr(member, "profile", None)
    value = getattr(record, column.name, None)
    if value in (None, ""):
        return None
    try:
        return column.clean(str(value))
    except ValidationError:
        return value


def _refusal(error: Exception) -> str:
    return _("The database refused it: %(error)s") % {"error": str(error).partition("\n")[0]}
