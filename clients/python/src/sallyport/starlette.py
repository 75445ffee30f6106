"""Starlette, and any other ASGI application: a middleware that lets nobody in without a token."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sallyport import _asgi
from sallyport._core import StartError
from sallyport.claims import Client, User
from sallyport.guard import Guard
from sallyport.refusal import Forbidden, Refused
from sallyport.requirement import PEOPLE, Requirement, requirement

__all__ = ["SallyportMiddleware", "caller_of", "require", "user_of"]


class SallyportMiddleware:
    """Asks for an access token with every request and web socket.

    guard: lives as long as the application does, by its lifespan.
    public: paths that need no token; one that ends in * stands for all that begin so.
    needs: conditions for all others, made by requirement(); people alone unless it says clients.
    """

    def __init__(
        self,
        app: ASGIApp,
        guard: Guard,
        *,
        public: Iterable[str] = (),
        needs: Requirement | None = None,
    ) -> None:
        self._app = app
        self._guard = guard
        paths = list(public)
        self._public = frozenset(path for path in paths if not path.endswith("*"))
        self._prefixes = tuple(path[:-1] for path in paths if path.endswith("*"))
        self._needs = needs or Requirement()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})[_asgi.GUARD] = self._guard
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if not self._is_public(scope["path"]):
                await _asgi.authenticate(HTTPConnection(scope), self._guard, self._needs)
            await self._app(scope, receive, noting)
        except Refused as refused:
            if begun:
                raise
            await _asgi.Answer(refused)(scope, receive, send)

    def _is_public(self, path: str) -> bool:
        return path in self._public or (bool(self._prefixes) and path.startswith(self._prefixes))

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start the guard before the application, and stop it after."""

        async def receiving() -> Message:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._guard.start()
            return message

        async def sending(message: Message) -> None:
            if message["type"] in ("lifespan.shutdown.complete", "lifespan.shutdown.failed"):
                await self._guard.stop()
            await send(message)

        try:
            await self._app(scope, receiving, sending)
        except StartError as err:
            await send({"type": "lifespan.startup.failed", "message": str(err)})
            raise


def caller_of(connection: HTTPConnection) -> User | Client:
    """Give who asks: a user, or a client for itself."""
    caller = connection.scope.get("state", {}).get(_asgi.CALLER)
    if not isinstance(caller, (User, Client)):
        raise TypeError("no token was asked for: the path is public")
    return caller


def user_of(connection: HTTPConnection) -> User:
    """Give the user whose request it is. A client that asks for itself is refused."""
    caller = caller_of(connection)
    if not isinstance(caller, User):
        raise Forbidden(PEOPLE)
    return caller


R = TypeVar("R", bound=Response)


def require(
    **conditions: Any,
) -> Callable[[Callable[[Request], Awaitable[R]]], Callable[[Request], Awaitable[R]]]:
    """Ask more of the caller of one endpoint; the conditions are those of requirement().

    It works on public paths as well, where the middleware asks for nothing.
    """
    needs = requirement(**conditions)

    def protect(endpoint: Callable[[Request], Awaitable[R]]) -> Callable[[Request], Awaitable[R]]:
        @wraps(endpoint)
        async def protected(request: Request) -> R:
            await _asgi.authenticate(request, _asgi.guard_of(request), needs)
            return await endpoint(request)

        return protected

    return protect
