"""Below an introduction's address, among the names of `matching`."""

from django.urls import path

from matching.introductions.verbs import VERBS

from .answers import answer, withdraw_answer
from .introduction import introduction
from .memo import memo
from .script import script
from .verbs import introduction_verb_view

urlpatterns = [
    path("", introduction, name="introduction"),
    path("memo/", memo, name="introduction_memo"),
    path("script/", script, name="introduction_script"),
    path("answer/<usr:user_id>/", answer, name="introduction_answer"),
    path("withdraw-answer/<usr:user_id>/", withdraw_answer, name="introduction_withdraw_answer"),
    *(
        path(f"{verb.key}/", introduction_verb_view(verb), name=verb.url_name.removeprefix("matching:"))
        for verb in VERBS
    ),
]
