"""Keeps the suite on this machine: a connection or a name look-up beyond it is an error."""

import ipaddress
import sys
from typing import Any

_LOCAL_NAMES = {"localhost", "", None}


class LeftTheMachineError(RuntimeError):
    """A test tried to reach another machine."""


def _is_local(host: Any) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # anything else is a Unix socket
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        raise LeftTheMachineError(f"A test may not leave the machine: {event} {host!r}")


def refuse_the_network() -> None:
    """Refuse, from now on and in this process, what does not stay on the loopback addresses."""
    sys.addaudithook(_watch)
