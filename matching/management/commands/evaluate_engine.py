"""Replay past rounds: how well the engine would have told what became of them."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from tqdm import tqdm

from matching.evaluation.past_rounds import read_round, weeks_to_replay
from matching.evaluation.replay import Replayed, replay
from matching.evaluation.report import INTRODUCED, Report, evaluate
from matching.models import MatchWeek
from users.interchange.command_line import FAILED, REFUSED
from ygs_admin.db.routing import committed_so_far, reading_from_replica


class Command(BaseCommand):
    help = (
        "Replay the rounds that took place, each scored by what was known before it. Prints how well the scores tell "
        "mutual acceptances (AUC), how true the probabilities are (Brier score, reliability), and how many were "
        "expected of the introductions, of the engine's choice, and of a greedy and a random one. Reads the replica, "
        "writes nothing, and names nobody. Exit code: 0 done, 1 too few past rounds, 2 the database failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--weeks", type=_positive, help="only so many of the last rounds (default: all)")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with reading_from_replica(committed_so_far()):
                found = evaluate(_replayed(weeks_to_replay(options["weeks"])))
        except DatabaseError as error:
            message = _("The database failed: %(error)s")
            raise CommandError(message % {"error": str(error).strip()}, returncode=FAILED) from error
        if not found.introductions:
            raise CommandError(_("There are too few past rounds to learn from and to judge."), returncode=REFUSED)
        self.stdout.write(json.dumps(asdict(found)) if options["json"] else "\n".join(_lines(found)))


def _positive(written: str) -> int:
    if not written.isdecimal() or not int(written):
        raise ArgumentTypeError(_("must be a positive whole number"))
    return int(written)


def _replayed(weeks: list[MatchWeek]) -> Iterator[Replayed]:
    for week in tqdm(weeks, unit="", disable=None, leave=False):
        past = read_round(week)
        if past is not None:
            yield replay(past)


def _lines(report: Report) -> Iterator[str]:
    yield _("%(rounds)s rounds with %(introductions)s settled introductions, after %(learned_from)s learned from.") % {
        "rounds": report.rounds,
        "introductions": report.introductions,
        "learned_from": report.learned_from,
    }
    yield _("Mutual acceptances: %(actual)s, expected %(expected).1f.") % {
        "actual": report.actual,
        "expected": report.expected[INTRODUCED],
    }
    for chooser, expected in report.expected.items():
        if chooser != INTRODUCED:
            said = {"chooser": chooser, "pairs": report.pairs[chooser], "expected": expected}
            yield _("Chosen by %(chooser)s: %(pairs)s pairs, expected %(expected).1f.") % said
    yield _("AUC: %(auc)s, without earlier answers %(without)s.") % {
        "auc": _number(report.auc),
        "without": _number(report.auc_without_answers),
    }
    yield _("Brier score: %(brier)s, of the mean alone %(mean)s.") % {
        "brier": _number(report.brier),
        "mean": _number(report.brier_of_mean),
    }
    for each in report.reliability:
        said = {"predicted": each.predicted, "actual": each.actual, "count": each.count}
        yield _("Predicted %(predicted).3f, actual %(actual).3f, of %(count)s.") % said


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
