"""Making reviewers' decisions final, and tidying up after them."""

from procrastinate.contrib.django import app

from users.models.review_claim import ReviewClaim
from users.models.review_decision import ReviewDecision
from users.models.review_skip import ReviewSkip
from users.review.deciding import settle_due


@app.task(name="users.tasks.review.apply_decision", retry=3)
def apply_decision(decision_id: str) -> None:
    """Apply one decision once it can't be undone any more; one that is too early by a moment is left to the sweep."""
    ReviewDecision.objects.settle(decision_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="users.review", retry=3)
def sweep_review(timestamp: int) -> None:
    """Make up each minute for decisions whose task was lost, and delete what has lapsed."""
    for _decision in settle_due():
        pass
    ReviewClaim.objects.clear_lapsed()
    ReviewSkip.objects.clear_lapsed()
    ReviewDecision.objects.clear_settled()
