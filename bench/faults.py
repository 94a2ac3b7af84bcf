"""`python -m bench.faults --sessions 50 --cycles 10000`: staff at work while database nodes fail.

Starts a primary, its standby and the console under gunicorn on 127.0.0.1, signs sessions in, and lets three fifths of
them edit members and read each edit back on the next page, the others list and read, while replay is paused (for
`--cycles` edits), the standby is killed and restarted, hangs, is cut off, and the primary is killed and the standby
promoted, at first without and then with synchronous commits. Prints a table of what they saw, and what looking for
one's own writes costs a request. Each scene is given up after `--seconds`.
"""

import argparse
from contextlib import ExitStack
from pathlib import Path

from ygs_admin.demo.catalogues import compile_catalogues
from ygs_admin.demo.cluster import CONSOLE, Cluster
from ygs_admin.demo.ports import LOCALHOST, choose_port
from ygs_admin.demo.servers import Secrets, Servers
from ygs_admin.demo.web_server import wait_until_ready, web_server

from .members import fill
from .nodes import start_django, start_nodes


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--cycles", type=int, default=10_000)
    parser.add_argument("--members", type=int, default=5_000)
    parser.add_argument("--seconds", type=float, default=3_600, help="for a scene, at most")
    options = parser.parse_args()
    with ExitStack() as stack:
        cluster, port = _start(stack, options.members)
        # Models are not loaded before Django is set up.
        from .causality import costs  # noqa: PLC0415
        from .fault_report import print_costs, print_scenes  # noqa: PLC0415
        from .scenes import Scenes  # noqa: PLC0415

        measured = list(costs())
        scenes = Scenes(cluster, port, options.sessions, options.cycles, options.seconds)
        stack.callback(scenes.end)
        scenes.play()
        print_scenes(scenes)
        print_costs(measured, scenes)


def _start(stack: ExitStack, members: int) -> tuple[Cluster, int]:
    """Start everything with so many members in it; return the nodes, and the port of the console."""
    folder, keys, servers = start_nodes(stack)
    environment = _prepare(servers, keys, folder, members)
    port = choose_port(None, servers.ports.values())
    web = web_server(port, environment, folder / "logs")
    stack.callback(web.stop)
    web.start()
    wait_until_ready(web, f"http://{LOCALHOST}:{port}/healthz")
    return servers.cluster, port


def _prepare(servers: Servers, keys: Secrets, folder: Path, members: int) -> dict[str, str]:
    """Make the schema and the members; return the environment of the console."""
    cluster = servers.cluster
    own = {
        "STATIC_ROOT": str(folder / "static"),
        "ACCESS_SPOOL": str(folder / "spool"),
        "EXPOSE_DATABASE_ALIAS": "1",
        # Its thousands of lines would be of one kind.
        "LOG_LEVEL": "CRITICAL",
    }
    compile_catalogues()
    primary, standby = cluster.primary_url, cluster.replica_url
    start_django(servers.environment(keys.secret_key) | own | _several(primary, standby))
    from django.core.management import call_command  # noqa: PLC0415 - Django has just been set up

    call_command("grant_console_role", CONSOLE, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill(members)
    cluster.wait_until_caught_up()
    return servers.serving_environment(keys.secret_key) | own | _several(*cluster.serving_urls)


def _several(primary: str, standby: str) -> dict[str, str]:
    """Return the addresses of both nodes for either: libpq finds the one that is the primary, or the standby, now."""
    before, _, after = primary.rpartition("/")
    both = f"{before},{standby.rpartition('@')[2].partition('/')[0]}/{after}"
    return {"DATABASE_URL": both, "DATABASE_REPLICA_URLS": f"{both}?target_session_attrs=standby"}


if __name__ == "__main__":
    main()
