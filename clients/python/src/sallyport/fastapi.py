"""FastAPI: the caller as a dependency.

app = FastAPI()
protect(app, Guard("https://auth.example.com", audience=..., client_id=..., client_secret=...))

@app.get("/orders")
async def orders(user: User = Depends(current_user)): ...
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Literal, overload

from fastapi import FastAPI, Security, WebSocket
from fastapi.openapi.models import HTTPBearer as HTTPBearerModel
from fastapi.security.base import SecurityBase
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from sallyport import _asgi
from sallyport.claims import Client, User
from sallyport.guard import Guard
from sallyport.refusal import Forbidden, Refused
from sallyport.requirement import PEOPLE, Requirement, requirement

__all__ = ["current_caller", "current_client", "current_user", "protect", "require"]


def protect(app: FastAPI, guard: Guard) -> None:
    """Give an application its guard, which lives as long as the application does.

    Routes are protected one by one, by Depends(current_user) and its like; a router or the whole
    application by its dependencies.
    """
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncGenerator[Mapping[str, Any], None]:
        async with guard, inner(app) as state:
            yield {**(state or {}), _asgi.GUARD: guard}

    app.router.lifespan_context = lifespan
    setattr(app.state, _asgi.GUARD, guard)
    app.add_exception_handler(Refused, _refused)


async def _refused(connection: Request | WebSocket, err: Exception) -> Response:
    del connection
    if not isinstance(err, Refused):
        raise err
    return _asgi.Answer(err)


class _Scheme(SecurityBase):
    """Describes the access token in the application's OpenAPI; the guard looks at it."""

    def __init__(self) -> None:
        self.model = HTTPBearerModel(
            bearerFormat="at+jwt", description="An access token of the authorization server."
        )
        self.scheme_name = "Sallyport"

    async def __call__(self) -> None:
        return None


_scheme = _Scheme()
_anybody = Requirement(clients=True)
_people = Requirement()


async def current_user(connection: HTTPConnection, _: None = Security(_scheme)) -> User:
    """Give the user whose request it is. A client that asks for itself is refused."""
    return _user(await _asgi.authenticate(connection, _asgi.guard_of(connection), _people))


async def current_client(connection: HTTPConnection, _: None = Security(_scheme)) -> Client:
    """Give the client that asks for itself. A user is refused."""
    caller = await _asgi.authenticate(connection, _asgi.guard_of(connection), _anybody)
    if not isinstance(caller, Client):
        raise Forbidden("Only a client may do this.")
    return caller


async def current_caller(connection: HTTPConnection, _: None = Security(_scheme)) -> User | Client:
    """Give who asks: a user, or a client for itself."""
    return await _asgi.authenticate(connection, _asgi.guard_of(connection), _anybody)


def _user(caller: User | Client) -> User:
    if not isinstance(caller, User):
        raise Forbidden(PEOPLE)
    return caller


@overload
def require(
    *,
    role: str | Iterable[str] = (),
    any_role: Iterable[str] = (),
    scope: str | Iterable[str] = (),
    max_age: int | timedelta | None = None,
    mfa: bool = False,
    clients: Literal[False] = False,
) -> Callable[..., Awaitable[User]]: ...


@overload
def require(
    *,
    role: str | Iterable[str] = (),
    any_role: Iterable[str] = (),
    scope: str | Iterable[str] = (),
    max_age: int | timedelta | None = None,
    mfa: bool = False,
    clients: Literal[True],
) -> Callable[..., Awaitable[User | Client]]: ...


def require(**conditions: Any) -> Callable[..., Awaitable[User | Client]]:
    """Give a dependency: the caller, if all conditions are met; they are those of requirement()."""
    needs = requirement(**conditions)

    async def required(
        connection: HTTPConnection, _: None = Security(_scheme, scopes=needs.scopes)
    ) -> User | Client:
        return await _asgi.authenticate(connection, _asgi.guard_of(connection), needs)

    return required
