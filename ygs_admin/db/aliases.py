"""The names of the nodes among Django's databases."""

from django.conf import settings

PRIMARY = "default"
REPLICA = "replica"
"""The first replica; the others are `replica_2` and so on."""


def replica_aliases() -> list[str]:
    return [alias for alias in settings.DATABASES if alias == REPLICA or alias.startswith(f"{REPLICA}_")]
