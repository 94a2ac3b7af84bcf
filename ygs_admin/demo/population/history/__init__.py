"""Two years of weekly rounds: who was introduced to whom, what they answered, and what became of it."""

from .cohorts import COHORT_SIZE, Cohort, cohort_count, play_cohort
from .weeks import Week, WeekTotals, week_row, weeks_of

__all__ = ["COHORT_SIZE", "Cohort", "Week", "WeekTotals", "cohort_count", "play_cohort", "week_row", "weeks_of"]
