"""Logging in and out: with a password once, then with the cookie of a session."""

import html
import time
from collections.abc import Callable
from threading import BoundedSemaphore, Lock
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from incidex.service.desk import Desk, desk_of
from incidex.service.problems import TOO_MANY, Refusal
from incidex.service.sessions import begin_session, csrf_token, session_of

# So many attempts that fail within so many seconds are too many, for one account and from one address.
_WINDOW = 900.0
_MOST_FOR_NAME, _MOST_FROM_ADDRESS = 10, 30
_MOST_KEYS = 20_000
# Checking a password takes 64 MB for a tenth of a second.
_AT_ONCE = 2

# Shows the form to log in: the request, where to go afterwards, and what was wrong before.
LoginPage = Callable[[Request, str, str], Response]


class Attempts:
    """
    Counts attempts to log in that failed, in memory. Thread-safe.

    Attributes:
        checking: Held while a password is checked.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Count with `clock`, in seconds."""
        self._clock = clock
        self._lock = Lock()
        self._times: dict[tuple[str, str], list[float]] = {}
        self.checking = BoundedSemaphore(_AT_ONCE)

    def begin(self, name: str, address: str) -> None:
        """
        Count an attempt as failed until `succeeded` is called: many at once are no way around the limit.

        Raises:
            Refusal: There were too many.
        """
        now = self._clock()
        with self._lock:
            for key, most in ((("name", name), _MOST_FOR_NAME), (("address", address), _MOST_FROM_ADDRESS)):
                times = [each for each in self._times.get(key, ()) if each > now - _WINDOW]
                if len(times) >= most:
                    raise _too_many(int(times[0] + _WINDOW - now) + 1)
            if len(self._times) >= _MOST_KEYS:
                self._forget(now)
            for key in (("name", name), ("address", address)):
                self._times.setdefault(key, []).append(now)
                self._times[key] = self._times[key][-_MOST_FROM_ADDRESS:]

    def succeeded(self, name: str, address: str) -> None:
        """Take the last attempt back."""
        with self._lock:
            self._times.pop(("name", name), None)
            if times := self._times.get(("address", address)):
                times.pop()

    def _forget(self, now: float) -> None:
        self._times = {key: times for key, times in self._times.items() if times and times[-1] > now - _WINDOW}


def router() -> APIRouter:
    """Return the routes, which need no log-in."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/login")
    def show(request: Request, desk: Annotated[Desk, Depends(desk_of)], next: str = "/") -> Response:
        if not desk.store.accounts.any():
            return RedirectResponse("/", 303)
        return _page(request, next, "")

    @routes.post("/login")
    def log_in(
        request: Request,
        desk: Annotated[Desk, Depends(desk_of)],
        name: Annotated[str, Form(max_length=100)],
        password: Annotated[str, Form(max_length=1000)],
        next: Annotated[str, Form(max_length=2000)] = "/",
    ) -> Response:
        address = request.client.host if request.client else ""
        attempts: Attempts = request.app.state.attempts
        attempts.begin(name, address)
        accounts = desk.store.accounts
        with attempts.checking:
            found = accounts.log_in(name, password, before=session_of(request))
        accounts.note(name, "log in", "done" if found else "failed", address=address)
        if found is None:
            return _page(request, next, "The name or the password is wrong.")
        attempts.succeeded(name, address)
        begin_session(request, found[0])
        return RedirectResponse(_safe(next), 303)

    @routes.post("/logout")
    def log_out(request: Request, desk: Annotated[Desk, Depends(desk_of)]) -> Response:
        accounts, session = desk.store.accounts, session_of(request)
        if account := accounts.holder(session, is_token=False):
            accounts.log_out(session)
            accounts.note(account.name, "log out", address=request.client.host if request.client else "")
        begin_session(request, "")
        return RedirectResponse("/login", 303, headers={"Clear-Site-Data": '"cache"'})

    return routes


def plain_page(request: Request, next: str, message: str) -> Response:
    """Return a page with the form to log in, and no more."""
    said = f'<p role="alert">{html.escape(message)}</p>' if message else ""
    hidden = {"csrf": csrf_token(request), "next": next}
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in hidden.items()
    )
    content = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Log in - Incidex</title>'
        f'<main><h1>Incidex</h1>{said}<form method="post" action="/login">{fields}'
        '<p><label>Name <input name="name" autocomplete="username" required autofocus></label></p>'
        '<p><label>Password <input name="password" type="password" autocomplete="current-password" required>'
        "</label></p>"
        "<p><button>Log in</button></p></form></main></html>"
    )
    return HTMLResponse(content)


def _page(request: Request, next: str, message: str) -> Response:
    show: LoginPage = request.app.state.login_page
    response = show(request, _safe(next), message)
    response.status_code = 401 if message else 200
    response.headers["Cache-Control"] = "no-store"
    return response


def _safe(next: str) -> str:
    """Return a path of the desk: nobody is led elsewhere after logging in."""
    is_path = next.startswith("/") and not next.startswith(("//", "/\\")) and next.isprintable()
    return next if is_path and "\\" not in next else "/"


def _too_many(seconds: int) -> Refusal:
    return Refusal(
        TOO_MANY,
        429,
        "There were too many attempts to log in.\n"
        f"Try again in {max(1, seconds // 60)} minutes. Whoever is logged in already can go on.",
        headers={"Retry-After": str(seconds)},
    )
