"""The suite itself stays on this machine."""

import socket

import pytest

from tests.network import LeftTheMachineError


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_a_test_cannot_reach_another_machine(host):
    with pytest.raises(LeftTheMachineError):
        socket.create_connection((host, 80), timeout=1)


def test_a_test_can_reach_its_own_server():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
