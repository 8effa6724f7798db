"""Puts the application together: pages, REST and TAXII on one desk, behind the checks that all of them share."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.metadata import version
from urllib.parse import urlsplit

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI

from incidex.service import login, operations
from incidex.service.accounts import reader
from incidex.service.desk import Desk
from incidex.service.pages import rendering
from incidex.service.pages import routes as pages
from incidex.service.problems import handle_problems
from incidex.service.rest import routes as rest
from incidex.service.safety import Safety
from incidex.service.sessions import check_origin
from incidex.service.taxii import routes as taxii

# Each request that is worked on has a connection to the database, of which there are 15 (`store.database`).
_THREADS = 12


def create_app(
    desk: Desk, *, names: Iterable[str] = (), public_url: str | None = None, needs_accounts: bool = False
) -> FastAPI:
    """
    Return the application that serves `desk`, which the caller closes.

    Args:
        desk: The store, the reader and the model.
        names: Names of this machine under which it may be reached, besides "localhost" and all addresses.
        public_url: The address under which a reverse proxy passes requests on.
        needs_accounts: Whether people have to log in even if there are no accounts, so that nobody can.
    """
    public = urlsplit(public_url or "")
    app = FastAPI(
        title="Incidex",
        version=version("incidex"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        dependencies=[Depends(check_origin)],
        lifespan=_lifespan,
    )
    app.state.desk = desk
    app.state.needs_accounts = needs_accounts
    app.state.is_secure = public.scheme == "https"
    app.state.public_netloc = public.netloc.lower()
    app.state.attempts = login.Attempts()
    app.state.problem_page = rendering.problem_page
    app.state.login_page = rendering.login_page
    handle_problems(app)
    known = [*names, *([public.hostname] if public.hostname else [])]
    app.add_middleware(Safety, names=known, is_secure=app.state.is_secure)
    app.include_router(login.router())
    app.include_router(operations.router())
    readers = [Depends(reader)]
    app.include_router(rest.router(), prefix="/api", dependencies=readers)
    app.include_router(taxii.router(), prefix="/taxii2", dependencies=readers)
    app.include_router(pages.router())  # with the checks in place, as style sheets need no log-in
    return app


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = _THREADS
    yield
