"""Below `/matching/weeks/`, among the names of `matching`."""

from django.urls import path

from matching.pair_verbs import PAIR_VERBS
from matching.week_verbs import PUBLISH, WEEK_VERBS

from .answers import answers
from .by_hand import add
from .forbidden import forbidden
from .left_out import left_out
from .pair import pair
from .pair_verbs import pair_verb_view
from .progress import progress
from .publishing import publish
from .settings import new, settings
from .summary import summary
from .swap import choose, swap_with
from .week import week
from .week_verbs import week_verb_view
from .weeks import weeks

urlpatterns = [
    path("", weeks, name="weeks"),
    path("new/", new, name="week_new"),
    path("<mw:week_id>/", week, name="week"),
    path("<mw:week_id>/settings/", settings, name="week_settings"),
    path("<mw:week_id>/add/", add, name="week_add"),
    path("<mw:week_id>/answers/", answers, name="week_answers"),
    path("<mw:week_id>/forbidden/", forbidden, name="week_forbidden"),
    path("<mw:week_id>/progress/", progress, name="week_progress"),
    path("<mw:week_id>/summary/", summary, name="week_summary"),
    path("<mw:week_id>/left-out/", left_out, name="week_left_out"),
    path("<mw:week_id>/publish/", publish, name="week_publish"),
    *(
        path(f"<mw:week_id>/{verb.key}/", week_verb_view(verb), name=verb.url_name.removeprefix("matching:"))
        for verb in WEEK_VERBS.values()
        if verb is not PUBLISH
    ),
    path("<mw:week_id>/pairs/<mh:pair_id>/", pair, name="week_pair"),
    path("<mw:week_id>/pairs/<mh:pair_id>/swap/", choose, name="week_swap"),
    path("<mw:week_id>/pairs/<mh:pair_id>/swap/<mh:other_id>/", swap_with, name="week_swap_with"),
    *(
        path(
            f"<mw:week_id>/pairs/<mh:pair_id>/{verb.key}/",
            pair_verb_view(verb),
            name=f"week_pair_{verb.key.replace('-', '_')}",
        )
        for verb in PAIR_VERBS.values()
    ),
]
