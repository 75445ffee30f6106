"""The feed of revocations: its pages, and what a follower makes of them.

Nothing here talks to anybody or looks at a clock, so that one set of rules serves the async and
the threaded follower, and tests.

A *position* is a number and its mark, 64 random bits that the server drew with the number. A
database that forgets its last commits gives numbers out twice, never marks. Whatever does not
fit makes the follower begin again at 0; what it knows stays until it expires, because a "no" is
never taken back.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import NamedTuple

from sallyport import _json
from sallyport._errors import FormError
from sallyport.claims import Client, User, is_uuid

MAX_PAGE = 8 << 20
"""Bounds a page, in bytes."""
MAX_ENTRIES = 10_000
"""Bounds the entries of a page."""
MAX_HELD = 2_000_000
"""How many revocations are held at once, unless said otherwise."""

_ABSENT_MARK = 300
_WALL_AGREES = 1.0
_MAX_APART = 60
_MAX_TEXT = 128
_KINDS = ("jti", "sid", "sub", "client")


class Entry(NamedTuple):
    """One revocation."""

    number: int
    mark: str
    kind: str
    value: str
    epoch: int
    expires_at: int


class Page(NamedTuple):
    """What the server answered, once its signature was verified."""

    history: str
    start: int
    start_mark: str
    end: int
    end_mark: str
    head: int
    age: float
    issued_at: int
    entries: list[Entry]


@dataclass(frozen=True)
class Ask:
    """One request for a page, with the moments at which it began."""

    after: int
    mark: str
    nonce: str
    wait: float
    now: float
    wall: float

    def query(self) -> dict[str, str]:
        """Give the parameters of GET /revocations."""
        query = {"after": str(self.after), "nonce": self.nonce, "wait": f"{self.wait:.1f}"}
        if self.mark:
            query["mark"] = self.mark
        return query


class OverflowingError(RuntimeError):
    """There are more revocations than this follower may hold."""


class BeginAgainError(RuntimeError):
    """The server's feed is not the one that was followed."""

    def __init__(self, reason: str, *, history: bool = False) -> None:
        super().__init__(reason)
        self.history = history


def parse_page(payload: bytes, issuer: str, client_id: str, ask: Ask) -> Page:
    """Read the payload of a page and refuse one that does not answer ask."""
    r = _json.Reader(_json.parse_object(payload))
    if r.text("iss") != issuer:
        raise FormError("member iss: not ours")
    if r.text("aud") != client_id:
        raise FormError("member aud: not ours")
    if r.text("nonce") != ask.nonce:
        raise FormError("member nonce: not ours")
    entries = [_entry(_json.Reader(members)) for members in r.objects("entries", MAX_ENTRIES)]
    page = Page(
        history=_short(r, "history"),
        start=r.integer("from"),
        start_mark=_short(r, "from_mark") if "from_mark" in r else "",
        end=r.integer("to"),
        end_mark=_short(r, "mark") if "mark" in r else "",
        head=r.integer("head"),
        age=r.integer("age") / 1000,
        issued_at=r.date("iat"),
        entries=entries,
    )
    if page.start != ask.after:
        raise FormError("member from: not what was asked for")
    if page.head >= page.start:
        _check_order(page)
    return page


def _check_order(page: Page) -> None:
    if not page.start <= page.end <= page.head:
        raise FormError("member to: out of order")
    if page.end == page.start < page.head:
        raise FormError("member to: no way forward")
    last = page.start
    for entry in page.entries:
        if not last < entry.number <= page.end:
            raise FormError("member entries: out of order")
        last = entry.number
    if page.entries and last == page.end and page.entries[-1].mark != page.end_mark:
        raise FormError("member mark: not that of the last entry")


def _entry(r: _json.Reader) -> Entry:
    kind = _short(r, "k")
    value = _short(r, "v") if kind in _KINDS else r.text("v")
    if kind in ("jti", "sid", "sub") and not is_uuid(value):
        raise FormError("member v: wrong form")
    epoch = r.integer("e") if "e" in r or kind in ("sub", "client") else 0
    mark = _short(r, "m") if "m" in r else ""  # an earlier version of the server drew none
    return Entry(r.integer("n"), mark, kind, value, epoch, r.date("x"))


def _short(r: _json.Reader, name: str) -> str:
    text = r.text(name)
    if len(text) > _MAX_TEXT:
        raise FormError(f"member {name}: too long")
    return text


