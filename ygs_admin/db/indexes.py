"""The indexes of the shared tables, by the names that the backend gives them."""

from django.db import models


class BackendIndex(models.Index):
    """An index named as SQLAlchemy does, `ix_<table>_<column>`: longer than the 30 characters that Oracle allows."""

    max_name_length = 63
