"""What Starlette and FastAPI share: the token of a connection, and the answer to a refused one."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sallyport.claims import Client, User
from sallyport.guard import Guard
from sallyport.refusal import Refused, bearer
from sallyport.requirement import Requirement

CALLER = "sallyport"
GUARD = "sallyport_guard"


async def authenticate(
    connection: HTTPConnection, guard: Guard, needs: Requirement
) -> User | Client:
    """Give who asks, and keep it with the connection. Raises Refused."""
    token = bearer(connection.headers.getlist("Authorization"))
    caller = await guard.verify(token)
    needs.check(caller)
    connection.scope.setdefault("state", {})[CALLER] = caller
    return caller


def guard_of(connection: HTTPConnection) -> Guard:
    """Give the guard that the application was given."""
    guard = connection.scope.get("state", {}).get(GUARD)
    if guard is None and "app" in connection.scope:
        guard = getattr(connection.app.state, GUARD, None)
    if not isinstance(guard, Guard):
        raise TypeError("the application has no guard: call sallyport's protect(app, guard) once")
    return guard


class Answer(Response):
    """The answer to a refused request, or to a web socket that was not accepted yet."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.body, status_code=refused.status, headers=refused.headers)
        self._code = refused.code

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and not _may_answer(scope):
            # The server makes 403 of it before a web socket is accepted; 1008 is RFC 6455 §7.4.1.
            await send({"type": "websocket.close", "code": 1008, "reason": self._code})
            return
        await super().__call__(scope, receive, send)


def _may_answer(scope: Scope) -> bool:
    return "websocket.http.response" in scope.get("extensions", {})
