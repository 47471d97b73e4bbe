"""Runs the review page on this machine."""

import ipaddress
import logging
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass

from catnlp.address import Where
from catnlp.errors import UsageError


@dataclass(frozen=True, slots=True)
class Address:
    """Where the page is served."""

    host: str
    port: int  # 0: any that is free

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def written(self) -> str:
        """The host as it stands in an address."""
        return f"[{self.host}]" if ":" in self.host else self.host


def serve(store: Where, reviewer: str, address: Address, ready: Callable[[str], None]) -> None:
    """Serves until it is stopped; `ready` gets the address to open, with its key."""
    try:
        from werkzeug.serving import make_server

        from catnlp.review.web.app import make_app
        from catnlp.review.web.guard import Guard
    except ImportError as error:
        raise UsageError("the review page needs Flask: pip install 'catnlp[review]'") from error
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it would log the key
    port = _free(address)
    names = {address.written, *(("localhost", "127.0.0.1") if address.is_loopback else ())}
    guard = Guard(secrets.token_urlsafe(32), {f"{name}:{port}" for name in names})
    app = make_app(store, reviewer=reviewer, guard=guard)
    with make_server(address.host, port, app, threaded=True) as server:
        ready(f"http://{address.written}:{port}/?token={guard.token}")
        server.serve_forever()


def _free(address: Address) -> int:
    """The port, if it can be had; the web server itself would end the process."""
    try:
        if address.host and ipaddress.ip_address(address.host).is_unspecified:
            raise UsageError(
                f"{address.host} is every address; name the one that reviewers will open"
            )
    except ValueError:
        pass  # a name
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise UsageError(
                f"{address.host}:{address.port} cannot be had ({error}); give another --port"
            ) from error
        return int(probe.getsockname()[1])
