"""How past rounds would have been foretold: each by what was learned from the earlier ones alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from .calibration import Calibration
from .quality import Bin, Outcomes, Probabilities, auc, brier, reliability
from .replay import Replayed, Scores

LEAST_OUTCOMES = 50
"""So many introductions must have been settled before a round for it to be foretold; earlier ones are learned from."""
INTRODUCED = "introduced"


@dataclass(frozen=True)
class RoundLine:
    """A round: introductions that are settled, how many of them became mutual, and how many were expected to."""

    label: str
    introductions: int
    actual: int
    expected: float


@dataclass(frozen=True)
class Report:
    """Of all rounds that could be foretold together. `expected` are mutual acceptances, by who chose the pairs.

    `brier_of_mean` is what always saying the share so far comes to: to be better than nothing, `brier` must be less.
    """

    rounds: int
    learned_from: int
    introductions: int
    open: int
    actual: int
    expected: dict[str, float]
    pairs: dict[str, int]
    auc: float | None
    auc_without_answers: float | None
    brier: float | None
    brier_of_mean: float | None
    reliability: list[Bin]
    by_round: list[RoundLine]


def evaluate(rounds: Iterable[Replayed]) -> Report:
    """Go through the rounds, oldest first."""
    evaluation = _Evaluation()
    for replayed in rounds:
        evaluation.take(replayed)
    return evaluation.report()


@dataclass
class _Evaluation:
    scores: list[Scores] = field(default_factory=list)
    scores_without: list[Scores] = field(default_factory=list)
    predicted: list[Probabilities] = field(default_factory=list)
    mean: list[Probabilities] = field(default_factory=list)
    outcomes: list[Outcomes] = field(default_factory=list)
    lines: list[RoundLine] = field(default_factory=list)
    expected: dict[str, float] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    known: list[tuple[datetime, float, bool]] = field(default_factory=list)
    learned_from: int = 0
    open: int = 0

    def take(self, replayed: Replayed) -> None:
        """Foretell a round where enough is known by then, and let later ones learn from it."""
        earlier = [(score, mutual) for known_at, score, mutual in self.known if known_at < replayed.as_of]
        if len(earlier) < LEAST_OUTCOMES:
            self.learned_from += 1
        else:
            scores, outcomes = (np.array(column) for column in zip(*earlier, strict=True))
            self._foretell(replayed, Calibration.fit(scores, outcomes), float(outcomes.mean()))
        self.known += [
            (pair.known_at, float(score), pair.mutual)
            for pair, score in zip(replayed.pairs, replayed.scores, strict=True)
            if pair.mutual is not None and pair.known_at is not None
        ]

    def _foretell(self, replayed: Replayed, calibration: Calibration, share: float) -> None:
        settled = np.array([pair.mutual is not None for pair in replayed.pairs], bool)
        outcomes = np.array([bool(pair.mutual) for pair in replayed.pairs], bool)[settled]
        predicted = calibration.probabilities(replayed.scores[settled])
        self.open += int((~settled).sum())
        self.scores.append(replayed.scores[settled])
        self.scores_without.append(replayed.scores_without_answers[settled])
        self.predicted.append(predicted)
        self.mean.append(np.full(len(predicted), share))
        self.outcomes.append(outcomes)
        self.lines.append(RoundLine(replayed.label, len(outcomes), int(outcomes.sum()), float(predicted.sum())))
        self._expect(INTRODUCED, predicted)
        for chooser, scores in replayed.choices.items():
            self._expect(chooser, calibration.probabilities(scores))

    def _expect(self, chooser: str, predicted: Probabilities) -> None:
        self.expected[chooser] = self.expected.get(chooser, 0.0) + float(predicted.sum())
        self.pairs[chooser] = self.pairs.get(chooser, 0) + len(predicted)

    def report(self) -> Report:
        outcomes = np.concatenate([np.empty(0, bool), *self.outcomes])
        predicted, mean = (np.concatenate([np.empty(0), *parts]) for parts in (self.predicted, self.mean))
        return Report(
            rounds=len(self.lines),
            learned_from=self.learned_from,
            introductions=len(outcomes),
            open=self.open,
            actual=int(outcomes.sum()),
            expected=self.expected,
            pairs=self.pairs,
            auc=auc(np.concatenate([np.empty(0), *self.scores]), outcomes),
            auc_without_answers=auc(np.concatenate([np.empty(0), *self.scores_without]), outcomes),
            brier=brier(predicted, outcomes),
            brier_of_mean=brier(mean, outcomes),
            reliability=reliability(predicted, outcomes),
            by_round=self.lines,
        )
