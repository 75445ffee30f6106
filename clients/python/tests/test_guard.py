"""Both guards against an issuer on a real port, with real connections, time-outs and forks."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from sallyport import Guard, NotCurrent, Refused, StartError, SyncGuard, _base
from sallyport._clocks import Moment
from sallyport.testing import Issuer

LIMIT = 15


class Counting(Issuer):
    """Counts what it is asked, and may be slow or broken."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = self.keys = self.asked = 0
        self.together = self.most_together = 0
        self.keys_wait = 0.0
        self.broken = False

    def page(self, query: Any) -> tuple[int, bytes]:
        self.pages += 1
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        try:
            return (500, b"<html>") if self.broken else super().page(query)
        finally:
            self.together -= 1

    def jwks(self) -> bytes:
        self.keys += 1
        time.sleep(self.keys_wait)
        return b"<html>" if self.broken else super().jwks()

    def introspect(self, token: str) -> tuple[int, bytes]:
        self.asked += 1
        return super().introspect(token)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.005)


async def until_async(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        await asyncio.sleep(0.005)


def refused(guard: SyncGuard, token: str) -> str:
    try:
        guard.verify(token)
    except Refused as err:
        return err.code
    return ""


async def refused_async(guard: Guard, token: str) -> str:
    try:
        await guard.verify(token)
    except Refused as err:
        return err.code
    return ""


@pytest.fixture
def issuer() -> Counting:
    return Counting()


@contextmanager
def sync_guard(issuer: Issuer, **settings: Any) -> Generator[SyncGuard, None, None]:
    with issuer.serve() as address:
        guard = SyncGuard(issuer.url, server_url=address, **issuer.credentials, **settings)
        try:
            yield guard
        finally:
            guard.stop()


def run(issuer: Issuer, body: Callable[[Guard], Any], **settings: Any) -> None:
    async def main() -> None:
        guard = Guard(issuer.url, server_url=address, **issuer.credentials, **settings)
        try:
            await asyncio.wait_for(body(guard), LIMIT)
        finally:
            await guard.stop()

    with issuer.serve() as address:
        asyncio.run(main())


def test_threads_follow(issuer: Counting) -> None:
    token, other = issuer.mint(), issuer.mint()
    issuer.revoke(other)
    with sync_guard(issuer) as guard:
        guard.start()
        assert refused(guard, other) == "invalid_token", "the first feed was complete"
        user = guard.verify(token)
        assert guard.ended(user) == ""
        began = time.monotonic()
        issuer.revoke_session(token)
        until(lambda: refused(guard, token))
        assert time.monotonic() - began < 5
        assert guard.ended(user) == "revoked"
        assert guard.status().current
        assert guard.status().number == 2
    assert issuer.most_together == 1, "never two requests under way"
    assert not [t for t in threading.enumerate() if t.name.startswith("sallyport")]
    assert refused(guard, token) == "not_current", "it was stopped"


def test_tasks_follow(issuer: Counting) -> None:
    token, other = issuer.mint(), issuer.mint()
    issuer.revoke(other)

    async def body(guard: Guard) -> None:
        await guard.start()
        assert await refused_async(guard, other) == "invalid_token"
        user = await guard.verify(token)
        ended = asyncio.create_task(guard.ended(user))
        await asyncio.sleep(0)
        began = time.monotonic()
        issuer.revoke_session(token)
        assert await ended == "revoked"
        assert time.monotonic() - began < 5
        assert await refused_async(guard, token) == "invalid_token"
        short = await guard.verify(issuer.mint(expires_in=1.1))
        assert await guard.ended(short) == "expired"

    run(issuer, body)
    assert issuer.most_together == 1


def test_nobody_has_to_start_it(issuer: Counting) -> None:
    with sync_guard(issuer) as guard:
        assert guard.verify(issuer.mint())

    async def body(guard: Guard) -> None:
        assert await guard.verify(issuer.mint())

    run(issuer, body)


def test_a_server_that_never_revoked_anything_is_not_hammered(issuer: Counting) -> None:
    began = time.monotonic()
    with sync_guard(issuer) as guard:
        guard.start()
        until(lambda: issuer.pages >= 4)
        assert time.monotonic() - began > 1.5

    async def body(guard: Guard) -> None:
        issuer.pages, began = 0, time.monotonic()
        await guard.start()
        await until_async(lambda: issuer.pages >= 4)
        assert time.monotonic() - began > 1.5

    run(issuer, body)


def test_start_fails_and_says_why(issuer: Counting) -> None:
    with issuer.serve() as address:
        settings: dict[str, Any] = {**issuer.credentials, "client_secret": "wrong"}
        guard = SyncGuard(issuer.url, server_url=address, ready_within=2, **settings)
        with pytest.raises(StartError, match="client_secret is wrong"):
            guard.start()
        assert not [t for t in threading.enumerate() if t.name.startswith("sallyport")]

        async def main() -> None:
            async with Guard(issuer.url, server_url=address, ready_within=2, **settings):
                pytest.fail("it started")

        with pytest.raises(StartError, match="client_secret is wrong"):
            asyncio.run(main())


def test_a_server_that_says_nothing(issuer: Issuer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_base, "KEYS_TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        guard = SyncGuard(
            issuer.url,
            server_url=address,
            ready_within=0.3,
            max_staleness=0.4,
            **issuer.credentials,
        )
        began = time.monotonic()
        with pytest.raises(StartError):
            guard.start()
        assert time.monotonic() - began < LIMIT


def test_not_current_and_back(issuer: Counting) -> None:
    token = issuer.mint()
    with sync_guard(issuer, max_staleness=0.5) as guard:
        guard.start()
        issuer.go_stale()
        until(lambda: refused(guard, token) == "not_current")
        issuer.recover()
        until(lambda: not refused(guard, token))

    async def body(guard: Guard) -> None:
        issuer.go_stale()
        assert await refused_async(guard, token) == "not_current", "nobody started it"
        issuer.recover()
        await until_async(lambda: guard.status().current)
        await guard.verify(token)

    run(issuer, body, max_staleness=0.5)


def test_ask(issuer: Counting) -> None:
    token, revoked = issuer.mint(), issuer.mint()
    with sync_guard(issuer, max_staleness=0.5, when_not_current="ask") as guard:
        guard.start()
        issuer.go_stale()
        until(lambda: not guard.status().current)
        issuer.revoke(revoked)
        assert not refused(guard, token)
        assert refused(guard, revoked) == "invalid_token"
        assert issuer.asked == 2
        assert refused(guard, issuer.mint(expires_in=-1)) == "invalid_token"
        assert issuer.asked == 2
    issuer.recover()

    async def body(guard: Guard) -> None:
        await guard.start()
        issuer.go_stale()
        await until_async(lambda: not guard.status().current)
        assert not await refused_async(guard, token)
        issuer.revoke(token)
        assert await refused_async(guard, token) == "invalid_token"

    run(issuer, body, max_staleness=0.5, when_not_current="ask")


def test_a_new_key_is_read_once_for_everybody(issuer: Counting) -> None:
    with sync_guard(issuer) as guard:
        guard.start()
        guard._core.keys._tried_at = Moment(-100, -100)  # as if the keys were read long ago
        issuer.keys, issuer.keys_wait = 0, 0.2
        issuer.rotate_key()
        with ThreadPoolExecutor(16) as pool:
            assert not any(pool.map(lambda t: refused(guard, t), [issuer.mint()] * 32))
        assert issuer.keys == 1
        stranger = Issuer().mint()
        assert {refused(guard, stranger) for _ in range(20)} == {"invalid_token"}
        assert issuer.keys == 1, "an unknown kid counts every 10 s"

    async def body(guard: Guard) -> None:
        await guard.start()
        guard._core.keys._tried_at = Moment(-100, -100)
        issuer.keys = 0
        issuer.rotate_key()
        token = issuer.mint()
        assert not any(await asyncio.gather(*(refused_async(guard, token) for _ in range(32))))
        assert issuer.keys == 1
        assert await refused_async(guard, stranger) == "invalid_token"
        assert issuer.keys == 1

    run(issuer, body)


def test_an_unknown_kid_holds_no_thread_for_long(issuer: Counting) -> None:
    stranger = Issuer().mint()
    with sync_guard(issuer) as guard:
        guard.start()
        with guard._reading:  # as while the keys are read, which may take 5 s
            began = time.monotonic()
            assert refused(guard, stranger) == "not_current", "the keys may tell"
            assert time.monotonic() - began < 3
        assert refused(guard, stranger) == "invalid_token"


def test_a_cache_must_ask_the_server_for_keys(issuer: Counting) -> None:
    requests: list[httpx.Request] = []

    def hook(request: httpx.Request) -> None:
        requests.append(request)

    async def hook_async(request: httpx.Request) -> None:
        requests.append(request)

    class Watched(Guard):
        def _http(self) -> dict[str, Any]:
            return {**super()._http(), "event_hooks": {"request": [hook_async]}}

    class SyncWatched(SyncGuard):
        def _http(self) -> dict[str, Any]:
            return {**super()._http(), "event_hooks": {"request": [hook]}}

    with issuer.serve() as address:
        with SyncWatched(issuer.url, server_url=address, **issuer.credentials):
            pass

        async def main() -> None:
            async with Watched(issuer.url, server_url=address, **issuer.credentials):
                pass

        asyncio.run(main())
    told = [r.headers.get("Cache-Control") for r in requests if r.url.path == _base.KEYS]
    assert told == ["no-cache"] * 2


def test_keys_outlive_an_outage(issuer: Counting) -> None:
    token = issuer.mint()
    with sync_guard(issuer, when_not_current="allow", max_staleness=0.5) as guard:
        guard.start()
        issuer.broken = True
        guard._core.keys._tried_at = Moment(-1000, -1000)
        until(lambda: guard._core.keys._failed)
        until(lambda: not guard.status().current)
        assert not refused(guard, token)
        assert guard.status().unchecked == 1


def test_another_history(issuer: Counting) -> None:
    token = issuer.mint()

    async def body(guard: Guard) -> None:
        await guard.start()
        keys = issuer.keys
        issuer.revoke(token)
        await until_async(lambda: guard.status().number == 1)
        issuer.lose_history()
        fresh = issuer.mint()
        await until_async(lambda: guard.status().number == 0)
        await until_async(lambda: guard.status().current)
        assert issuer.keys > keys, "the keys were read anew"
        assert await refused_async(guard, token) == "invalid_token"
        assert not await refused_async(guard, fresh)

    run(issuer, body)


def in_child(act: Callable[[], str]) -> str:
    """Fork, act there, and give what came of it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            text = act()
        except BaseException as err:  # noqa: BLE001 - it goes to the parent
            text = repr(err)
        os.write(writing, json.dumps(text).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    said: str = json.loads(text)
    return said


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_fork(issuer: Counting) -> None:
    token = issuer.mint()
    verified = multiprocessing.get_context("fork").Event()

    def act() -> str:
        before = refused(guard, token)
        verified.set()
        until(lambda: refused(guard, token))
        return f"{before}, then {refused(guard, token)}"

    def revoke() -> None:
        verified.wait(LIMIT)
        issuer.revoke(token)

    with sync_guard(issuer) as guard:
        guard.start()
        assert guard.verify(token)
        watcher = threading.Thread(target=revoke)
        watcher.start()
        assert in_child(act) == ", then invalid_token", "the child has a follower of its own"
        watcher.join()
        until(lambda: refused(guard, token))


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_fork_while_a_lock_is_held(issuer: Counting) -> None:
    token = issuer.mint()
    with sync_guard(issuer) as guard:
        guard.start()
        with guard._core._door._lock, guard._reading, guard._starting:
            assert in_child(lambda: refused(guard, token)) == ""
        assert not refused(guard, token)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_fork_of_an_async_program(issuer: Counting) -> None:
    token = issuer.mint()

    async def body(guard: Guard) -> None:
        assert await refused_async(guard, token) == ""
        child = asyncio.to_thread(in_child, lambda: asyncio.run(refused_async(guard, token)))
        assert await child == ""
        assert await refused_async(guard, token) == ""

    run(issuer, body)


def test_another_loop(issuer: Counting) -> None:
    token = issuer.mint()
    with issuer.serve() as address:
        guard = Guard(issuer.url, server_url=address, **issuer.credentials)

        async def once() -> str:
            async with guard:
                return await refused_async(guard, token)

        assert asyncio.run(once()) == ""
        assert asyncio.run(once()) == ""


def test_nothing_secret_is_logged(issuer: Counting, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    token, stranger = issuer.mint(), Issuer().mint()
    with sync_guard(issuer, max_staleness=0.5, when_not_current="ask") as guard:
        guard.start()
        user = guard.verify(token)
        refused(guard, stranger)
        refused(guard, token + "x")
        issuer.go_stale()
        until(lambda: not guard.status().current)
        guard.verify(token)
    text = caplog.text + repr(guard._config) + repr(user) + str(user)
    for secret in (token, *token.split("."), stranger, *stranger.split(".")[1:], "spc_test"):
        assert secret not in text
    claims = user.claims
    assert claims["jti"] not in text
    assert claims["sid"] not in text


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"issuer": "auth.example.com"}, "not an http or https address"),
        ({"issuer": "http://auth.example.com"}, "plain HTTP to another machine"),
        ({"issuer": "https://user@auth.example.com"}, "not an http or https address"),
        ({"issuer": ""}, "issuer is empty"),
        ({"audience": ""}, "audience is empty"),
        ({"client_secret": ""}, "client_secret is empty"),
        ({"when_not_current": "yes"}, "refuse, ask or allow"),
        ({"max_staleness": 0}, "max_staleness"),
        ({"max_staleness": 3600}, "max_staleness"),
    ],
)
def test_settings_that_are_refused(settings: dict[str, Any], message: str) -> None:
    good = {"issuer": "https://a.example", "audience": "a", "client_id": "b", "client_secret": "c"}
    SyncGuard(**good)
    SyncGuard(**{**good, "issuer": "http://[::1]:8080"})
    SyncGuard(**{**good, "server_url": "http://sallyport:8080", "allow_http": True})
    with pytest.raises(ValueError, match=message):
        SyncGuard(**{**good, **settings})


def test_plain_http_goes_through_no_proxy(
    issuer: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, address)
        with sync_guard(issuer, ready_within=2) as guard:
            guard.start()

        async def body(guard: Guard) -> None:
            await guard.start()

        run(issuer, body, ready_within=2)
        with pytest.raises(BlockingIOError):
            proxy.accept()


@pytest.mark.parametrize("issuer", ["https://a.example", "HTTPS://a.example"])
def test_tls_is_verified_and_may_go_through_a_proxy(issuer: str) -> None:
    settings = SyncGuard(issuer, audience="a", client_id="b", client_secret="c")._http()
    assert settings["verify"] is True
    assert settings["trust_env"] is True


def test_the_secret_goes_nowhere_else(issuer: Counting) -> None:
    """A redirect is a failure: the secret would go along."""

    class Moved(Counting):
        def page(self, query: Any) -> tuple[int, bytes]:
            del query
            return 302, b""

    moved = Moved()
    with sync_guard(moved, ready_within=2) as guard:
        with pytest.raises(StartError, match="302"):
            guard.start()
        with pytest.raises(NotCurrent):
            guard.verify(moved.mint())
