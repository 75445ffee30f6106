"""The guard of an async program."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import Any

import httpx

from sallyport import _base
from sallyport._core import AnswerError, StartError, log
from sallyport._errors import UnknownKeyError
from sallyport.claims import Client, User
from sallyport.refusal import Forbidden, NotCurrent
from sallyport.requirement import PEOPLE


class Guard(_base.BaseGuard):
    """Verifies access tokens in an async program, and follows the feed in tasks of its loop.

    It is started by ``async with guard:``, by the framework's lifespan, or by the first token.
    After a fork, and in another event loop, it begins anew.
    """

    _loop: asyncio.AbstractEventLoop | None = None
    _tasks: tuple[asyncio.Task[None], ...] = ()
    _reading: asyncio.Task[None] | None = None
    _http_client: httpx.AsyncClient | None = None
    _asking = 0
    _ended = False

    async def __aenter__(self) -> Guard:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Follow the feed, and wait until the first one is complete.

        Raises StartError if that takes longer than ready_within; nothing is followed then.
        """
        self._ended = False
        self._begin()
        try:
            await asyncio.wait_for(self._ready.wait(), self._config.ready_within)
        except (TimeoutError, asyncio.TimeoutError):  # one and the same since Python 3.11
            why = self._core.last_failure
            await self.stop()
            raise StartError(f"{self.issuer} is not ready: {why}") from None

    async def stop(self) -> None:
        """End the tasks and close the connections. It refuses every token until start()."""
        self._ended = True
        tasks, self._tasks = list(self._tasks), ()
        if self._reading is not None:
            tasks.append(self._reading)
            self._reading = None
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
        client, self._http_client, self._loop = self._http_client, None, None
        self._core.revocations.lose()
        if client is not None:
            await client.aclose()

    async def verify(self, token: str) -> User | Client:
        """Give who an access token stands for.

        Raises InvalidToken for a token that does not count, and NotCurrent while that cannot be
        told.
        """
        await self._ensure()
        try:
            caller = self._core.enter(token).caller
        except UnknownKeyError:
            await self._read_keys_for_kid()
            try:
                caller = self._core.enter(token).caller
            except UnknownKeyError:
                raise self._core.unknown_key() from None
        if not self._core.admit(caller):
            await self._introspect(caller, token)
        return caller

    async def user(self, token: str) -> User:
        """Give the user whom an access token stands for. Raises Forbidden for a client's."""
        caller = await self.verify(token)
        if not isinstance(caller, User):
            raise Forbidden(PEOPLE)
        return caller

    async def ended(self, caller: User | Client) -> str:
        """Wait until a caller's token is ``revoked`` or ``expired``, and say which.

        For web sockets and long answers, which outlive the moment in which they were allowed.
        """
        await self._ensure()
        while True:
            news, core = self._news, self._core
            if core.revocations.revoked(caller):
                return "revoked"
            left = caller.expires_at.timestamp() - core.clocks.wall()
            if left <= 0:
                return "expired"
            with suppress(TimeoutError, asyncio.TimeoutError):
                await asyncio.wait_for(news.wait(), min(left, _LOOK_AGAIN))

    # Its life.

    def _begin(self) -> None:
        """Start the tasks unless they run in this process and loop."""
        loop = asyncio.get_running_loop()
        if self._loop is loop and self._tasks:
            return
        if self._loop is not None:
            self._forked()
        self._loop = loop
        self._ready = asyncio.Event()
        self._news = asyncio.Event()
        self._http_client = httpx.AsyncClient(**self._http())
        self._tasks = (
            loop.create_task(self._follow(), name="sallyport feed"),
            loop.create_task(self._keep_keys(), name="sallyport keys"),
        )

    def _forked(self) -> None:
        super()._forked()
        # Left as they are: they belong to the parent, or to a loop that has ended.
        self._loop, self._tasks, self._reading, self._http_client = None, (), None, None
        self._asking = 0

    async def _ensure(self) -> None:
        if self._tasks and self._pid == os.getpid() and self._loop is asyncio.get_running_loop():
            return
        if self._ended:
            raise NotCurrent("the guard was stopped")
        self._begin()
        with suppress(TimeoutError, asyncio.TimeoutError):
            await asyncio.wait_for(self._ready.wait(), _base.FIRST_WAIT)

    # The feed.

    async def _follow(self) -> None:
        core = self._core
        while True:
            pause = 1.0
            try:
                pause = await self._turn()
            except Exception as err:  # noqa: BLE001 - it must go on
                log.exception("the feed: a fault of this library")
                pause = core.fail(f"a fault of this library ({type(err).__name__})")
            if core.keys_wanted:
                await self._read_keys()
            if core.current():
                self._ready.set()
            core.tell()
            news, self._news = self._news, asyncio.Event()
            news.set()
            await asyncio.sleep(pause)

    async def _turn(self) -> float:
        """Ask for one page, and give the seconds until the next."""
        core = self._core
        now = core.clocks.now()
        if core.keys.due_in(now) == 0 and not core.keys.known(now):
            await self._read_keys()
        ask = core.ask()
        try:
            status, _, body = await self._send(
                "GET",
                _base.REVOCATIONS,
                self._page_timeout(ask.wait),
                params=ask.query(),
                auth=self._config.basic,
            )
            reached = core.take_page(ask, status, body)
        except UnknownKeyError:
            await self._read_keys_for_kid()
            return core.fail("the feed: a page is signed with a key that is not known")
        except _FAILURES as err:
            return core.fail(_base.reason(err))
        return core.pause(ask, reached=reached, moved=core.revocations.number != ask.after)

    # The keys.

    async def _keep_keys(self) -> None:
        while True:
            due = self._core.keys_due_in()
            if due == 0:
                await self._read_keys()
                due = self._core.keys_due_in()
            await asyncio.sleep(max(0.05, min(due, 1.0)))

    async def _read_keys_for_kid(self) -> None:
        """Read the keys because a kid is unknown, unless that was done a moment ago."""
        if self._reading is not None or self._core.keys.may_ask(self._core.clocks.now()):
            await self._read_keys()

    async def _read_keys(self) -> None:
        """Read the keys once, whatever the number of those who wait for it."""
        if self._reading is None:
            self._reading = asyncio.get_running_loop().create_task(self._fetch_keys())
        await asyncio.shield(self._reading)

    async def _fetch_keys(self) -> None:
        core = self._core
        asked_at = core.clocks.now()
        core.keys.trying(asked_at)
        try:
            status, headers, body = await self._send(
                "GET", _base.KEYS, _base.KEYS_TIMEOUT, headers=_base.KEYS_HEADERS
            )
            core.take_keys(status, headers.get("Cache-Control", ""), body, asked_at)
        except _FAILURES as err:
            core.keys.failed()
            core.last_failure = _base.reason(err)
            log.warning("the keys could not be read: %s", core.last_failure)
        finally:
            self._reading = None

    # Requests.

    async def _introspect(self, caller: User | Client, token: str) -> None:
        if self._asking >= _base.MAX_ASKING:
            raise NotCurrent("too many introspections are under way")
        self._asking += 1
        try:
            status, _, body = await self._send(
                "POST",
                _base.INTROSPECT,
                _base.INTROSPECT_TIMEOUT,
                data={"token": token, "token_type_hint": "access_token"},
                auth=self._config.basic,
                headers={"Accept": "application/json"},
            )
        except _FAILURES as err:
            raise NotCurrent(_base.reason(err)) from None
        finally:
            self._asking -= 1
        self._core.introspected(caller, status, body)

    async def _send(
        self, method: str, path: str, timeout: float, **request: Any
    ) -> tuple[int, httpx.Headers, bytes]:
        client = self._http_client
        if client is None:
            raise AnswerError("the guard was stopped")

        async def exchange() -> tuple[int, httpx.Headers, bytes]:
            body = _base.Body(path, timeout)
            async with client.stream(method, path, timeout=timeout, **request) as answer:
                async for chunk in answer.aiter_bytes():
                    body.add(chunk)
                return answer.status_code, answer.headers, body.bytes()

        return await asyncio.wait_for(exchange(), timeout)


_LOOK_AGAIN = 5.0
_FAILURES = (AnswerError, httpx.HTTPError, TimeoutError, asyncio.TimeoutError, OSError)
