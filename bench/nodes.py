"""Servers of a benchmark's own, in a temporary folder."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from ygs_admin.demo import placement
from ygs_admin.demo.cluster import DISPOSABLE
from ygs_admin.demo.servers import Secrets, Servers


def start_nodes(stack: ExitStack) -> tuple[Path, Secrets, Servers]:
    """Start a primary and its standby, until the stack ends; return their folder, the keys to them, and them."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ygs-bench-")))
    folder.chmod(0o711)
    stack.callback(placement.remove, folder / "postgres")
    keys = Secrets.generate()
    servers = Servers.at(folder, keys, conditions=DISPOSABLE)
    stack.callback(servers.cluster.stop)
    servers.cluster.start()
    return folder, keys, servers


def start_django(environment: dict[str, str]) -> None:
    """Set Django up in this environment, and make the schema."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "ygs_admin.settings"} | environment
    import django  # noqa: PLC0415 - reads the environment that has just been set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
