"""Django: a middleware that lets nobody in without a token, and a decorator for views.

    SALLYPORT = {
        "issuer": "https://auth.example.com",
        "audience": "https://api.example.com",
        "client_id": "orders",
        "client_secret": os.environ["SALLYPORT_CLIENT_SECRET"],
        "public": ["/healthz", "/static/*"],  # need no token; people alone get to the others
    }
    MIDDLEWARE = ["sallyport.django.SallyportMiddleware", ...]

SALLYPORT may also be a SyncGuard, as tests want it. The guard starts with the first token, and
asks from threads: views may be async, under WSGI and ASGI.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from sallyport.claims import Client, User
from sallyport.refusal import Forbidden, Refused, bearer
from sallyport.requirement import PEOPLE, Requirement, requirement
from sallyport.sync import SyncGuard

__all__ = ["SallyportMiddleware", "caller_of", "guard", "require", "user_of"]

_ATTRIBUTE = "sallyport"
_lock = threading.Lock()
_made: dict[int, tuple[dict[str, Any], SyncGuard]] = {}


def guard() -> SyncGuard:
    """Give the guard that settings.SALLYPORT describes, one for the process."""
    wanted = _setting()
    if isinstance(wanted, SyncGuard):
        return wanted
    with _lock:
        made = _made.get(id(wanted))
        if made is None:
            words = {name: value for name, value in wanted.items() if name not in _OURS}
            made = (wanted, SyncGuard(**words))
            _made[id(wanted)] = made
        return made[1]


_OURS = ("public", "clients")


def _setting() -> dict[str, Any] | SyncGuard:
    setting: Any = getattr(settings, "SALLYPORT", None)
    if isinstance(setting, dict):
        return cast("dict[str, Any]", setting)
    if isinstance(setting, SyncGuard):
        return setting
    raise TypeError("settings.SALLYPORT is missing")


def _authenticate(request: HttpRequest, needs: Requirement) -> None:
    """Keep with the request who asks. Raises Refused."""
    header = request.headers.get("Authorization")
    caller = guard().verify(bearer([] if header is None else [header]))
    needs.check(caller)
    setattr(request, _ATTRIBUTE, caller)


def _answer(refused: Refused) -> HttpResponse:
    return HttpResponse(refused.body, status=int(refused.status), headers=refused.headers)


Respond = Callable[[HttpRequest], "HttpResponseBase | Awaitable[HttpResponseBase]"]


class SallyportMiddleware:
    """Asks for an access token with every request but those to SALLYPORT["public"].

    A path of public that ends in * stands for all that begin so. Clients that ask for themselves
    pass if SALLYPORT["clients"] is true.
    """

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Respond) -> None:
        self._respond = get_response
        self._async = iscoroutinefunction(get_response)
        if self._async:
            markcoroutinefunction(self)
        setting = _setting()
        words = setting if isinstance(setting, dict) else {}
        paths: list[str] = list(words.get("public", ()))
        self._public = frozenset(path for path in paths if not path.endswith("*"))
        self._prefixes = tuple(path[:-1] for path in paths if path.endswith("*"))
        self._needs = Requirement(clients=bool(words.get("clients")))

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if self._async:
            return self._respond_later(request)
        if not self._is_public(request.path_info):
            try:
                _authenticate(request, self._needs)
            except Refused as refused:
                return _answer(refused)
        return self._respond(request)

    async def _respond_later(self, request: HttpRequest) -> HttpResponseBase:
        if not self._is_public(request.path_info):
            try:
                await asyncio.to_thread(_authenticate, request, self._needs)
            except Refused as refused:
                return _answer(refused)
        return await cast("Awaitable[HttpResponseBase]", self._respond(request))

    def _is_public(self, path: str) -> bool:
        return path in self._public or (bool(self._prefixes) and path.startswith(self._prefixes))

    def process_exception(self, request: HttpRequest, err: Exception) -> HttpResponse | None:
        """Answer what a view refuses by itself, as user_of() does."""
        del request
        return _answer(err) if isinstance(err, Refused) else None


def require(**conditions: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Ask for an access token for one view; the conditions are those of requirement().

    It needs no middleware. With it, it asks for more than the middleware does.
    """
    needs = requirement(**conditions)

    def protect(view: Callable[..., Any]) -> Callable[..., Any]:
        if iscoroutinefunction(view):

            @wraps(view)
            async def protected_later(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
                try:
                    await asyncio.to_thread(_authenticate, request, needs)
                    return await view(request, *args, **kwargs)
                except Refused as refused:
                    return _answer(refused)

            return protected_later

        @wraps(view)
        def protected(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                _authenticate(request, needs)
                return view(request, *args, **kwargs)
            except Refused as refused:
                return _answer(refused)

        return protected

    return protect


def caller_of(request: HttpRequest) -> User | Client:
    """Give who asks: a user, or a client for itself."""
    caller = getattr(request, _ATTRIBUTE, None)
    if not isinstance(caller, (User, Client)):
        raise TypeError(
            "no token was asked for: the path is public, and the view has no @require()"
        )
    return caller


def user_of(request: HttpRequest) -> User:
    """Give the user whose request it is. A client that asks for itself is refused."""
    caller = caller_of(request)
    if not isinstance(caller, User):
        raise Forbidden(PEOPLE)
    return caller
