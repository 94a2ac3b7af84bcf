"""Below `/users/review/`, among the names of `users`."""

from django.urls import path

from users.models.review_decision import ReviewVerb

from .case import case
from .claims import ahead, keep, skip, take
from .deciding import deciding_view, undo
from .queue import acknowledge, bring_back, go_to_next, queue

urlpatterns = [
    path("", queue, name="review"),
    path("next/", go_to_next, name="review_next"),
    path("ahead/", ahead, name="review_ahead"),
    path("keep/", keep, name="review_keep"),
    path("put-aside/", bring_back, name="review_bring_back"),
    path("refused/", acknowledge, name="review_acknowledge"),
    path("decisions/<dec:decision_id>/undo/", undo, name="review_undo"),
    path("<usr:user_id>/", case, name="review_case"),
    path("<usr:user_id>/take/", take, name="review_take"),
    path("<usr:user_id>/skip/", skip, name="review_skip"),
    *(path(f"<usr:user_id>/{verb}/", deciding_view(verb), name=f"review_{verb}") for verb in ReviewVerb.values),
]
