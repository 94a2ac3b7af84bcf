"""Open a round, run it, publish it, close it, and read it in numbers."""

import json
import re
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from matching.models import MatchHistory, MatchWeek
from matching.rounds.eligibility import subscribed_members
from matching.rounds.publishing import publish_preview
from matching.rounds.report import report
from matching.rounds.running import PERMISSION
from matching.rounds.settings import SHARES
from users.interchange.command_line import FAILED, INTERRUPTED, REFUSED, actor_of, add_common_arguments, speaking
from users.models.status import VerbRefusedError
from ygs_admin.db.routing import committed_so_far, reading_from_replica
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.jobs.waiting import wait_for
from ygs_admin.staff.models import Staff

WRITTEN = re.compile(r"(\d{4})-W(\d{1,2})")

Answer = dict[str, Any]
"""What is printed as JSON; `said` is the sentence for people."""


class Command(BaseCommand):
    help = (
        "Open, run, publish, close or report a round. Running and publishing are background jobs in the name of "
        "--actor, which the command waits for; a worker of the queue does them. Ctrl-C leaves the job running. "
        "Exit code: 0 done, 1 refused, canceled or failed, 2 there is no such round, setting or actor, or the database "
        "failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=VERBS)
        parser.add_argument("week", help="an ISO week such as 2026-W48, or the round's id")
        parser.add_argument("--set", action="append", default=[], metavar="NAME=NUMBER", help="a setting, with open")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
        add_common_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with speaking(options):
            try:
                answer = VERBS[options["verb"]](options)
            except VerbRefusedError as refusal:
                raise CommandError(str(refusal), returncode=REFUSED) from refusal
            except DatabaseError as error:
                message = _("The database failed: %(error)s")
                raise CommandError(message % {"error": str(error).strip()}, returncode=FAILED) from error
            said = answer.pop("said")
            self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else said)


def _open(options: dict[str, Any]) -> Answer:
    written = WRITTEN.fullmatch(options["week"])
    if written is None:
        raise CommandError(_("Name the week as in 2026-W48."), returncode=FAILED)
    year, number = map(int, written.groups())
    there = MatchWeek.objects.filter(iso_year=year, iso_week=number).first()
    if options["dry_run"]:
        said = _("The round is open already.") if there else _("The round would be opened.")
        return {"week": options["week"], "id": there.pk if there else None, "dry_run": True, "said": said}
    week = MatchWeek.open(by=actor_of(options), iso_year=year, iso_week=number, settings=_settings(options["set"]))
    said = _("The round is open already.") if there else _("Opened %(week)s.") % {"week": week}
    return {"week": str(week), "id": week.pk, "dry_run": False, "said": said}


def _run(options: dict[str, Any]) -> Answer:
    week = _week(options)
    if options["dry_run"]:
        members, kept = subscribed_members(week).count(), MatchHistory.objects.of_week(week).kept().count()
        said = _("At most %(members)s members would take part; %(kept)s pairs would be kept.")
        numbers = {"members": members, "kept": kept}
        return {"week": str(week), "dry_run": True, **numbers, "said": said % numbers}
    job = _waited_for(week.run(by=_person(options)))
    week.refresh_from_db()
    pairs = MatchHistory.objects.of_week(week).count()
    said = _("%(week)s: %(pairs)s pairs.") % {"week": week, "pairs": pairs}
    return {"week": str(week), "job": job.pk, "dry_run": False, "pairs": pairs, "said": said}


def _publish(options: dict[str, Any]) -> Answer:
    week = _week(options)
    if options["dry_run"]:
        preview = publish_preview(week)
        numbers = {"introduced": preview.introduced, "held_back": len(preview.held_back)}
        said = _("%(introduced)s pairs would be introduced, %(held_back)s held back.") % numbers
        return {"week": str(week), "dry_run": True, **numbers, "unconfirmed": preview.unconfirmed, "said": said}
    job = _waited_for(week.publish(by=_person(options)))
    numbers = {"introduced": job.done_count, "held_back": job.refused_count}
    said = _("%(introduced)s pairs introduced, %(held_back)s held back.") % numbers
    return {"week": str(week), "job": job.pk, "dry_run": False, **numbers, "said": said}


def _close(options: dict[str, Any]) -> Answer:
    week = _week(options)
    if options["dry_run"]:
        outstanding = MatchHistory.objects.of_week(week).in_time().count()
        said = _("%(outstanding)s answers may still come in time.") % {"outstanding": outstanding}
        return {"week": str(week), "dry_run": True, "outstanding": outstanding, "said": said}
    closed = week.close(by=actor_of(options))
    said = _("%(week)s is closed.") if closed else _("%(week)s was closed already.")
    return {"week": str(week), "dry_run": False, "closed": closed, "said": said % {"week": week}}


def _report(options: dict[str, Any]) -> Answer:
    with reading_from_replica(committed_so_far()):
        numbers = report(_week(options))
    return {**numbers, "said": "\n".join(f"{name}: {value}" for name, value in numbers.items() if name != "summary")}


VERBS: dict[str, Callable[[dict[str, Any]], Answer]] = {
    "open": _open,
    "run": _run,
    "publish": _publish,
    "close": _close,
    "report": _report,
}


def _week(options: dict[str, Any]) -> MatchWeek:
    written = WRITTEN.fullmatch(options["week"])
    named = {"pk": options["week"]} if written is None else {"iso_year": written[1], "iso_week": written[2]}
    week: MatchWeek | None = MatchWeek.objects.filter(**named).first()
    if week is None:
        raise CommandError(_("There is no round %(week)s.") % {"week": options["week"]}, returncode=FAILED)
    return week


def _person(options: dict[str, Any]) -> Staff:
    """Return who does it: a job is always somebody's, with the permission for it."""
    actor = actor_of(options)
    if actor is None or not actor.has_perm(PERMISSION):
        message = _("Name an --actor with the permission %(permission)s.")
        raise CommandError(message % {"permission": PERMISSION}, returncode=FAILED)
    return actor


def _settings(written: list[str]) -> dict[str, float]:
    found = {}
    for each in written:
        name, _equals, number = each.partition("=")
        try:
            found[name] = float(number) if name in SHARES else int(number)
        except ValueError as error:
            message = _("Write a setting as NAME=NUMBER, not %(written)s.")
            raise CommandError(message % {"written": each}, returncode=FAILED) from error
    return found


def _waited_for(job: Job) -> Job:
    try:
        with tqdm(unit="", disable=None, leave=False) as bar:
            wait_for(job, told=lambda job: _show(bar, job))
    except KeyboardInterrupt as error:
        message = _("The job %(job)s goes on without this command.")
        raise CommandError(message % {"job": job.pk}, returncode=INTERRUPTED) from error
    if job.status != JobStatus.DONE:
        raise CommandError(job.message or _("The job was canceled."), returncode=REFUSED)
    return job


def _show(bar: Any, job: Job) -> None:
    bar.total, bar.n = job.total, job.settled_count
    bar.set_description_str(job.message)
    bar.refresh()
