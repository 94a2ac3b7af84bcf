"""How the record is searched: by its indexes, however many rows there are and whatever the planner would rather do."""

import json

import pytest
from django.db import connection

from users.audit.filter import AuditFilter

pytestmark = pytest.mark.django_db

MEMBER = "usr_01M862E5M53YAK3Q3EK4NQ81MK"
FILL = """
INSERT INTO user_access_audits
    (id, actor_id, action, user_id, resource_type, ip_address, request_id, detail, created_at)
SELECT 'aud_' || n, 'stf_' || n % 20,
       CASE WHEN n % 3 = 0 THEN 'search' WHEN n % 500 = 1 THEN 'export' ELSE 'view' END,
       CASE WHEN n % 3 > 0 THEN 'usr_' || n % 5000 END, CASE WHEN n % 3 > 0 THEN 'users' END,
       '192.0.2.' || n % 50, 'req_' || n,
       CASE WHEN n % 3 = 0 THEN jsonb_build_object('user_ids', jsonb_build_array('usr_' || n % 5000, 'usr_x')) END,
       timestamp '2026-01-01' + n * interval '1 minute'
FROM generate_series(1, 30000) n
"""
FEW = """
INSERT INTO user_access_audits (id, actor_id, action, detail, created_at)
SELECT 'aud_x' || n, 'stf_1', 'search', jsonb_build_object('user_ids', jsonb_build_array(%s)), timestamp '2026-01-01'
FROM generate_series(1, 3) n
"""


@pytest.fixture
def filled(db) -> None:
    """A record in which one member was shown by a handful of lists, and nobody else was by theirs."""
    with connection.cursor() as cursor:
        cursor.execute(FILL)
        cursor.execute(FEW, [MEMBER])
        cursor.execute("ANALYZE user_access_audits")


def nodes(plan) -> list[dict]:
    return [plan, *(node for child in plan.get("Plans", ()) for node in nodes(child))]


def explained(sql: str, parameters=()) -> list[dict]:
    """Return the nodes of a plan, with the rows that each has really read."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", parameters)
        (answer,) = cursor.fetchone()
        return nodes((json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"])


def page_of(reader, **asked) -> list[dict]:
    form = AuditFilter(asked, reader=reader)
    sql, parameters = form.rows().order_by("-created_at", "-id").values("pk")[:51].query.sql_with_params()
    return explained(sql, parameters)


def read_whole(plan: list[dict]) -> bool:
    return any(node["Node Type"] == "Seq Scan" for node in plan)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"staff": "stf_7"},
        {"action": "export"},
        {"action": "view"},
        {"address": "192.0.2.7"},
        {"request": "req_77"},
        {"since": "2026-01-03", "until": "2026-01-04"},
        {"member": MEMBER},
        {"member": MEMBER, "action": "search"},
        {"action": "teleport"},
        {"resource": "user_documents"},
    ],
)
def test_no_question_reads_the_record_whole(filled, manager, asked):
    assert not read_whole(page_of(manager, **asked))


def test_what_is_about_a_member_is_two_index_scans(filled):
    """The body of `console_audits_about`, as the function runs it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc, proconfig FROM pg_proc WHERE proname = 'console_audits_about'")
        body, settings = cursor.fetchone()
        assert "enable_seqscan=off" in settings
        cursor.execute("SET LOCAL enable_seqscan TO off")
    plan = explained(body.replace("member)", f"'{MEMBER}'::text)").replace("= member", f"= '{MEMBER}'"))
    used = {node.get("Index Name") for node in plan} - {None}
    assert "console_audits_shown" in used
    assert used & {"console_audits_of_member", "ix_user_access_audits_user_id"}
    assert not read_whole(plan)


def test_a_member_is_found_by_the_key_of_few_rows(filled, manager):
    """The planner is told that they are few, and does not read the record from its newest end to meet them."""
    plan = page_of(manager, member=MEMBER)
    read = [node["Actual Rows"] * node["Actual Loops"] for node in plan if "Scan" in node["Node Type"]]
    assert max(read) <= 3


def test_a_pair_that_never_occurs_is_known_not_to(filled, manager):
    """`console_audits_together`: searches are of no table, so that no row is both; taken for independent, many were."""
    plan = explained("SELECT 1 FROM user_access_audits WHERE action = 'search' AND resource_type = 'users'")
    assert plan[0]["Plan Rows"] < 100
