import socket

from ygs_admin.demo.ports import LOCALHOST, SERVER_PORTS, choose_port, choose_ports, is_free


def test_port_with_a_listener_is_not_free_and_afterwards_is() -> None:
    with socket.socket() as listener:
        listener.bind((LOCALHOST, 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert not is_free(port)
        assert choose_port(port, taken=()) != port
    assert choose_port(port, taken=()) == port


def test_wanted_ports_are_kept_and_no_two_names_share_one() -> None:
    wanted = SERVER_PORTS.start + 1
    ports = choose_ports({"one": wanted, "two": wanted}, ["one", "two", "three"], fits=lambda _port: True)
    assert ports["one"] == wanted
    assert len(set(ports.values())) == 3
