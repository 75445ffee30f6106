"""Guards that ask an issuer in process: without tasks, threads and waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sallyport._core import AnswerError, Core, StartError
from sallyport._errors import UnknownKeyError
from sallyport.claims import Client, User
from sallyport.guard import Guard
from sallyport.sync import SyncGuard

if TYPE_CHECKING:
    from sallyport.testing.issuer import Issuer

_MOST_PAGES = 1000


def _settings(issuer: Issuer, settings: dict[str, Any]) -> dict[str, Any]:
    return {**issuer.credentials, **settings}


def _catch_up(core: Core, issuer: Issuer) -> None:
    """Follow the feed to its head, as the follower of a guard would have done by now."""
    if issuer.stale:
        core.revocations.lose()
        return
    for _ in range(_MOST_PAGES):
        if core.keys_due_in() == 0 or core.keys_wanted:
            _read_keys(core, issuer)
        ask = core.ask()
        try:
            if core.take_page(ask, *issuer.page({**ask.query(), "wait": "0"})):
                return
        except UnknownKeyError:
            _read_keys(core, issuer)
        except AnswerError as err:
            core.last_failure = str(err)


def _read_keys(core: Core, issuer: Issuer) -> None:
    now = core.clocks.now()
    core.keys.trying(now)
    core.take_keys(200, "public, max-age=300", issuer.jwks(), now)


class IssuerGuard(Guard):
    """A Guard that knows what its issuer has done before it looks at a token."""

    def __init__(self, issuer: Issuer, **settings: Any) -> None:
        super().__init__(issuer.url, **_settings(issuer, settings))
        self._issuer = issuer
        self._core = Core(self._config, issuer.clocks)

    async def start(self) -> None:
        await self._ensure()
        if not self._core.current():
            raise StartError(f"{self.issuer} is not ready: it is stale")

    async def stop(self) -> None:
        self._core.revocations.lose()

    async def _ensure(self) -> None:
        _catch_up(self._core, self._issuer)

    async def _read_keys_for_kid(self) -> None:
        _read_keys(self._core, self._issuer)

    async def _introspect(self, caller: User | Client, token: str) -> None:
        self._core.introspected(caller, *self._issuer.introspect(token))


class IssuerSyncGuard(SyncGuard):
    """A SyncGuard that knows what its issuer has done before it looks at a token."""

    def __init__(self, issuer: Issuer, **settings: Any) -> None:
        super().__init__(issuer.url, **_settings(issuer, settings))
        self._issuer = issuer
        self._core = Core(self._config, issuer.clocks)

    def start(self) -> None:
        self._ensure()
        if not self._core.current():
            raise StartError(f"{self.issuer} is not ready: it is stale")

    def stop(self) -> None:
        self._core.revocations.lose()

    def _ensure(self) -> None:
        _catch_up(self._core, self._issuer)

    def _read_keys(self, *, for_kid: bool = False) -> bool:
        del for_kid
        _read_keys(self._core, self._issuer)
        return True

    def _introspect(self, caller: User | Client, token: str) -> None:
        self._core.introspected(caller, *self._issuer.introspect(token))
