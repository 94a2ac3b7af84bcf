"""Below a member's `subscription/`, among the names of `users`."""

from django.urls import path

from users.subscriptions.verbs import SUBSCRIPTION_VERBS

from .ledger import ledger
from .verbs import restore, subscription_verb_view

urlpatterns = [
    path("ledger/", ledger, name="subscription_ledger"),
    path("restore/", restore, name="subscription_restore"),
    *(
        path(f"{verb.key}/", subscription_verb_view(verb), name=f"subscription_{verb.name}")
        for verb in SUBSCRIPTION_VERBS.values()
    ),
]
