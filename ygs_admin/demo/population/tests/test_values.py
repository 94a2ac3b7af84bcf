"""Every value is one that the data dictionary knows, and every id is what its column wants."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field

from users.models.status import UserStatus
from users.phones import national_number
from ygs_admin.db.ids import PrefixedULIDField, is_id
from ygs_admin.demo.population.match_rows import ConsultationRow, IntroductionRow
from ygs_admin.demo.population.rows import (
    DocumentRow,
    LifestyleRow,
    PhotoRow,
    PreferenceRow,
    ProfileRow,
    SubscriptionRow,
    UserRow,
)
from ygs_admin.demo.population.tables import TABLES, Row

from .conftest import Population

MODELS = {model._meta.db_table: model for model in apps.get_models()}


def field_of(kind: type[Row], column: str) -> "Field[Any, Any]":
    fields = MODELS[TABLES[kind]]._meta.concrete_fields
    return next(field for field in fields if field.column == column)


@pytest.mark.parametrize("kind", TABLES, ids=TABLES.values())
def test_a_row_has_exactly_the_columns_of_its_table(kind: type[Row]) -> None:
    fields = MODELS[TABLES[kind]]._meta.concrete_fields
    assert sorted(kind._fields) == sorted(field.column for field in fields)


@pytest.mark.parametrize("kind", TABLES, ids=TABLES.values())
def test_every_value_passes_its_fields_validation(population: Population, kind: type[Row]) -> None:
    """Enumerations, lists of them, lengths and nullability: the console's own models are the judge."""
    for row in population.of(kind):
        for column, value in row._asdict().items():
            if not isinstance(value, datetime):
                field = field_of(kind, column)
                assert value is not None or field.null
                if value is not None and not field.is_relation:
                    field.run_validators(value)
                    assert not field.choices or value in dict(field.flatchoices), (column, value)


@pytest.mark.parametrize("kind", TABLES, ids=TABLES.values())
def test_ids_are_valid_and_unique(population: Population, kind: type[Row]) -> None:
    prefix = _prefix(field_of(kind, "id"))
    ids = [row.id for row in population.of(kind)]
    assert len(set(ids)) == len(ids)
    assert all(is_id(prefix, an_id) for an_id in ids)


def _prefix(field: "Field[Any, Any]") -> str:
    assert isinstance(field, PrefixedULIDField)
    return field.prefix


def test_member_ids_are_in_the_order_of_sign_ups(population: Population) -> None:
    users = population.of(UserRow)
    assert [user.id for user in users] == sorted(user.id for user in users)
    assert [user.created_at for user in users] == sorted(user.created_at for user in users)


def test_phones_are_distinct_mobile_numbers(population: Population) -> None:
    phones = [user.phone for user in population.of(UserRow)]
    assert len(set(phones)) == len(phones)
    assert all(national_number(phone) == phone for phone in phones)


def test_members_are_in_every_status_and_of_both_genders(population: Population) -> None:
    users = population.of(UserRow)
    assert {user.status for user in users} == set(UserStatus.values)
    genders = Counter(user.gender for user in users)
    assert genders.keys() == {"male", "female"}
    assert min(genders.values()) > 0.4 * len(users)


def test_most_members_are_approved_and_those_pending_came_lately(population: Population) -> None:
    users = population.of(UserRow)
    assert 0.7 < sum(user.status == "approved" for user in users) / len(users) < 0.9
    pending = [user for user in users if user.status == "pending"]
    assert min(user.created_at for user in pending) > users[len(users) // 2].created_at


def test_some_members_are_deleted_together_with_what_hangs_on_them(population: Population) -> None:
    deleted = {user.id: user.deleted_at for user in population.of(UserRow) if user.deleted_at}
    assert deleted
    for kind in (DocumentRow, SubscriptionRow):
        assert all(row.deleted_at == deleted.get(row.user_id) for row in population.of(kind))
    hanging = [photo for photo in population.of(PhotoRow) if photo.user_id in deleted]
    assert all(photo.deleted_at is not None for photo in hanging)


def test_nothing_has_happened_after_today(population: Population) -> None:
    """Times that lie ahead by nature aside: ends of terms and appointments."""
    ahead = {"expires_at", "scheduled_at"}
    for row in population.all_rows:
        for column, value in row._asdict().items():
            if isinstance(value, datetime) and column not in ahead:
                assert value <= population.world.now, (column, row)


def test_a_row_is_not_changed_before_it_is_made(population: Population) -> None:
    for row in population.all_rows:
        made, changed = getattr(row, "created_at", None), getattr(row, "updated_at", None)
        assert made is None or changed is None or made <= changed, row


def test_hard_conditions_and_weights_speak_of_stated_wishes(population: Population) -> None:
    for row in population.of(PreferenceRow):
        assert isinstance(row.weights, dict)
        assert set(row.must_have or ()) <= row.weights.keys()
        assert all(1 <= weight <= 5 for weight in row.weights.values())


def test_consent_stands_only_beside_a_religion_and_some_withhold_it(population: Population) -> None:
    rows = population.of(LifestyleRow)
    assert all(row.religion for row in rows if row.religion_consented_at)
    assert any(row.religion and not row.religion_consented_at for row in rows)


def test_documents_in_every_status_carry_what_belongs_to_it(population: Population) -> None:
    documents = population.of(DocumentRow)
    assert {document.status for document in documents} == {"pending", "approved", "rejected", "expired"}
    for document in documents:
        assert (document.status == "rejected") == (document.reject_reason is not None)
        assert (document.status == "pending") == (document.reviewed_by is None) == (document.reviewed_at is None)
        is_over = document.expires_on is not None and document.expires_on < population.world.today
        assert (document.status == "expired") == is_over


def test_keys_name_the_member_and_no_url(population: Population) -> None:
    rows = [*population.of(PhotoRow), *population.of(DocumentRow)]
    assert all(row.s3_key.startswith(f"users/{row.user_id}/") for row in rows)
    assert len({row.s3_key for row in rows}) == len(rows)


def test_texts_differ_from_member_to_member(population: Population) -> None:
    texts = [row.about_me for row in population.of(ProfileRow) if row.about_me]
    assert len(set(texts)) > 0.97 * len(texts)
    assert not [text for text in texts if set("[]{}|") & set(text)]


def test_every_kind_of_state_is_there_to_be_seen(population: Population) -> None:
    assert {"active", "expired"} <= {row.status for row in population.of(SubscriptionRow)}
    assert {row.plan for row in population.of(SubscriptionRow)} == {"trial", "basic", "standard", "premium"}
    assert {"declined", "proposed", "confirmed", "ended"} <= {row.status for row in population.of(IntroductionRow)}
    assert {row.channel for row in population.of(ConsultationRow)} == {"phone", "video", "visit"}
