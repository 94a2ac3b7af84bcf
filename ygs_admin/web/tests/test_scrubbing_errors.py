"""Errors that speak of members, provoked on the real database and in real requests: the log tells none of it."""

import io
import logging

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from django.urls import include, path

from users.models import User
from ygs_admin.web.scrubbing import ScrubbingFormatter
from ygs_admin.web.viewer import viewed_by

pytestmark = pytest.mark.django_db

KEY = "usr_01M862E5M53YAK3Q3EK4NQ81MK"
INSERT = """
    INSERT INTO users (id, phone, name, kakao_id, email, gender, birth_year, status, is_admin, created_at)
    VALUES (%s, %s, 'Kim Chulsoo', 'chulsoo_77', 'chulsoo@naver.com', 'male', %s, 'approved', false, '2026-01-01')
"""
SECRETS = ("Kim Chulsoo", "chulsoo_77", "naver", "1012345678", "김철수", "철수", "1234567", "교사")


@pytest.fixture
def logged():
    """Return a function that logs the error of a block, and returns what the log says."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(ScrubbingFormatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("provoked")
    logger.addHandler(handler)

    def log(provoke, *args):
        with pytest.raises(Exception) as failed, transaction.atomic():
            provoke(*args)
        logger.error("Failed: %s", failed.value, exc_info=failed.value)
        return written.getvalue()

    yield log
    logger.removeHandler(handler)


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert(phone="01012345678", birth_year=1990, key=KEY):
    execute(INSERT, key, phone, birth_year)


def insert_twice():
    insert()
    insert(key=KEY.replace("K3", "K4"))


@pytest.mark.parametrize(
    ("provoke", "args", "told"),
    [
        (insert_twice, (), "duplicate key value"),
        (insert, (None,), "null value in column"),
        (insert, ("01012345678", None), "null value in column"),
        (insert, ("01012345678", "Kim Chulsoo"), "invalid input syntax"),
        (execute, ("SELECT nothing FROM users WHERE name = %s AND kakao_id = 'chulsoo_77'", "Kim Chulsoo"), "nothing"),
        (execute, ("SELECT 1 FROM users WHERE kakao_id = 'chulsoo_77' AND", ), "syntax error"),
        (execute, ("DO $$ BEGIN PERFORM * FROM users WHERE 'Kim Chulsoo' = 1; END $$",), "invalid input syntax"),
    ],
)  # fmt: skip
def test_what_postgresql_says_of_a_row_is_removed_and_the_error_stays(logged, provoke, args, told):
    text = logged(provoke, *args)
    assert told in text
    assert "Traceback" in text
    for secret in SECRETS:
        assert secret not in text


def test_a_failing_row_over_several_lines_is_removed_whole(logged, make_member):
    member = make_member(name="김철수", about_me="한 줄\n\nKim Chulsoo teaches", job="교사")
    sql = "UPDATE user_profiles SET id = NULL WHERE user_id = %s"
    text = logged(execute, sql, member.pk)
    assert "null value in column" in text
    assert "teaches" not in text
    assert "교사" not in text


def provoke_number():
    User.objects.filter(birth_year=SECRETS[0]).first()


def provoke_validation():
    raise ValidationError("%(value)s is no name", params={"value": "김철수"})


def provoke_chain():
    try:
        insert_twice()
    except DatabaseError as error:
        raise RuntimeError("김철수 could not be saved") from error


@pytest.mark.parametrize("provoke", [provoke_number, provoke_validation, provoke_chain])
def test_what_python_says_of_a_value_is_removed(logged, provoke):
    text = logged(provoke)
    assert "Error" in text
    for secret in SECRETS:
        assert secret not in text


def test_a_chain_of_errors_is_logged_link_by_link(logged):
    text = logged(provoke_chain)
    assert "duplicate key value" in text
    assert "RuntimeError" in text
    assert text.count("Traceback") >= 2


def test_a_member_is_masked_also_where_the_request_is_of_somebody_who_reads_names(logged, make_member, superuser):
    def provoke():
        member = make_member(name="Kim Chulsoo")
        raise LookupError(member, [member])

    with viewed_by(superuser):
        text = logged(provoke)
    assert "LookupError" in text
    assert "Kim" not in text


def _collide(request, name):
    insert_twice()


urlpatterns = [path("collide/<str:name>/", _collide), path("", include("ygs_admin.urls"))]


@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
@pytest.mark.parametrize("address", ["/collide/김철수/?q=01012345678", "/none/김철수/?q=01012345678"])
def test_the_log_of_requests_says_neither_what_was_typed_nor_whom_it_hit(manager, address):
    client = Client(raise_request_exception=False)
    client.force_login(manager)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(ScrubbingFormatter("%(levelname)s %(message)s"))
    logging.getLogger("django.request").addHandler(handler)
    try:
        with transaction.atomic():
            assert client.get(address).status_code in {404, 500}
            transaction.set_rollback(True)
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert written.getvalue()
    for secret in SECRETS:
        assert secret not in written.getvalue()