class Revocations:
    """What is revoked, and how current that knowledge is.

    One follower writes; any thread may read.
    """

    def __init__(self, max_staleness: float, max_held: int = MAX_HELD) -> None:
        self.max_staleness = max_staleness
        self._max_held = max_held
        self._once: dict[bytes, int] = {}
        self._epochs: dict[bytes, tuple[int, int]] = {}
        self._next_purge = 0
        self._number = 0
        self._mark = ""
        self._mark_expires_at = 0
        self._history = ""
        self._fresh: tuple[float, float] | None = None
        self._untrusted = False
        self._unknown_until = 0
        self._apart = False

    # What callers ask.

    @property
    def number(self) -> int:
        """The number up to which the feed was applied."""
        return self._number

    @property
    def held(self) -> int:
        """How many revocations are held."""
        return len(self._once) + len(self._epochs)

    @property
    def untrusted(self) -> bool:
        """Whether another history began and was not read to its head: nothing counts till then."""
        return self._untrusted

    def staleness(self, now: float, wall: float) -> float | None:
        """Give the seconds since all revocations were known, or None if that cannot be said.

        A suspended machine stops the monotonic clock, so the wall clock must agree.
        """
        fresh = self._fresh
        if fresh is None:
            return None
        elapsed, by_wall = now - fresh[0], wall - fresh[1]
        if elapsed < 0 or abs(by_wall - elapsed) > _WALL_AGREES:
            return None
        return elapsed

    def current(self, now: float, wall: float) -> bool:
        """Report whether a token that is not known to be revoked is not."""
        staleness = self.staleness(now, wall)  # first, as take() writes it last
        return staleness is not None and staleness <= self.max_staleness and not self._unknown_until

    @property
    def doubt(self) -> str:
        """Why the last page does not make it current although it reaches the head, if so."""
        if self._unknown_until:
            return "an unknown kind of revocation: the server is newer than this library"
        if self._apart:
            return f"the clocks of this machine and the server are more than {_MAX_APART} s apart"
        return ""

    def revoked(self, caller: User | Client) -> bool:
        """Report whether a token is known to be revoked. Ask whether it is current *before*."""
        if _key("jti", caller.token_id) in self._once:
            return True
        if isinstance(caller, User):
            if _key("sid", caller.session_id) in self._once:
                return True
            floor = self._epochs.get(_key("sub", caller.id))
        else:
            floor = self._epochs.get(_key("client", caller.id))
        return floor is not None and caller.epoch < floor[0]

    # What the follower does.

    def ask(self, wait: float, now: float, wall: float) -> Ask:
        """Give the next request, with a nonce of its own."""
        return Ask(self._number, self._mark, secrets.token_urlsafe(24), wait, now, wall)

    def take(self, page: Page, ask: Ask, wall: float) -> bool:
        """Apply a page that came at wall, and report whether it reaches the head.

        One whose time is far from that makes nobody current: its server may have dropped too much
        as expired.
        Raises BeginAgainError if it does not continue what was applied; the position is 0 then,
        and the follower is not current until it has reached the head. Raises OverflowingError if
        there are more entries than may be held; it is not current then either.
        """
        # The earlier of the two clocks, so that one which jumps ahead for a while drops nothing.
        self._purge(min(ask.wall, page.issued_at))
        reason = self._broken(page, ask.wall)
        if reason:
            history = bool(self._history) and page.history != self._history
            self._begin_again()
            self._untrusted = self._untrusted or history
            raise BeginAgainError(reason, history=history)
        if self.held + len(page.entries) > self._max_held:
            self._fresh = None
            raise OverflowingError(f"more than {self._max_held} revocations")
        for entry in page.entries:
            self._add(entry)
        if page.end != self._number or self._number == 0:
            ended = page.entries[-1] if page.entries else None
            own = ended is not None and ended.number == page.end
            self._mark_expires_at = ended.expires_at if ended is not None and own else 0
        self._number, self._mark, self._history = page.end, page.end_mark, page.history
        if page.end < page.head:
            return False
        self._apart = abs(page.issued_at - wall) > _MAX_APART
        if self._apart:
            return True
        # Last, so that who finds it fresh finds its entries too.
        self._fresh = (ask.now - page.age, ask.wall - page.age)
        self._untrusted = False
        return True

    def lose(self) -> None:
        """Forget how current it is, as if no page had come for long."""
        self._fresh, self._apart = None, False

    def _broken(self, page: Page, wall: float) -> str:
        if self._history and page.history != self._history:
            return "another history"
        if page.head < page.start:
            return "the head went back"
        if self._number == 0:
            return ""
        if page.end == page.start and page.end_mark != self._mark:
            return "another mark"
        if page.start_mark:
            return "" if page.start_mark == self._mark else "another mark"
        if self._mark and self._mark_expires_at - wall > _ABSENT_MARK:
            return "an entry is missing"
        return ""

    def _begin_again(self) -> None:
        self._number, self._mark, self._mark_expires_at, self._history = 0, "", 0, ""
        self._fresh, self._apart = None, False

    def _add(self, entry: Entry) -> None:
        if entry.kind not in _KINDS:
            # A newer server revokes in a way that we do not know: it must not pass unseen.
            self._unknown_until = max(entry.expires_at, self._unknown_until)
            return
        key = _key(entry.kind, entry.value)
        if entry.kind in ("jti", "sid"):
            self._once[key] = max(entry.expires_at, self._once.get(key, 0))
            return
        epoch, expires_at = self._epochs.get(key, (0, 0))
        self._epochs[key] = (max(entry.epoch, epoch), max(entry.expires_at, expires_at))

    def _purge(self, wall: float) -> None:
        """Drop what has expired, most of it at most every minute."""
        if self._unknown_until <= wall:
            self._unknown_until = 0
        minute = int(wall // 60)
        if minute == self._next_purge:
            return
        self._next_purge = minute
        for key in [key for key, expires_at in self._once.items() if expires_at <= wall]:
            del self._once[key]
        for key in [key for key, (_, expires_at) in self._epochs.items() if expires_at <= wall]:
            del self._epochs[key]


def _key(kind: str, value: str) -> bytes:
    """Give what stands for an entry in memory: 17 bytes for a UUID."""
    if kind == "client":
        return b"c" + value.encode("utf-8")
    return kind[1:2].encode("ascii") + bytes.fromhex(value.replace("-", ""))
