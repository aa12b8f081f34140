"""Tests stay on this machine."""

import socket

import pytest

FAR_ADDRESS = "192.0.2.1"  # reserved for documentation: nobody is there
REFUSED = "Tests stay on this machine"


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as far, pytest.raises(RuntimeError, match=REFUSED):
        far.connect((FAR_ADDRESS, 80))


def test_a_datagram_to_another_machine_is_refused():
    with socket.socket(type=socket.SOCK_DGRAM) as far, pytest.raises(RuntimeError, match=REFUSED):
        far.sendto(b"", (FAR_ADDRESS, 80))


@pytest.mark.parametrize("look_up", [lambda name: socket.getaddrinfo(name, 80), socket.gethostbyname])
def test_looking_up_a_name_is_refused(look_up):
    with pytest.raises(RuntimeError, match=REFUSED):
        look_up("practice.example")


def test_the_loopback_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
