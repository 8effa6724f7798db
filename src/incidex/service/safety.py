"""What every request passes and every answer carries: the name of the host, the size of the body, safe headers."""

import ipaddress
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException

from incidex.errors import IncidexError
from incidex.service.problems import TOO_LARGE, Problem, problem_response, respond
from incidex.service.sessions import SAFE, cookie_name
from incidex.store.accounts import SESSION_HOURS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

# The largest body of a request, in bytes: several reports at once. Each of them has its own limit (`ingest.load`).
LARGEST_BODY = 200_000_000
LOOPBACK_NAMES = frozenset({"localhost"})

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with that, browsers send forms with "Origin: null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# What a reader saw must not be kept by proxies; a browser may keep it, but has to ask whether it is still so.
_PRIVATE = "private, no-cache"


class Safety:
    """The outermost layer of the application."""

    def __init__(self, app: "ASGIApp", *, names: Iterable[str], is_secure: bool) -> None:
        """
        Guard `app`.

        Args:
            app: What answers.
            names: The names of hosts under which the desk is reached; addresses are always taken.
            is_secure: Whether it is reached over TLS.
        """
        self._app = app
        self._names = LOOPBACK_NAMES | {name.lower() for name in names}
        self._is_secure = is_secure

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        status = 0

        async def answer(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(request, MutableHeaders(scope=message))
            await send(message)

        if refusal := self._refusal(request):
            _log.warning("%s %s: %s", request.method, request.url.path, refusal.title)
            await problem_response(refusal, request.url.path)(scope, receive, answer)
            return
        try:
            await self._app(scope, _Limited(receive).receive, answer)
        except Exception as error:
            if status:  # too late to say anything else
                raise
            await respond(request, error)(scope, receive, answer)
        if request.method not in SAFE or status == 403:
            await run_in_threadpool(_note, request, status)

    def _refusal(self, request: Request) -> Problem | None:
        if not _is_known(request.headers.get("host", ""), self._names):
            return Problem(
                "wrong-host",
                421,
                f"The desk is not reached as {request.headers.get('host', '')[:100]!r}.",
                "Use the address that 'incidex serve' printed, or name this one with --public-url.",
            )
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:20]) > LARGEST_BODY:
            return _too_large()
        return None

    def _add_headers(self, request: Request, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        person: Any = getattr(request.state, "person", None)
        headers.setdefault("Cache-Control", "no-store" if person and person.has_account else _PRIVATE)
        if self._is_secure:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if (session := getattr(request.state, "new_session", None)) is not None:
            secure = "; Secure" if self._is_secure else ""
            lasts = SESSION_HOURS * 3600 if session else 0
            value = f"{cookie_name(request)}={session}; Path=/; HttpOnly; SameSite=Lax; Max-Age={lasts}{secure}"
            headers.append("Set-Cookie", value)


class _Limited:
    """The body of a request up to the limit, for bodies that do not say how long they are."""

    def __init__(self, receive: "Receive") -> None:
        self._receive = receive
        self._left = LARGEST_BODY

    async def receive(self) -> "Message":
        """Return the next message. Raises HTTPException if the body has become too large."""
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413, f"{_too_large().title}\n{_too_large().detail}")
        return message


def _too_large() -> Problem:
    return Problem(
        TOO_LARGE,
        413,
        f"A request can have at most {LARGEST_BODY // 1_000_000} MB.",
        "Send fewer reports at once.",
    )


def _is_known(host: str, names: Iterable[str]) -> bool:
    """Return whether a desk may be reached as `host`: no name of somebody else can lead a browser here."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    if name.lower() in names:
        return True
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _note(request: Request, status: int) -> None:
    """Write into the audit log who asked for a change, and what became of it."""
    person: Any = getattr(request.state, "person", None)
    desk = request.app.state.desk if "app" in request.scope else None
    if person is None or desk is None:
        if status in (401, 403, 429):
            _log.warning("%s %s from %s: %d", request.method, request.url.path, request.client, status)
        return
    address = request.client.host if request.client else ""
    try:
        desk.store.accounts.note(person.name, request.method, f"{request.url.path}: {status}", address=address)
    except IncidexError as error:
        _log.error("The audit log could not be written: %s", " ".join(str(error).split()))
