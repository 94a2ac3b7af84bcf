"""What one test leaves in the cache is nothing to the next."""

import pytest


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    from django.core.cache import cache  # noqa: PLC0415 - loads Django's settings

    cache.clear()
