"""What the async and the threaded guard share: settings, requests, and what a fork undoes."""

from __future__ import annotations

import importlib.metadata
import os
import ssl
import time
import weakref
from typing import Any

import httpx

from sallyport import _feed
from sallyport._clocks import Clocks
from sallyport._core import AnswerError, Config, Core, Policy, Status
from sallyport._door import DEFAULT_CACHE
from sallyport.claims import Client, User

KEYS = "/.well-known/jwks.json"
REVOCATIONS = "/revocations"
INTROSPECT = "/oauth2/introspect"

KEYS_HEADERS = {"Cache-Control": "no-cache"}
"""A cache on the way must ask the server too (RFC 9111 §5.2.1.4): its keys may be gone."""
KEYS_TIMEOUT = 5.0
KEYS_WAIT = 0.5
"""How long a thread waits for another that reads the keys, because of an unknown kid."""
INTROSPECT_TIMEOUT = 2.0
FIRST_WAIT = 2.0
"""How long a request waits for a guard that nobody has started, in seconds."""
MAX_ASKING = 32
"""How many introspections are under way at once."""
MAX_BODY = {KEYS: 256 << 10, REVOCATIONS: _feed.MAX_PAGE, INTROSPECT: 64 << 10}


class BaseGuard:
    """Settings of a guard. Use Guard or SyncGuard."""

    def __init__(
        self,
        issuer: str,
        *,
        audience: str,
        client_id: str,
        client_secret: str,
        when_not_current: Policy = "refuse",
        max_staleness: float = 5.0,
        ready_within: float = 10.0,
        cache_size: int = DEFAULT_CACHE,
        max_revocations: int = _feed.MAX_HELD,
        server_url: str = "",
        allow_http: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Make a guard; it talks to nobody before it is started.

        issuer: the public URL of the server, exactly as in ``iss``.
        audience: the server's SALLYPORT_AUDIENCE (its public URL by default).
        client_id, client_secret: of ``sallyport client create``, for the feed.
        when_not_current: refuse (503), ask (introspection for that request), or allow.
        max_staleness: seconds after which it is not current any more.
        ready_within: seconds that start() waits for keys and the first complete feed.
        cache_size: how many verified tokens are remembered.
        max_revocations: how many are held; with more it is not current.
        server_url: where this program reaches the server, if not at the issuer.
        allow_http: take plain HTTP to another machine.
        tls: a context with the server's certificate authority, if it is your own.
        """
        self._config = Config(
            issuer=issuer,
            audience=audience,
            client_id=client_id,
            client_secret=client_secret,
            when_not_current=when_not_current,
            max_staleness=max_staleness,
            ready_within=ready_within,
            cache_size=cache_size,
            max_revocations=max_revocations,
            server_url=server_url,
            allow_http=allow_http,
        )
        self._tls = tls
        self._core = Core(self._config)
        self._pid = os.getpid()
        _guards.add(self)

    @property
    def issuer(self) -> str:
        """The issuer whose tokens count."""
        return self._config.issuer

    def status(self) -> Status:
        """Say how current it is, for a health check or a metric."""
        return self._core.status()

    def _http(self) -> dict[str, Any]:
        """Give the settings of an HTTP client."""
        secure = self._config.base.lower().startswith("https:")
        return {
            "base_url": self._config.base,
            # Without TLS there is no need to read the system's authorities.
            "verify": self._tls or secure,
            # Without TLS a proxy of HTTP_PROXY would see the client's secret, which httpx sends
            # there even for this machine.
            "trust_env": secure,
            "follow_redirects": False,
            "headers": {"User-Agent": f"sallyport-python/{_version()}"},
        }

    def _page_timeout(self, wait: float) -> float:
        """Give a limit that leaves time for another try before it is not current."""
        return wait + max(0.5, self._config.max_staleness / 2)

    def _forked(self) -> None:
        """Begin anew in a child, which has neither the parent's threads nor its connections."""
        self._pid = os.getpid()
        self._core = Core(self._config, self._core.clocks)


def _version() -> str:
    try:
        return importlib.metadata.version("sallyport")
    except importlib.metadata.PackageNotFoundError:
        return "0"


_guards: weakref.WeakSet[BaseGuard] = weakref.WeakSet()


def _after_fork() -> None:
    for guard in list(_guards):
        guard._forked()  # pyright: ignore[reportPrivateUsage] # noqa: SLF001


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


class Body:
    """Collects the body of an answer, up to a limit and a moment."""

    def __init__(self, path: str, timeout: float) -> None:
        self._limit = MAX_BODY[path]
        self._until = time.monotonic() + timeout
        self._data = bytearray()

    def add(self, chunk: bytes) -> None:
        """Take a piece. Raises AnswerError if it is too much or comes too late."""
        self._data += chunk
        if len(self._data) > self._limit:
            raise AnswerError("an answer is too long")
        if time.monotonic() > self._until:
            raise AnswerError("an answer took too long")

    def bytes(self) -> bytes:
        """Give what came."""
        return bytes(self._data)


def reason(err: Exception) -> str:
    """Say in the log what went wrong with a request, without its address or contents."""
    if isinstance(err, AnswerError):
        return str(err)
    if isinstance(err, (httpx.TimeoutException, TimeoutError)):
        return "the server did not answer in time"
    return f"the server cannot be reached ({type(err).__name__})"


Caller = User | Client

__all__ = ["BaseGuard", "Body", "Caller", "Clocks", "reason"]
