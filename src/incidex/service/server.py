"""Runs the application with uvicorn on an address that is checked first."""

import ipaddress
import signal
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from incidex.errors import InputError
from incidex.service.app import create_app
from incidex.service.desk import Desk

if TYPE_CHECKING:
    import uvicorn

# Open streams of events do not end by themselves when the desk is stopped.
_PATIENCE = 2


def serve(
    desk: Desk,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    public_url: str | None = None,
    proxy: str = "127.0.0.1",
    ready: Callable[[str], None],
) -> None:
    """
    Serve `desk` until the process is interrupted.

    Args:
        desk: Closed by the caller.
        host: The address, or the name of it, to listen on.
        port: The port to listen on; 0 for any that is free.
        public_url: The address under which a reverse proxy passes requests on.
        proxy: The address of that proxy, whose word about where requests come from is taken.
        ready: Called with the address of the desk once it answers.

    Raises:
        InputError: It must not be served there without accounts, or cannot be.
    """
    import uvicorn

    listening = _listen(host, port)
    try:
        address, taken = listening.getsockname()[:2]
        is_open = not ipaddress.ip_address(address.partition("%")[0]).is_loopback or public_url is not None
        if is_open and not desk.store.accounts.any():
            raise InputError(_no_accounts(host if public_url is None else str(public_url)))
        names = (socket.gethostname(), socket.getfqdn()) if is_open else ()
        app = create_app(desk, names=names, public_url=public_url, needs_accounts=is_open)
        settings = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=public_url is not None,
            forwarded_allow_ips=proxy,
            timeout_graceful_shutdown=_PATIENCE,
        )
        server = uvicorn.Server(settings)
        ready(public_url or f"http://{_shown(host, address)}:{taken}")
        desk.warm()
        _run_until_stopped(server, listening)
    finally:
        listening.close()


def check_public_url(url: str) -> str:
    """Return the address of a reverse proxy without its path. Raises InputError if it is none."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username and parts.port != 0
    except ValueError:
        usable, parts = None, urlsplit("")
    if not usable or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise InputError(f"{url} is not the address of a desk.\nGive it as https://desk.example, without a path.")
    return f"{parts.scheme}://{parts.netloc}"


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises InputError if that is impossible."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InputError(f"{host} is not an address of this machine: {error.strerror}.\nCheck --host.") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise InputError(
            f"The desk cannot listen on {host}, port {port}: {error.strerror}.\n"
            "Choose another port with --port, or stop the program that uses this one."
        ) from error
    return listening


def _run_until_stopped(server: "uvicorn.Server", listening: socket.socket) -> None:
    """Run until SIGINT or SIGTERM, which uvicorn sends once more when it has finished what it was answering."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)


def _no_accounts(where: str) -> str:
    return (
        f"The desk is not served at {where} without accounts: anybody there could read and change everything.\n"
        "Make one with 'incidex account add NAME --role admin', or leave out --host and --public-url."
    )


def _shown(host: str, address: str) -> str:
    """Return the host for a URL: as it was given, IPv6 addresses in brackets."""
    shown = address if host == "" else host
    return f"[{shown}]" if ":" in shown else shown
