"""The console served in a role that owns nothing: everything works, and nothing that is written once can be changed."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg import sql

from users.audit.retention import destroy_access_record, years_ago
from users.models import Action, UserAccessAudit
from ygs_admin.demo.cluster import APPLICATION
from ygs_admin.tests.forms import forms_of
from ygs_admin.tests.routes import address, every_route
from ygs_admin.tests.test_every_url import signed_in

pytestmark = pytest.mark.django_db

ROLE = "console of the tests"
WRITTEN_ONCE = (
    "user_access_audits",
    "console_introduction_ledger",
    "console_subscription_settlements",
    "console_incident_decisions",
)


@pytest.fixture(scope="session")
def role(cluster) -> str:
    """A role that the owner may step into; of the whole cluster, it outlives the tests' database by nothing."""
    name = sql.Identifier(ROLE)
    if not cluster.primary.ask("SELECT 1 FROM pg_roles WHERE rolname = %s", ROLE):
        cluster.primary.ask(sql.SQL("CREATE ROLE {}").format(name))
        cluster.primary.ask(sql.SQL("GRANT {} TO {}").format(name, sql.Identifier(APPLICATION)))
    return ROLE


def execute(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.rowcount


@pytest.fixture
def as_console(role):
    """Step into the role for the rest of the test's transaction, after whatever the test has set up before."""
    call_command("grant_console_role", role, verbosity=0)

    def step_into():
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (role,)

    return step_into


def ask(client, method, url, sent=None):
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, url) if sent is None else client.post(url, sent)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.mark.parametrize("person", ["superuser", "manager"])
def test_every_page_and_every_form_works(as_console, samples, person, request):
    client = signed_in(request.getfixturevalue(person))
    addresses = sorted({address(route, samples) for route in every_route()})
    as_console()
    posted = 0
    for url in addresses:
        page = ask(client, "GET", url)
        if page.streaming or "html" not in page.get("Content-Type", ""):
            continue
        for form in forms_of(page.text, url):
            if form.method == "post" and form.action.startswith(("/", url)):
                answer = ask(client, "POST", form.action, {name: value or "사유" for name, value in form.fields})
                posted += answer.status_code == 302
    assert posted > 10


@pytest.mark.parametrize("table", WRITTEN_ONCE)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET reason = 'x'",
        "UPDATE {} SET reason = 'x' WHERE false",
        "TRUNCATE {}",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "ALTER TABLE {} DISABLE TRIGGER USER",
        "ALTER TABLE {} ADD COLUMN x int",
        "DROP TABLE {}",
        "ALTER TABLE {} OWNER TO CURRENT_USER",
        "CREATE RULE x AS ON INSERT TO {} DO INSTEAD NOTHING",
        "CREATE TRIGGER x BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION console_refuse_change()",
        "INSERT INTO {0} SELECT * FROM {0} ON CONFLICT (id) DO UPDATE SET reason = 'x'",
        "SELECT * FROM {} FOR UPDATE",
    ],
)
def test_what_is_written_once_stays(as_console, table, statement):
    as_console()
    with pytest.raises(DatabaseError, match=r"permission denied|must be (?:owner|superuser)"):
        execute(statement.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM console_introduction_ledger",
        "DELETE FROM console_subscription_settlements",
        "DELETE FROM match_weeks",
        "TRUNCATE users CASCADE",
        "ALTER TABLE users DISABLE TRIGGER ALL",
        "SET LOCAL session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION console_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "DROP FUNCTION console_refuse_change CASCADE",
        "DROP TRIGGER console_append_only ON user_access_audits",
        "DELETE FROM django_migrations",
        "ALTER ROLE CURRENT_USER SUPERUSER",
    ],
)
def test_nothing_around_them_gives_way(as_console, statement):
    as_console()
    with pytest.raises(DatabaseError, match=r"permission denied|must be (?:owner|superuser)"):
        execute(statement)


def test_the_role_grants_itself_nothing(as_console):
    as_console()
    execute("GRANT ALL ON user_access_audits TO CURRENT_USER")
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('user_access_audits', 'UPDATE, TRUNCATE, TRIGGER')")
        assert cursor.fetchone() == (False,)


def test_the_access_record_is_destroyed_when_its_time_is_over_and_not_before(as_console):
    old, young = (
        UserAccessAudit(actor_id="system", action=Action.VIEW, created_at=when)
        for when in (years_ago(2) - timezone.timedelta(days=1), timezone.now())
    )
    UserAccessAudit.objects.bulk_create([old, young])
    as_console()
    with pytest.raises(DatabaseError, match="append only"):
        execute("DELETE FROM user_access_audits WHERE id = %s", young.pk)
    assert list(destroy_access_record()) == [1]
    assert UserAccessAudit.objects.filter(pk=young.pk).exists()
    assert not UserAccessAudit.objects.filter(pk=old.pk).exists()


def test_members_that_the_role_writes_are_found(as_console, make_member):
    as_console()
    member = make_member(name="김철수")
    execute("UPDATE users SET name = '이영희' WHERE id = %s", member.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_key FROM console_member_search WHERE user_id = %s", [member.pk])
        assert cursor.fetchone() == ("이영희",)


def test_the_statements_can_be_printed_for_somebody_else_to_run(role, capsys):
    call_command("grant_console_role", role, "--print")
    printed = capsys.readouterr().out
    assert re.search(rf'GRANT SELECT, INSERT, DELETE ON TABLE [^;]*"user_access_audits"[^;]* TO "{role}";', printed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'users', 'SELECT')", [role])
        assert cursor.fetchone() == (False,)
        cursor.execute(printed)
        cursor.execute("SELECT has_table_privilege(%s, 'users', 'SELECT')", [role])
        assert cursor.fetchone() == (True,)


def test_granting_again_takes_back_what_was_too_much(role):
    execute(sql.SQL("GRANT ALL ON user_access_audits TO {}").format(sql.Identifier(role)))
    call_command("grant_console_role", role, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'user_access_audits', 'UPDATE, TRUNCATE')", [role])
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(("name", "said"), [(APPLICATION, "owns"), ("postgres", "owns"), ("nobody; --", "no role")])
def test_a_role_that_owns_the_tables_or_is_none_is_refused(name, said, settings):
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(CommandError, match=said):
        call_command("grant_console_role", name)
