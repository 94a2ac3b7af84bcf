"""Runs the suite on real servers: a PostgreSQL primary, its streaming standby and S3, started for the run alone.

The environment that the settings read is set before Django is; the servers start when the first test is about to run,
so that `--collect-only` and `--help` need none.
"""

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from ygs_admin.demo import placement
from ygs_admin.demo.catalogues import compile_catalogues
from ygs_admin.demo.cluster import DISPOSABLE, Cluster
from ygs_admin.demo.object_store import ObjectStore
from ygs_admin.demo.servers import Secrets, Servers

pytest_plugins = [
    "ygs_admin.testing.caching",
    "ygs_admin.testing.personas",
    "ygs_admin.testing.chromium",
    "ygs_admin.testing.failing_store",
    "ygs_admin.testing.live_console",
    "ygs_admin.testing.pgbouncer",
    "ygs_admin.testing.queue",
    "ygs_admin.testing.replication",
]

FOLDER_PREFIX = "ygs-tests-"
SERVERS = pytest.StashKey[Servers]()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """A wrapper, so that it comes before pytest-django, which loads the settings in the same hook."""
    # A shell starts a background job with SIGINT ignored, and what the tests start would inherit that.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    remove_abandoned_folders()
    folder = _make_folder(early_config)
    keys = Secrets.generate()
    servers = Servers.at(folder, keys, conditions=DISPOSABLE)
    early_config.stash[SERVERS] = servers
    os.environ |= servers.environment(keys.secret_key) | {
        "STATIC_ROOT": str(folder / "static"),
        # A test that pauses the standby for longer than it may lag wants it to be read nevertheless.
        "REPLICA_MAX_LAG_SECONDS": "120",
        "ACCESS_SPOOL": str(folder / "spool"),
    }
    # Playwright's synchronous interface runs an event loop in the thread of the tests, in which Django would
    # otherwise refuse every query; no coroutine of ours ever runs there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    compile_catalogues()
    return (yield)


def _make_folder(config: pytest.Config) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
    # The account that runs PostgreSQL for root passes through, and can list nothing.
    folder.chmod(0o711)
    lock = (folder / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    config.add_cleanup(lock.close)
    config.add_cleanup(lambda: _remove(folder))
    return folder


def _remove(folder: Path) -> None:
    placement.remove(folder / "postgres")
    shutil.rmtree(folder)


def remove_abandoned_folders() -> None:
    """What runs that were killed left behind; the kernel ended their servers, and dropped their locks."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        if folder.stat().st_uid != os.geteuid() or not (folder / "lock").exists():
            continue
        with (folder / "lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            _remove(folder)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    if session.items and not session.config.option.collectonly and not session.testsfailed:
        servers = session.config.stash[SERVERS]
        # After the last fixture, even on Ctrl-C: the test database is dropped in the meantime.
        session.config.add_cleanup(servers.stop)
        servers.start()
        _collect_static_files()
    return (yield)


def _collect_static_files() -> None:
    """Pages name their style sheets by the hash of the content, as in production."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up after this module is imported

    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """The test database exists on the standby only once its creation has been replayed there."""
    value = yield
    if fixturedef.argname == "django_db_setup":
        from ygs_admin.db.replication.observer import observer  # noqa: PLC0415 - Django is set up by now

        # It watches the test database from here on, and lets go of it before it is dropped.
        observer.stop()
        request.addfinalizer(observer.stop)
        cluster = request.config.stash[SERVERS].cluster
        from ygs_admin.testing.flushing import flush_as_superuser  # noqa: PLC0415 - as above

        flush_as_superuser(cluster)
        cluster.wait_until_caught_up()
    return value


@pytest.fixture(scope="session")
def cluster(pytestconfig: pytest.Config) -> Cluster:
    """The primary and the standby. A test that stops, kills or cuts off one of them puts it back."""
    return pytestconfig.stash[SERVERS].cluster


@pytest.fixture(scope="session")
def object_store(pytestconfig: pytest.Config) -> ObjectStore:
    return pytestconfig.stash[SERVERS].object_store


@pytest.fixture
def standby_caught_up(cluster: Cluster) -> Callable[[], None]:
    """Call it to wait until the standby answers with all that was committed before the call."""
    return cluster.wait_until_caught_up


@pytest.fixture
def paused_replay(cluster: Cluster) -> Iterator[Cluster]:
    """The standby, first caught up, stands still for the length of the test: real lag."""
    cluster.wait_until_caught_up()
    with cluster.replay_paused():
        yield cluster
