"""The guard of a program with threads."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

import httpx

from sallyport import _base
from sallyport._core import AnswerError, StartError, log
from sallyport._errors import UnknownKeyError
from sallyport.claims import Client, User
from sallyport.refusal import Forbidden, NotCurrent
from sallyport.requirement import PEOPLE


class SyncGuard(_base.BaseGuard):
    """Verifies access tokens in a program with threads, and follows the feed in two of its own.

    It is started by ``with guard:``, by start(), or by the first token. A forked child, as
    gunicorn's workers are, begins anew: it has no threads of its parent.
    """

    def __init__(self, issuer: str, **settings: Any) -> None:
        """Make a guard; the settings are those of BaseGuard."""
        super().__init__(issuer, **settings)
        self._reset()

    def _reset(self) -> None:
        self._starting = threading.Lock()
        self._reading = threading.Lock()
        self._asking = threading.BoundedSemaphore(_base.MAX_ASKING)
        self._ready = threading.Event()
        self._stopped = threading.Event()
        self._threads: tuple[threading.Thread, ...] = ()
        self._http_client: httpx.Client | None = None

    def __enter__(self) -> SyncGuard:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Follow the feed, and wait until the first one is complete.

        Raises StartError if that takes longer than ready_within; nothing is followed then.
        """
        self._ended = False
        self._begin()
        if not self._ready.wait(self._config.ready_within):
            why = self._core.last_failure
            self.stop()
            raise StartError(f"{self.issuer} is not ready: {why}")

    def stop(self) -> None:
        """End the threads, which takes as long as the request that is under way.

        It refuses every token until start().
        """
        self._ended = True
        with self._starting:
            threads, self._threads = self._threads, ()
            self._stopped.set()
            for thread in threads:
                thread.join()
            if self._http_client is not None:
                self._http_client.close()
                self._http_client = None
            self._core.revocations.lose()

    def verify(self, token: str) -> User | Client:
        """Give who an access token stands for.

        Raises InvalidToken for a token that does not count, and NotCurrent while that cannot be
        told.
        """
        self._ensure()
        try:
            caller = self._core.enter(token).caller
        except UnknownKeyError:
            read = self._read_keys(for_kid=True)
            try:
                caller = self._core.enter(token).caller
            except UnknownKeyError:
                if not read:
                    raise NotCurrent("the keys are being read") from None
                raise self._core.unknown_key() from None
        if not self._core.admit(caller):
            self._introspect(caller, token)
        return caller

    def user(self, token: str) -> User:
        """Give the user whom an access token stands for. Raises Forbidden for a client's."""
        caller = self.verify(token)
        if not isinstance(caller, User):
            raise Forbidden(PEOPLE)
        return caller

    def ended(self, caller: User | Client) -> str:
        """Say whether a caller's token is ``revoked`` or ``expired`` by now, or neither: "".

        For long answers, which outlive the moment in which they were allowed.
        """
        self._ensure()
        if self._core.revocations.revoked(caller):
            return "revoked"
        if caller.expires_at.timestamp() <= self._core.clocks.wall():
            return "expired"
        return ""

    # Its life.

    def _begin(self) -> None:
        with self._starting:
            if self._threads:
                return
            self._stopped.clear()
            self._ready.clear()
            self._http_client = httpx.Client(**self._http())
            self._threads = tuple(
                threading.Thread(target=run, name=f"sallyport {name}", daemon=True)
                for name, run in (("feed", self._follow), ("keys", self._keep_keys))
            )
            for thread in self._threads:
                thread.start()

    def _forked(self) -> None:
        super()._forked()
        # Not closed: the connections are the parent's.
        self._parents = self._http_client
        self._reset()

    def _ensure(self) -> None:
        if self._threads and self._pid == os.getpid():
            return
        if self._ended:
            raise NotCurrent("the guard was stopped")
        self._begin()
        self._ready.wait(_base.FIRST_WAIT)

    # The feed.

    def _follow(self) -> None:
        core = self._core
        while not self._stopped.is_set():
            try:
                pause = self._turn()
            except Exception as err:  # noqa: BLE001 - it must go on
                log.exception("the feed: a fault of this library")
                pause = core.fail(f"a fault of this library ({type(err).__name__})")
            if core.keys_wanted:
                self._read_keys()
            if core.current():
                self._ready.set()
            if not self._stopped.is_set():
                core.tell()
            self._stopped.wait(pause)

    def _turn(self) -> float:
        """Ask for one page, and give the seconds until the next."""
        core = self._core
        now = core.clocks.now()
        if core.keys.due_in(now) == 0 and not core.keys.known(now):
            self._read_keys()
        ask = core.ask()
        try:
            status, _, body = self._send(
                "GET",
                _base.REVOCATIONS,
                self._page_timeout(ask.wait),
                params=ask.query(),
                auth=self._config.basic,
            )
            reached = core.take_page(ask, status, body)
        except UnknownKeyError:
            self._read_keys(for_kid=True)
            return core.fail("the feed: a page is signed with a key that is not known")
        except _FAILURES as err:
            return core.fail(_base.reason(err))
        return core.pause(ask, reached=reached, moved=core.revocations.number != ask.after)

    # The keys.

    def _keep_keys(self) -> None:
        while not self._stopped.is_set():
            due = self._core.keys_due_in()
            if due == 0:
                self._read_keys()
                due = self._core.keys_due_in()
            self._stopped.wait(max(0.05, min(due, 1.0)))

    def _read_keys(self, *, for_kid: bool = False) -> bool:
        """Read the keys once, whatever the number of those who wait for it.

        for_kid: because a kid is unknown, which counts only if they were not read a moment ago.
        Reports False if another thread reads them for so long that this one waits no more:
        strangers can name unknown kids, and are to hold no thread.
        """
        came, core = time.monotonic(), self._core
        asked = for_kid and not core.keys.may_ask(core.clocks.now())
        # Looked at last: who reads them notes the attempt while it holds the lock.
        if asked and not self._reading.locked():
            return True
        wait = _base.KEYS_WAIT if for_kid else _base.KEYS_TIMEOUT
        if not self._reading.acquire(timeout=wait):
            return False
        try:
            now = core.clocks.now()
            if for_kid and not core.keys.may_ask(now):
                return True
            if not for_kid and self._read_last > came:
                return True  # somebody else did while this waited
            core.keys.trying(now)
            try:
                status, headers, body = self._send(
                    "GET", _base.KEYS, _base.KEYS_TIMEOUT, headers=_base.KEYS_HEADERS
                )
                core.take_keys(status, headers.get("Cache-Control", ""), body, now)
            except _FAILURES as err:
                core.keys.failed()
                core.last_failure = _base.reason(err)
                log.warning("the keys could not be read: %s", core.last_failure)
            self._read_last = time.monotonic()
            return True
        finally:
            self._reading.release()

    _read_last = 0.0
    _ended = False

    # Requests.

    def _introspect(self, caller: User | Client, token: str) -> None:
        if not self._asking.acquire(blocking=False):
            raise NotCurrent("too many introspections are under way")
        try:
            status, _, body = self._send(
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
            self._asking.release()
        self._core.introspected(caller, status, body)

    def _send(
        self, method: str, path: str, timeout: float, **request: Any
    ) -> tuple[int, httpx.Headers, bytes]:
        client = self._http_client
        if client is None:
            raise AnswerError("the guard was stopped")
        body = _base.Body(path, timeout)
        with client.stream(method, path, timeout=timeout, **request) as answer:
            for chunk in answer.iter_bytes():
                body.add(chunk)
            return answer.status_code, answer.headers, body.bytes()


_FAILURES = (AnswerError, httpx.HTTPError, TimeoutError, OSError)
