"""Free TCP ports on 127.0.0.1."""

import random
import socket
from collections.abc import Callable, Collection

LOCALHOST = "127.0.0.1"
# Below the range from which Linux takes the ports of outgoing connections, so that none of those sits on ours.
SERVER_PORTS = range(20000, 32000)
ATTEMPTS = 2000


def is_free(port: int) -> bool:
    """Whether a server could listen there now; another one may still take it before ours does."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCALHOST, port))
        except OSError:
            return False
    return True


def choose_port(wanted: int | None, taken: Collection[int], fits: Callable[[int], bool] = is_free) -> int:
    """`wanted` where it fits and is not `taken`, else a random port of ours that does."""
    candidates = random.sample(SERVER_PORTS, ATTEMPTS)
    for port in [wanted, *candidates]:
        if port is not None and port not in taken and fits(port):
            return port
    raise OSError(f"No free port among {ATTEMPTS} tried between {SERVER_PORTS.start} and {SERVER_PORTS.stop}.")


def choose_ports(wanted: dict[str, int], names: list[str], *, fits: Callable[[int], bool] = is_free) -> dict[str, int]:
    """A distinct free port for each of the names, the wanted one where it still is free."""
    chosen: dict[str, int] = {}
    for name in names:
        chosen[name] = choose_port(wanted.get(name), chosen.values(), fits)
    return chosen
