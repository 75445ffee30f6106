"""Flask: a decorator for views.

app = Flask(__name__)
protect(app, SyncGuard("https://auth.example.com", audience=..., client_id=..., client_secret=...))

@app.get("/orders")
@require(role="staff")
def orders():
    return {"orders_of": current_user().id}
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from sallyport.claims import Client, User
from sallyport.refusal import Forbidden, Refused, bearer
from sallyport.requirement import PEOPLE, requirement
from sallyport.sync import SyncGuard

__all__ = ["current_caller", "current_user", "protect", "require"]

_NAME = "sallyport"


def protect(app: Flask, guard: SyncGuard) -> None:
    """Give an application its guard, which starts with the first token.

    Views are protected one by one, by @require().
    """
    app.extensions[_NAME] = guard
    app.register_error_handler(Refused, _answer)


def _answer(refused: Refused) -> Response:
    return Response(refused.body, status=int(refused.status), headers=refused.headers)


P = ParamSpec("P")


def require(
    **conditions: Any,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Ask for an access token; the conditions are those of requirement().

    Put it below the route: the decorator that stands nearest to the view comes first.
    """
    needs = requirement(**conditions)

    def protecting(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def protected(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            guard = current_app.extensions.get(_NAME)
            if not isinstance(guard, SyncGuard):
                raise TypeError(
                    "the application has no guard: call sallyport's protect(app, guard) once"
                )
            caller = guard.verify(bearer(request.headers.getlist("Authorization")))
            needs.check(caller)
            g.sallyport = caller
            answer: ResponseReturnValue = current_app.ensure_sync(view)(*args, **kwargs)
            return answer

        return protected

    return protecting


def current_caller() -> User | Client:
    """Give who asks, in a view with @require(): a user, or a client for itself."""
    caller = g.get(_NAME)
    if not isinstance(caller, (User, Client)):
        raise TypeError("no token was asked for: the view has no @require()")
    return caller


def current_user() -> User:
    """Give the user whose request it is. A client that asks for itself is refused."""
    caller = current_caller()
    if not isinstance(caller, User):
        raise Forbidden(PEOPLE)
    return caller
