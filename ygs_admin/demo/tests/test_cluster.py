import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ygs_admin.demo.accounts import server_account
from ygs_admin.demo.cluster import APPLICATION, DISPOSABLE, SLOT, Cluster
from ygs_admin.demo.ports import LOCALHOST


def cluster_at(folder: Path, ports: dict[str, int] | None = None) -> Cluster:
    logs = folder / "logs"
    logs.mkdir(exist_ok=True)
    return Cluster.at(folder / "postgres", logs, "super's \\ secret", "s/e:c@ret", ports=ports, conditions=DISPOSABLE)


@pytest.fixture(scope="module")
def pair(lasting_folder: Path) -> Iterator[Cluster]:
    cluster = cluster_at(lasting_folder)
    try:
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def own(pair: Cluster) -> Cluster:
    """A cluster that a test may maltreat, with an empty table `notes` on both nodes; started where it must be."""
    if not pair.primary.is_running or not pair.standby.is_running:
        pair.stop()
        pair.start()
    pair.primary.ask("DROP TABLE IF EXISTS notes", database=APPLICATION)
    pair.primary.ask("CREATE TABLE notes (text text)", database=APPLICATION)
    pair.wait_until_caught_up()
    return pair


def write(cluster: Cluster, text: str) -> None:
    cluster.primary.ask("INSERT INTO notes VALUES (%s)", text, database=APPLICATION)


def read_from_standby(cluster: Cluster) -> str | None:
    notes: str | None = cluster.standby.ask("SELECT string_agg(text, ' ') FROM notes", database=APPLICATION)
    return notes


def test_standby_follows_the_primary(own: Cluster) -> None:
    write(own, "first")
    own.wait_until_caught_up()
    assert read_from_standby(own) == "first"


def test_standby_with_paused_replay_answers_with_the_past_until_resumed(own: Cluster) -> None:
    with own.replay_paused():
        write(own, "unseen")
        assert read_from_standby(own) is None
    own.wait_until_caught_up()
    assert read_from_standby(own) == "unseen"


def test_asynchronous_commits_are_waited_for(own: Cluster) -> None:
    with own.primary.connect(APPLICATION) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute("INSERT INTO notes VALUES ('asynchronous')")
        own.wait_until_caught_up()
    assert read_from_standby(own) == "asynchronous"


def test_waiting_ends_at_the_end_of_a_log_file(own: Cluster) -> None:
    own.primary.ask("SELECT pg_switch_wal()")
    own.wait_until_caught_up(seconds=5)


def test_standby_cut_off_receives_nothing_until_attached_again(own: Cluster) -> None:
    own.detach_receiver()
    write(own, "missed")
    assert not own.is_streaming()
    assert read_from_standby(own) is None
    own.attach_receiver()
    own.wait_until_caught_up()
    assert read_from_standby(own) == "missed"


def test_killed_standby_catches_up_after_its_restart(own: Cluster) -> None:
    own.standby.kill()
    write(own, "meanwhile")
    own.standby.start()
    own.wait_until_caught_up()
    assert read_from_standby(own) == "meanwhile"


def test_killed_primary_recovers_and_the_standby_finds_it_again(own: Cluster) -> None:
    own.primary.kill()
    with pytest.raises(psycopg.OperationalError):
        own.primary.connect()
    own.primary.start()
    write(own, "after")
    own.wait_until_streaming()
    own.wait_until_caught_up()
    assert read_from_standby(own) == "after"


def test_promoted_standby_takes_writes_and_is_made_anew_at_the_next_start(own: Cluster) -> None:
    own.standby.promote()
    own.standby.ask("INSERT INTO notes VALUES ('stray')", database=APPLICATION)
    own.start_standby()
    own.wait_until_caught_up()
    assert own.standby.ask("SELECT pg_is_in_recovery()")
    assert read_from_standby(own) is None


def test_standby_that_fell_too_far_behind_is_made_anew(own: Cluster) -> None:
    own.primary.alter("max_slot_wal_keep_size", "1MB")
    own.standby.stop()
    for _file in range(3):
        write(own, "far")
        own.primary.ask("SELECT pg_switch_wal()")
    own.primary.ask("CHECKPOINT")
    assert own.primary.ask("SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s", SLOT) == "lost"
    own.start_standby()
    own.wait_until_caught_up()
    assert read_from_standby(own) == "far far far"
    own.primary.alter("max_slot_wal_keep_size", None)


def test_second_start_keeps_data_and_ports(own: Cluster, lasting_folder: Path) -> None:
    write(own, "kept")
    own.stop()
    again = cluster_at(lasting_folder, own.ports)
    try:
        again.start()
        assert again.ports == own.ports
        assert read_from_standby(again) == "kept"
    finally:
        again.stop()


def test_port_in_use_is_replaced(folder: Path) -> None:
    with socket.socket() as other:
        other.bind((LOCALHOST, 0))
        other.listen()
        taken = other.getsockname()[1]
        assert cluster_at(folder, {"primary": taken}).primary.port != taken
    assert cluster_at(folder, {"primary": taken}).primary.port == taken


def test_lock_file_of_an_earlier_boot_that_names_a_foreign_process_is_no_hindrance(own: Cluster) -> None:
    own.primary.stop()
    with subprocess.Popen(["sleep", "60"], **server_account().identity) as foreign:
        lock = own.primary.data / "postmaster.pid"
        lock.write_text(f"{foreign.pid}\n{own.primary.data}\n")
        os.chown(lock, own.primary.data.stat().st_uid, own.primary.data.stat().st_gid)
        own.primary.start()
        assert foreign.poll() is None
        foreign.kill()


def test_application_owns_its_database_and_is_no_superuser(cluster: Cluster) -> None:
    with psycopg.connect(cluster.primary_url) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb, pg_get_userbyid(datdba) FROM pg_roles, pg_database "
            "WHERE rolname = current_user AND datname = current_database()"
        ).fetchone()
        assert row == (False, True, APPLICATION)
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.rollback()


def test_application_sees_the_receiver_of_the_standby(cluster: Cluster) -> None:
    with psycopg.connect(cluster.replica_url) as connection:
        assert connection.execute("SELECT status FROM pg_stat_wal_receiver").fetchone() == ("streaming",)


def test_korean_letters_are_letters(cluster: Cluster) -> None:
    assert cluster.primary.ask("SELECT '김철수' ~ '^[[:alpha:]]{3}$'", database=APPLICATION)


def test_servers_listen_on_this_machine_alone_and_ask_for_passwords(cluster: Cluster) -> None:
    for node in (cluster.primary, cluster.standby):
        assert node.ask("SHOW listen_addresses") == LOCALHOST
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(node.conninfo(), password="wrong")
