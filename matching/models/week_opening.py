"""Opening a round, and saying how it is to be run."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Self, cast

from django.conf import settings as deployment
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from matching.rounds.settings import LIMITS, RoundSettings, SettingError
from users.models.access import Action
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .week_note import Noted

LAST_DAY = timedelta(days=6)
SETTING_LABELS = {
    "quota": _("introductions for each member"),
    "fairness_weight": _("weight of waiting"),
    "minimum_score": _("least score"),
    "candidates": _("candidates for each member"),
    "seed": _("seed"),
    "answer_days": _("days to answer"),
}


class Opens(Noted):
    class Meta:
        abstract = True

    @classmethod
    def open(cls, *, by: Staff | None, iso_year: int, iso_week: int, settings: Mapping[str, Any] | None = None) -> Self:
        """Open the round of an ISO week and return it; the one that there is where it was opened before.

        `settings` replace defaults. A round that was deleted is restored, with the settings that it had.

        Raises:
            VerbRefusedError: there is no such week, or a setting does not fit.
        """
        monday = _monday(iso_year, iso_week)
        week = cls(
            iso_year=iso_year,
            iso_week=iso_week,
            starts_on=monday,
            ends_on=monday + LAST_DAY,
            settings=_changed(RoundSettings(answer_days=deployment.MATCH_ANSWER_DAYS), settings or {}).as_json(),
        )
        try:
            with transaction.atomic():
                week.save(force_insert=True)
                week.record(Action.CREATE, by=by, settings=[None, week.settings])
        except IntegrityError:
            return cls._reopened_row(iso_year, iso_week, by)
        return week

    @classmethod
    @transaction.atomic
    def _reopened_row(cls, iso_year: int, iso_week: int, by: Staff | None) -> Self:
        rows = cls.all_objects.select_for_update(of=("self",), no_key=True)
        week = cast(Self, rows.get(iso_year=iso_year, iso_week=iso_week))
        if week.is_deleted:
            week.restore()
            week.record(Action.RESTORE, by=by)
        return week

    def change_settings(self, *, by: Staff | None, settings: Mapping[str, Any]) -> bool:
        """Replace these settings for the next run; False where they are so already.

        Raises:
            VerbRefusedError: the round is published or worked on, or a setting does not fit.
        """
        with self.changing(by=by) as week:
            week.refuse_unless_open_to_changes()
            before = week.round_settings
            after = _changed(before, settings)
            if after != before:
                week.settings = {**(week.settings or {}), **after.as_json()}
        return after != before


def _monday(iso_year: int, iso_week: int) -> date:
    try:
        return date.fromisocalendar(iso_year, iso_week, 1)
    except ValueError as error:
        message = _("%(year)s has no week %(week)s.")
        raise VerbRefusedError(message % {"year": iso_year, "week": iso_week}) from error


def _changed(before: RoundSettings, values: Mapping[str, Any]) -> RoundSettings:
    if unknown := set(values) - set(LIMITS):
        raise VerbRefusedError(_("There is no setting “%(key)s”.") % {"key": min(unknown)})
    try:
        return before.changed(values)
    except SettingError as error:
        least, most = error.limits
        message = _("“%(setting)s” must be a number from %(least)s to %(most)s.")
        said = {"setting": SETTING_LABELS[error.key], "least": least, "most": most}
        raise VerbRefusedError(message % said) from error
