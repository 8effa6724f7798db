"""The session of a browser: its cookie, and the token that shows that a request comes from one of our own pages."""

import hmac
import secrets
from hashlib import sha256
from urllib.parse import urlsplit

from fastapi import Request

from incidex.service.problems import FORBIDDEN, Refusal

CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# A session has 43 characters; whoever sends more is not one of our pages.
_LONGEST = 100
_NO_TOKEN = (
    "This request does not come from a page of the desk, or the page is too old.\n"
    "Load the page again and repeat it. What you typed is still there if you go back."
)


def cookie_name(request: Request) -> str:
    """Return the name of the cookie; browsers share cookies between all ports of a machine, so it has the port."""
    if request.app.state.is_secure:
        return "__Host-incidex"  # browsers take such a name only with Secure, and from this very host
    return f"incidex-{(request.scope.get('server') or ('', 0))[1]}"


def session_of(request: Request) -> str:
    """Return the session that the browser sent; empty if none."""
    value = request.cookies.get(cookie_name(request), "")
    return value if len(value) <= _LONGEST else ""


def begin_session(request: Request, session: str | None = None) -> str:
    """Let the answer to `request` give the browser a session: a new one, or `session`; "" takes its session away."""
    made = secrets.token_urlsafe(32) if session is None else session
    request.state.new_session = made
    return made


def csrf_token(request: Request) -> str:
    """
    Return what forms send as `csrf`, and scripts as the header `X-CSRF-Token`.

    It is made from the session, which no other site can read. A browser without a session gets one with the answer.
    """
    session = getattr(request.state, "new_session", None) or session_of(request) or begin_session(request)
    return _token(session)


async def check_origin(request: Request) -> None:
    """
    Refuse a request that changes something if it comes from a page of somebody else: a dependency of all routes.

    Browsers say where a request comes from; it has to be this desk, and the page has to know the token of the session.
    A program says nothing of the kind: it sends a token of its own, or is on the same machine.
    """
    if request.method in SAFE or request.headers.get("authorization", "").lower().startswith("bearer "):
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    session = session_of(request)
    if not (site or origin or request.headers.get("cookie")):
        return
    is_foreign = site not in (None, "same-origin", "none") or (origin is not None and not _is_ours(request, origin))
    given = "" if is_foreign or not session else await _given(request)
    if not session or not given or not hmac.compare_digest(given.encode(), _token(session).encode()):
        raise Refusal(FORBIDDEN, 403, _NO_TOKEN)


async def _given(request: Request) -> str:
    """Return the token that came with a request, in a header or in a form."""
    header = request.headers.get(CSRF_HEADER)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if header is not None or kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return header or ""
    value = (await request.form()).get(CSRF_FIELD)
    return value if isinstance(value, str) else ""


def _is_ours(request: Request, origin: str) -> bool:
    """Return whether an origin is that under which the browser reached us, or under which a proxy passes it on."""
    try:
        netloc = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    return netloc != "" and netloc in (request.headers.get("host", "").lower(), request.app.state.public_netloc)


def _token(session: str) -> str:
    return hmac.new(session.encode("utf-8", "surrogatepass"), b"csrf", sha256).hexdigest()
