"""The follower's rules, without a network: the pages that it refuses, and what it then does."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from sallyport import InvalidToken, NotCurrent, User, _jws
from sallyport._clocks import Clocks, Moment
from sallyport._core import AnswerError, Config, Core
from sallyport.testing import Issuer


class Still(Issuer):
    """An issuer whose clock goes on only where a test says so."""

    def now(self) -> float:
        return 1_800_000_000.0 + self._offset


class World:
    """A core that a test feeds by hand, with clocks that it sets.

    ahead is by how many seconds the wall clock differs from the monotonic one.
    """

    def __init__(self, **settings: Any) -> None:
        self.issuer = Still()
        self.monotonic = 1000.0
        self.ahead = 0.0
        self.core = Core(
            Config(self.issuer.url, **self.issuer.credentials, **settings),
            Clocks(lambda: self.monotonic, self.wall),
        )
        self.read_keys()
        self.reach()

    def now(self) -> Moment:
        return self.core.clocks.now()

    def wall(self) -> float:
        return self.issuer.now() + self.monotonic - 1000 + self.ahead

    def read_keys(self) -> None:
        self.core.keys.trying(self.now())
        self.core.take_keys(200, "", self.issuer.jwks(), self.now())

    def answer(self, edit: Callable[[dict[str, Any]], Any] | None = None, **key: str) -> bool:
        ask = self.core.ask()
        status, body = self.issuer.page({**ask.query(), "wait": "0"})
        if edit is not None:
            page = json.loads(_jws.decode(body.decode().split(".")[1]))
            edit(page)
            typ = key.get("typ", "revocations+jwt")
            body = self.issuer._key.sign(typ, json.dumps(page).encode()).encode()
        return self.core.take_page(ask, status, body)

    def reach(self) -> None:
        for _ in range(100):
            with suppress(AnswerError):
                if self.answer():
                    return
        pytest.fail("the head was not reached")

    def revoked(self, token: str) -> bool:
        try:
            self.core.admit(self.core.enter(token).caller)
        except InvalidToken:
            return True
        return False


@pytest.fixture
def world() -> World:
    return World()


def test_each_kind_of_revocation(world: World) -> None:
    issuer, user, session = world.issuer, str(uuid.uuid4()), str(uuid.uuid4())
    one, other = issuer.mint(user, session_id=session), issuer.mint(user, session_id=session)
    elsewhere, stranger = issuer.mint(user), issuer.mint()
    client, client2 = issuer.mint_client("a"), issuer.mint_client("b")

    issuer.revoke(one)
    world.reach()
    assert [world.revoked(t) for t in (one, other, elsewhere, stranger)] == [True, *[False] * 3]
    issuer.revoke_session(other)
    world.reach()
    assert [world.revoked(t) for t in (other, elsewhere, stranger)] == [True, False, False]
    issuer.revoke_user(user)
    world.reach()
    assert [world.revoked(t) for t in (elsewhere, stranger)] == [True, False]
    assert not world.revoked(issuer.mint(user)), "a token of the new epoch"
    issuer.disable_client("a")
    world.reach()
    assert [world.revoked(t) for t in (client, client2)] == [True, False]
    assert not world.revoked(issuer.mint_client("a"))


def test_an_epoch_never_goes_down(world: World) -> None:
    user = str(uuid.uuid4())
    world.issuer.revoke_user(user)
    world.issuer.revoke_user(user)
    world.reach()
    middle = world.issuer.mint(user, claims={"uep": 1})
    assert world.revoked(middle)
    entry = {"n": 3, "m": "m", "k": "sub", "v": user, "e": 1, "x": int(world.issuer.now()) + 900}
    world.answer(lambda p: p.update({"to": 3, "head": 3, "mark": "m", "entries": [entry]}))
    assert world.revoked(middle)


def test_many_pages(world: World) -> None:
    tokens = [world.issuer.mint() for _ in range(5)]
    for token in tokens:
        world.issuer.revoke(token)
    world.issuer.page_size = 2
    world.monotonic += 6
    assert not world.answer()
    assert world.core.revocations.number == 2
    assert world.revoked(tokens[1])
    assert not world.core.current(), "not current before the head"
    assert not world.answer()
    assert world.answer()
    assert world.core.current()
    assert world.revoked(tokens[4])


ENTRY = {"n": 1, "m": "m", "k": "jti", "v": str(uuid.UUID(int=1)), "x": 253402300799}


@pytest.mark.parametrize(
    "edit",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"aud": ["test-resource-server"]},
        {"nonce": "mine"},
        {"from": 1},
        {"iat": None},
        {"age": None},
        {"age": -1},
        {"age": 0.5},
        {"history": ""},
        {"history": None},
        {"to": 1},
        {"head": -1},
        {"head": 5},
        {"entries": None},
        {"entries": {}},
        {"entries": [1]},
        {"entries": [ENTRY]},
        {"to": 1, "head": 1, "entries": [ENTRY]},
        {"to": 1, "head": 1, "mark": "other", "entries": [ENTRY]},
        {"to": 1, "head": 1, "mark": "m", "entries": [ENTRY, ENTRY]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "n": 2}]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "k": ""}]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "k": "ip", "v": ""}]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "k": "sub"}]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "k": "client", "v": "a"}]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "k": "sub", "e": -1}]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "v": "x"}]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "x": 0}]},
        {"to": 1, "head": 1, "mark": "m", "entries": [{**ENTRY, "x": 1.5}]},
        {"to": 1, "head": 1, "mark": "m" * 129, "entries": [{**ENTRY, "m": "m" * 129}]},
    ],
)
def test_pages_that_are_refused(world: World, edit: dict[str, Any]) -> None:
    world.monotonic += 3
    with pytest.raises(AnswerError, match="page refused"):
        world.answer(lambda p: p.update(edit))
    assert world.core.revocations.number == 0
    assert world.core.revocations.held == 0
    world.monotonic += 3
    assert not world.core.current(), "a page that was refused makes nobody current"


def test_an_unknown_kind_of_revocation_stands_in_nobody_elses_way(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = World(when_not_current="ask")
    token, other = world.issuer.mint(), world.issuer.mint()
    world.issuer.revoke(token)
    world.issuer._add("network", "192.0.2.0/24 " + "long" * 100)
    world.issuer.revoke(world.issuer.mint())
    world.reach()
    assert world.core.revocations.number == 3
    assert world.core.revocations.held == 2
    assert world.revoked(token)
    assert not world.core.current(), "what it refuses is not known"
    assert not world.core.admit(world.core.enter(other).caller), "the server is asked"
    for _ in range(3):
        world.core.tell()
        world.reach()
    assert [r.message.split(":")[0] for r in caplog.records] == ["not current"]
    assert "unknown kind" in caplog.text
    assert float(world.core.ask().query()["wait"]) > 0, "it goes on as at the head"

    world.issuer.lose_last(3)
    with suppress(AnswerError):
        world.answer()
    world.reach()
    assert not world.core.current(), "a no is never taken back"
    world.issuer.advance(900 + 180 + 1)
    world.reach()
    assert world.core.current(), "it has expired"


def test_a_page_is_signed_for_this_purpose(world: World) -> None:
    with pytest.raises(AnswerError, match="typ is not"):
        world.answer(lambda _: None, typ="at+jwt")
    ask = world.core.ask()
    for body in (b"", b"\xff", b"a.b.c", b"<html>", world.issuer.mint().encode()):
        with pytest.raises(AnswerError):
            world.core.take_page(ask, 200, body)
    stranger = Issuer()
    with pytest.raises(LookupError):
        world.core.take_page(ask, *stranger.page(ask.query()))
    page = world.issuer.page(ask.query())[1].decode()
    forged = page[:-4] + ("AAAA" if page[-4:] != "AAAA" else "BBBB")
    with pytest.raises(AnswerError, match=r"signature|canonical"):
        world.core.take_page(ask, 200, forged.encode())
    for status in (204, 302, 401, 403, 404, 500, 501, 503):
        with pytest.raises(AnswerError):
            world.core.take_page(ask, status, page.encode())


def test_a_page_answers_one_request(world: World) -> None:
    first = world.core.ask()
    status, page = world.issuer.page(first.query())
    assert world.core.take_page(first, status, page)
    assert len({world.core.ask().nonce for _ in range(100)}) == 100
    with pytest.raises(AnswerError, match="nonce"):
        world.core.take_page(world.core.ask(), status, page)


def begins_again(world: World, edit: Callable[[dict[str, Any]], Any] | None = None) -> None:
    with pytest.raises(AnswerError, match="begins again"):
        world.answer(edit)
    assert world.core.revocations.number == 0
    assert not world.core.current(), "not current before the head"


def test_a_database_that_forgot_its_last_commits(world: World) -> None:
    lost, kept = world.issuer.mint(), world.issuer.mint()
    world.issuer.revoke(kept)
    world.issuer.revoke(lost)
    world.reach()

    world.issuer.lose_last()
    begins_again(world)  # the head went back
    world.reach()
    assert world.core.current()
    assert world.revoked(lost), "a no is never taken back"

    world.issuer.lose_last()
    world.issuer.revoke(world.issuer.mint())
    begins_again(world)  # the same number with another mark
    world.reach()

    world.issuer.lose_last()
    for _ in range(2):
        world.issuer.revoke(world.issuer.mint())
    begins_again(world)  # at a higher number another mark in our place
    world.reach()
    assert world.revoked(lost)
    assert world.revoked(kept)


def test_an_entry_that_is_missing_while_it_should_be_there(world: World) -> None:
    world.issuer.revoke(world.issuer.mint())
    world.reach()
    world.issuer.revoke(world.issuer.mint())
    begins_again(world, lambda p: p.pop("from_mark"))
    world.reach()
    world.ahead += 900 + 180 - 299  # less than 5 min left to live
    world.reach()
    world.issuer.revoke(world.issuer.mint())
    assert world.answer(lambda p: p.pop("from_mark"))


def test_an_empty_page_with_another_mark(world: World) -> None:
    world.issuer.revoke(world.issuer.mint())
    world.reach()
    begins_again(world, lambda p: p.update({"mark": "other"}))


def test_another_history(world: World) -> None:
    token, gone = world.issuer.mint(), world.issuer.mint()
    world.issuer.revoke(gone)
    world.reach()
    assert not world.revoked(token)
    world.issuer.lose_history()
    begins_again(world)
    with pytest.raises(NotCurrent):
        world.revoked(token)
    world.reach()
    with pytest.raises(NotCurrent):
        world.revoked(token)  # the keys were not read
    assert world.core.keys_wanted
    assert world.core.keys_due_in() <= 1
    world.read_keys()
    assert not world.revoked(token)
    assert world.revoked(gone), "a no is never taken back"


def test_after_another_history_not_even_allow_lets_anybody_in() -> None:
    for policy in ("allow", "ask"):
        world = World(when_not_current=policy)
        world.issuer.lose_history()
        begins_again(world)
        with pytest.raises(NotCurrent):
            world.core.admit(world.core.enter(world.issuer.mint()).caller)


def test_keys_that_were_on_their_way_do_not_count_after_another_history(world: World) -> None:
    asked_at = world.now()
    world.monotonic += 1
    world.issuer.lose_history()
    begins_again(world)
    world.core.take_keys(200, "", world.issuer.jwks(), asked_at)
    assert world.core.keys_wanted
    world.core.take_keys(200, "", world.issuer.jwks(), world.now())
    assert not world.core.keys_wanted


def test_freshness_is_the_start_of_the_request_minus_the_servers_age(world: World) -> None:
    ask = world.core.ask()
    started = world.monotonic
    world.monotonic += 1.2
    page = json.loads(_jws.decode(world.issuer.page(ask.query())[1].decode().split(".")[1]))
    page["age"] = 800
    signed = world.issuer._key.sign("revocations+jwt", json.dumps(page).encode())
    assert world.core.take_page(ask, 200, signed.encode())
    staleness = world.core.status().staleness
    assert staleness == pytest.approx(world.monotonic - started + 0.8, abs=0.05)
    world.monotonic += 2.9
    assert world.core.current()
    world.monotonic += 0.2
    assert not world.core.current()


def test_the_wall_clock_must_agree(world: World) -> None:
    assert world.core.current()
    world.ahead = 0.9
    assert world.core.current()
    for ahead in (1.2, 3600, -1.2):  # suspended, set ahead, set back
        world.ahead = ahead
        assert not world.core.current()
    world.reach()
    assert world.core.current()


@pytest.mark.parametrize("apart", [61.0, -61.0])
def test_a_page_by_another_time_makes_nobody_current(
    world: World, apart: float, caplog: pytest.LogCaptureFixture
) -> None:
    world.ahead = 60 if apart > 0 else -60
    world.reach()
    assert world.core.current(), "clocks may differ by a minute"
    token = world.issuer.mint()
    world.issuer.revoke(token)
    world.ahead = apart
    world.core.revocations.lose()
    for _ in range(3):
        world.reach()
        assert float(world.core.ask().query()["wait"]) > 0, "it goes on as at the head"
        assert not world.core.current()
        world.core.tell()
    assert world.revoked(token), "its entries count"
    with pytest.raises(NotCurrent, match="60 s apart"):
        world.revoked(world.issuer.mint(claims={"iat": int(world.issuer.now() - 120)}))
    assert [r.message for r in caplog.records] == [
        "not current: the feed: the clocks of this machine and the server are more than 60 s apart"
    ]
    world.ahead = 0
    world.reach()
    assert world.core.current()


def test_the_time_of_a_page_is_compared_when_it_comes(world: World) -> None:
    world.core.revocations.lose()
    ask = world.core.ask()
    status, body = world.issuer.page({**ask.query(), "wait": "0"})
    world.monotonic += 61
    world.core.take_page(ask, status, body)
    assert world.core.revocations.doubt


def test_a_clock_that_jumps_ahead_drops_nothing(world: World) -> None:
    token = world.issuer.mint()
    world.issuer.revoke(token)
    world.reach()
    world.ahead = 7200
    world.reach()
    world.ahead = 0
    world.reach()
    assert world.revoked(token)


def test_what_has_expired_is_dropped(world: World) -> None:
    world.issuer.revoke(world.issuer.mint())
    world.issuer.revoke_user(str(uuid.uuid4()))
    world.reach()
    assert world.core.revocations.held == 2
    world.issuer.advance(900 + 180 + 60)
    world.reach()
    assert world.core.revocations.held == 0
    assert world.core.revocations.number == 2


def test_more_than_it_may_hold() -> None:
    world = World(max_revocations=2)
    tokens = [world.issuer.mint() for _ in range(3)]
    for token in tokens:
        world.issuer.revoke(token)
    with pytest.raises(AnswerError, match="more than 2"):
        world.answer()
    assert not world.core.current()
    world.issuer.advance(900 + 180 + 60)  # they have expired
    world.reach()
    assert world.core.current()


def test_it_waits_a_quarter_of_max_staleness_at_most(world: World) -> None:
    world.core.revocations.lose()
    assert world.core.ask().query()["wait"] == "0.0", "before the head it waits for nothing"
    for _ in range(2):  # at 0, where nothing was ever revoked, and behind it
        world.reach()
        waits = {world.core.ask().query()["wait"] for _ in range(200)}
        assert waits == {"0.9", "1.0", "1.1", "1.2"}
        world.issuer.revoke(world.issuer.mint())


@pytest.mark.parametrize("obeys", [True, False], ids=["waits", "answers at once"])
def test_a_server_that_never_revoked_anything_is_not_hammered(world: World, *, obeys: bool) -> None:
    world.core.revocations.lose()  # as at the start
    began, pages = world.monotonic, 0
    while world.monotonic < began + 1:
        ask = world.core.ask()
        status, body = world.issuer.page({**ask.query(), "wait": "0"})
        world.monotonic += ask.wait if obeys else 0
        pages += 1
        assert pages <= 4
        reached = world.core.take_page(ask, status, body)
        moved = world.core.revocations.number != ask.after
        world.monotonic += world.core.pause(ask, reached=reached, moved=moved)


def test_it_backs_off_with_jitter(world: World) -> None:
    pauses = [world.core.fail("x") for _ in range(20)]
    assert 0.1 <= pauses[0] <= 0.2
    assert all(2.5 <= pause <= 5 for pause in pauses[6:])
    assert len(set(pauses)) == 20
    world.reach()
    assert world.core.fail("x") <= 0.2


def test_a_server_that_does_not_wait_is_not_hammered(world: World) -> None:
    world.issuer.revoke(world.issuer.mint())
    world.reach()
    ask = world.core.ask()
    assert world.core.pause(ask, reached=True, moved=False) >= 0.45
    world.monotonic += 1.5
    assert 0.02 < world.core.pause(ask, reached=True, moved=False) <= 0.05
    assert 0.02 < world.core.pause(ask, reached=True, moved=True) <= 0.05
    assert world.core.pause(ask, reached=False, moved=True) == 0


def test_it_says_when_it_stops_and_begins_to_be_current(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "sallyport")
    world.core.tell()
    world.monotonic += 6
    world.core.fail("the server cannot be reached")
    world.core.tell()
    world.core.tell()
    world.reach()
    world.core.tell()
    assert [r.message for r in caplog.records] == [
        "not current: the server cannot be reached",
        "current again",
    ]


def test_policies(caplog: pytest.LogCaptureFixture) -> None:
    def caller(world: World) -> User:
        entered = world.core.enter(world.issuer.mint()).caller
        assert isinstance(entered, User)
        return entered

    refusing, asking, allowing = (World(when_not_current=p) for p in ("refuse", "ask", "allow"))
    for world in (refusing, asking, allowing):
        assert world.core.admit(caller(world))
        world.monotonic += 6
    with pytest.raises(NotCurrent):
        refusing.core.admit(caller(refusing))
    assert not asking.core.admit(caller(asking))
    assert allowing.core.admit(caller(allowing))
    assert allowing.core.admit(caller(allowing))
    assert allowing.core.status().unchecked == 2
    allowing.reach()
    assert allowing.core.admit(caller(allowing))
    assert [r.message.split(":")[0] for r in caplog.records] == ["not current", "current again"]


def test_what_is_known_to_be_revoked_is_refused_whatever_the_policy() -> None:
    for policy in ("refuse", "ask", "allow"):
        world = World(when_not_current=policy)
        token = world.issuer.mint()
        world.issuer.revoke(token)
        world.reach()
        world.monotonic += 60
        assert world.revoked(token)


def test_introspection(world: World) -> None:
    caller = world.core.enter(world.issuer.mint()).caller
    world.core.introspected(caller, 200, b'{"active":true}')
    with pytest.raises(InvalidToken):
        world.core.introspected(caller, 200, b'{"active":false}')
    for status, body in (
        (401, b'{"active":true}'),
        (500, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"active":"true"}'),
        (200, b'{"active":1}'),
        (200, b'{"active":true,"sub":"somebody else"}'),
        (200, b'{"active":true,"jti":"another"}'),
    ):
        with pytest.raises(NotCurrent):
            world.core.introspected(caller, status, body)


def test_keys_are_read_at_max_age_and_in_an_outage_stand_a_day(world: World) -> None:
    keys = world.core.keys
    assert keys.due_in(world.now()) == pytest.approx(300)
    for cache_control, seconds in (
        ("public, max-age=60", 60),
        ("max-age=86400", 300),
        ("max-age=0", 10),
        ('Max-Age="30"', 30),
        ("max-age=-1", 300),
        ("no-cache", 300),
    ):
        keys.trying(world.now())
        keys.read(world.issuer.jwks(), cache_control, world.now())
        assert keys.due_in(world.now()) == seconds, cache_control
    token = world.issuer.mint(expires_in=48 * 3600)
    world.monotonic += 24 * 3600 - 1
    keys.failed()
    assert world.core.enter(token)
    world.monotonic += 2
    with pytest.raises(LookupError):
        world.core.enter(token)
    assert isinstance(world.core.unknown_key(), NotCurrent)


def test_keys_grow_old_while_the_machine_is_suspended(world: World) -> None:
    token = world.issuer.mint(expires_in=48 * 3600)
    world.core.enter(token)
    world.ahead = 301
    assert world.core.keys_due_in() == 0
    assert world.core.keys.may_ask(world.now())
    assert world.core.enter(token)
    world.ahead = 24 * 3600 + 1
    with pytest.raises(LookupError):
        world.core.enter(token)
    assert isinstance(world.core.unknown_key(), NotCurrent)
    world.ahead = -24 * 3600
    assert world.core.keys_due_in() == pytest.approx(300), "set back, it does not wait for long"


def test_no_answer_about_keys_changes_nothing(world: World) -> None:
    token = world.issuer.mint()
    world.core.enter(token)
    for status, body in ((500, b'{"keys":[]}'), (200, b""), (200, b"{}"), (200, b'{"keys":1}')):
        with pytest.raises(AnswerError):
            world.core.take_keys(status, "", body, world.now())
    assert world.core.enter(token)


@pytest.mark.parametrize("keys", [[], [{"kty": "oct", "alg": "HS256", "kid": "a", "k": "AAAA"}]])
def test_an_empty_set_of_keys_drops_them_all(world: World, keys: list[dict[str, str]]) -> None:
    token = world.issuer.mint()
    world.core.enter(token)
    with pytest.raises(AnswerError, match="without a key"):
        world.core.take_keys(200, "", json.dumps({"keys": keys}).encode(), world.now())
    with pytest.raises(LookupError):
        world.core.enter(token)
    assert isinstance(world.core.unknown_key(), NotCurrent), "it is no answer about one kid"
    assert world.core.keys_due_in() <= 5
    world.read_keys()
    assert world.core.enter(token)


def test_an_unknown_kid_counts_every_10_s(world: World) -> None:
    keys = world.core.keys
    world.monotonic += 9
    assert not keys.may_ask(world.now())
    world.monotonic += 1
    assert keys.may_ask(world.now())
    with pytest.raises(LookupError):
        world.core.enter(Issuer().mint())
    assert isinstance(world.core.unknown_key(), InvalidToken)
    keys.failed()
    assert isinstance(world.core.unknown_key(), NotCurrent), "it cannot be told"
