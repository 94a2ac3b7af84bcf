"""Start everything in order, say where it is, wait, and stop everything in reverse order."""

import os
import signal
import time
from contextlib import ExitStack
from dataclasses import asdict
from types import FrameType

from ygs_admin.demo.options import Options
from ygs_admin.demo.ports import LOCALHOST, is_free
from ygs_admin.demo.preparation import prepare, sign_ins
from ygs_admin.demo.processes import Child, end_all_left_over
from ygs_admin.demo.progress import Progress
from ygs_admin.demo.servers import Servers
from ygs_admin.demo.staff import SignIn
from ygs_admin.demo.state import State
from ygs_admin.demo.web_server import wait_until_ready, web_server
from ygs_admin.demo.worker import queue_worker

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WATCH_SECONDS = 0.5
READY_FILE = "demo.json"
PORTS_FILE = "ports.json"


def run(options: Options, progress: Progress) -> None:
    """Run the demo until Ctrl-C or SIGTERM, or until the web server ends by itself, which is a `DemoError`."""
    state = State(options.folder)
    state.open()
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    with ExitStack() as stack:
        stack.enter_context(state.locked())
        try:
            web = _start(options, state, progress, stack)
            _watch(web)
        except KeyboardInterrupt:
            progress.note("Stopping …")
        finally:
            # From here on a second Ctrl-C must not leave half of the servers behind.
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
    progress.note("Stopped. The data is kept; `make demo-reset` deletes it.")


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _start(options: Options, state: State, progress: Progress, stack: ExitStack) -> Child:
    state.forget(READY_FILE)
    end_all_left_over(options.folder / "logs")
    servers = _start_servers(state, progress, stack)
    port = _web_port(options, progress)
    keys = state.secrets()
    static = {"STATIC_ROOT": str(options.folder / "static")}
    prepare(options, state, servers, servers.environment(keys.secret_key) | static, progress)
    environment = servers.serving_environment(keys.secret_key) | static
    url = f"http://{LOCALHOST}:{port}/"
    worker = queue_worker(environment, options.folder / "logs")
    web = web_server(port, environment, options.folder / "logs")
    with progress.step("Web server and the worker of the queue"):
        stack.callback(worker.stop)
        worker.start()
        stack.callback(web.stop)
        web.start()
        wait_until_ready(web, url)
    stack.callback(state.forget, READY_FILE)
    accounts = sign_ins(state)
    state.write(READY_FILE, _ready(url, servers, {"web": web, "worker": worker}, accounts))
    _announce(url, accounts, progress)
    return web


def _start_servers(state: State, progress: Progress, stack: ExitStack) -> Servers:
    wanted = state.read(PORTS_FILE) or {}
    servers = Servers.at(state.folder, state.secrets(), ports=wanted)
    for name, port in servers.ports.items():
        if wanted.get(name, port) != port:
            progress.note(f"Port {wanted[name]} ({name}) is in use; {port} takes its place.")
    state.write(PORTS_FILE, servers.ports)
    with progress.step("PostgreSQL primary and standby, S3 server"):
        stack.callback(servers.stop)
        servers.start()
    return servers


def _web_port(options: Options, progress: Progress) -> int:
    """The port that was asked for, else the next free one."""
    port = options.port
    while not is_free(port):
        port = port + 1 if port < 65535 else 1024  # noqa: PLR2004 - the highest port, the lowest unprivileged one
    if port != options.port:
        progress.note(f"Port {options.port} is in use; {port} takes its place.")
    return port


def _watch(web: Child) -> None:
    """A database that is stopped does not end the demo: how the console bears it is worth seeing."""
    while True:
        web.ensure_running()
        time.sleep(WATCH_SECONDS)


def _ready(url: str, servers: Servers, programs: dict[str, Child], accounts: dict[str, SignIn]) -> dict[str, object]:
    store, cluster = servers.object_store, servers.cluster
    return {
        "url": url,
        "database_url": cluster.primary_url,
        "replica_url": cluster.replica_url,
        "s3": {
            "endpoint": store.endpoint,
            "bucket": store.bucket,
            "region": store.region,
            "access_key": store.access_key,
            "secret_key": store.secret_key,
        },
        "sign_ins": {role: asdict(account) for role, account in accounts.items()},
        "pids": {
            "demo": os.getpid(),
            **{name: program.pid for name, program in programs.items()},
            "primary": cluster.primary.child.pid,
            "standby": cluster.standby.child.pid,
            "s3": store.child.pid,
        },
    }


def _announce(url: str, accounts: dict[str, SignIn], progress: Progress) -> None:
    lines = ["", f"YGS Admin:     {url}", f"Django admin:  {url}admin/", ""]
    lines += [f"{role:<12}{account.email:<26}{account.password}" for role, account in accounts.items()]
    lines += ["", "A sign-in also asks for six digits; `make demo-code ROLE=reviewer` prints those of the moment.", ""]
    for line in [*lines, "Ctrl-C stops everything."]:
        progress.note(line)
