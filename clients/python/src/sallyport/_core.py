"""What a guard knows and decides, without talking to anybody.

The async and the threaded guard fetch keys and pages in their own way and hand the answers to a
Core, which both ask about tokens. So there is one set of rules.
"""

from __future__ import annotations

import hmac
import ipaddress
import json
import logging
import random
import urllib.parse
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from sallyport import _feed, _jws
from sallyport._clocks import Clocks, Moment
from sallyport._door import DEFAULT_CACHE, Door, Verified
from sallyport._errors import FormError
from sallyport._keys import Keys
from sallyport.claims import Client, User
from sallyport.refusal import InvalidToken, NotCurrent

log = logging.getLogger("sallyport")

Policy = Literal["refuse", "ask", "allow"]
"""What happens to a token while it cannot be told whether it was revoked.

refuse: 503. ask: the server is asked about that token (RFC 7662). allow: yes.
"""


class StartError(RuntimeError):
    """The keys and the first complete feed did not come in time; the message says why."""


class AnswerError(RuntimeError):
    """The server answered something that is no use; the message is for the log."""


@dataclass(frozen=True)
class Config:
    """What a guard needs to know. Times are in seconds."""

    issuer: str
    audience: str
    client_id: str
    client_secret: str = field(repr=False)
    when_not_current: Policy = "refuse"
    max_staleness: float = 5.0
    ready_within: float = 10.0
    cache_size: int = DEFAULT_CACHE
    max_revocations: int = _feed.MAX_HELD
    server_url: str = ""
    """Where this program reaches the server, if not at the issuer."""
    allow_http: bool = False
    """Take plain HTTP to another machine, which shows the client's secret to the network."""

    def __post_init__(self) -> None:
        for name in ("issuer", "audience", "client_id", "client_secret"):
            if not getattr(self, name):
                raise ValueError(f"{name} is empty")
        if self.when_not_current not in ("refuse", "ask", "allow"):
            raise ValueError("when_not_current is refuse, ask or allow")
        if not 0.4 <= self.max_staleness <= 60:
            raise ValueError("max_staleness is not between 0.4 and 60 seconds")
        url = urllib.parse.urlsplit(self.base)
        if url.scheme not in ("https", "http") or not url.hostname or url.query or url.username:
            raise ValueError("issuer or server_url is not an http or https address")
        if url.scheme == "http" and not self.allow_http and not _loopback(url.hostname):
            raise ValueError("plain HTTP to another machine; say allow_http if you mean it")

    @property
    def base(self) -> str:
        """The address of the server, without a slash at its end."""
        return (self.server_url or self.issuer).rstrip("/")

    @property
    def basic(self) -> tuple[str, str]:
        """User name and password of the client (RFC 6749 §2.3.1: form-encoded first)."""
        return urllib.parse.quote_plus(self.client_id), urllib.parse.quote_plus(self.client_secret)


def _loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Status:
    """What a health check or a metric wants to know."""

    current: bool
    staleness: float | None
    """Seconds since all revocations were known."""
    number: int
    """The revocation up to which the feed was applied."""
    revocations: int
    """How many are held."""
    unchecked: int
    """How many tokens were allowed without knowing, by when_not_current="allow"."""


class Core:
    """The state of one guard in one process."""

    def __init__(self, config: Config, clocks: Clocks | None = None) -> None:
        self.config = config
        self.clocks = clocks or Clocks()
        self.keys = Keys()
        self.revocations = _feed.Revocations(config.max_staleness, config.max_revocations)
        self.last_failure = "no answer yet"
        self._door = Door(config.issuer, config.audience, self.keys, config.cache_size)
        self._keys_untrusted = False
        self._distrusted_at = 0.0
        self._failures = 0
        self._told: str | None = None
        self._allowing = False
        self._unchecked = 0

    # Tokens.

    def enter(self, raw: str) -> Verified:
        """Give what a token says that came through the door.

        Raises InvalidToken; UnknownKeyError if the keys may have to be read first.
        """
        try:
            return self._door.enter(raw, self.clocks.now())
        except FormError as err:
            raise InvalidToken(str(err)) from None

    def unknown_key(self) -> InvalidToken | NotCurrent:
        """Give the refusal for a token whose key is not known after the keys were read."""
        if self.keys.known(self.clocks.now()):
            return InvalidToken("kid is unknown")
        return NotCurrent("the keys could not be read")

    def admit(self, caller: User | Client) -> bool:
        """Report whether the caller may pass; if not, the server has to be asked.

        Raises InvalidToken for a revoked token, NotCurrent where it cannot be told.
        """
        current = self.current()
        if self.revocations.revoked(caller):
            raise InvalidToken("revoked")
        if current:
            if self._allowing:
                self._allowing = False
                log.warning("current again: revocations are checked")
            return True
        if self.untrusted or self.config.when_not_current == "refuse":
            raise NotCurrent(self.last_failure)
        if self.config.when_not_current == "ask":
            return False
        self._unchecked += 1
        if not self._allowing:
            self._allowing = True
            log.error("not current: tokens are allowed without knowing whether they are revoked")
        return True

    @property
    def untrusted(self) -> bool:
        """Whether another history began, and keys and feed were not read since."""
        return self._keys_untrusted or self.revocations.untrusted

    def current(self) -> bool:
        """Report whether all revocations are known."""
        now, wall = self.clocks.monotonic(), self.clocks.wall()
        return not self.untrusted and self.revocations.current(now, wall)

    def status(self) -> Status:
        """Say how it goes."""
        now, wall = self.clocks.monotonic(), self.clocks.wall()
        return Status(
            current=self.current(),
            staleness=self.revocations.staleness(now, wall),
            number=self.revocations.number,
            revocations=self.revocations.held,
            unchecked=self._unchecked,
        )

    # Introspection.

    def introspected(self, caller: User | Client, status: int, body: bytes) -> None:
        """Take the answer of POST /oauth2/introspect about the caller's token (RFC 7662 §2.2)."""
        if status != 200:
            raise NotCurrent(f"introspection answered {status}")
        try:
            answer: Any = json.loads(body)
        except ValueError:
            raise NotCurrent("introspection answered no JSON") from None
        members = cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}
        active = members.get("active")
        if active is False:
            raise InvalidToken("not active")
        same = members.get("sub", caller.id) == caller.id and hmac.compare_digest(
            str(members.get("jti", caller.token_id)).encode(), caller.token_id.encode()
        )
        if active is not True or not same:
            raise NotCurrent("introspection answered something else")

    # Keys.

    def take_keys(self, status: int, cache_control: str, body: bytes, asked_at: Moment) -> None:
        """Take the answer of GET /.well-known/jwks.json."""
        if status != 200:
            self.keys.failed()
            raise AnswerError(f"the keys: status {status}")
        try:
            self.keys.read(body, cache_control, asked_at)
        except FormError as err:
            self.keys.failed()
            raise AnswerError(f"the keys: {err}") from None
        if asked_at.monotonic >= self._distrusted_at:
            self._keys_untrusted = False

    @property
    def keys_wanted(self) -> bool:
        """Whether the keys are to be read because another history began."""
        return self._keys_untrusted

    def keys_due_in(self) -> float:
        """Give the seconds until the keys are to be read again."""
        return self.keys.due_in(self.clocks.now(), wanted=self._keys_untrusted)

    # The feed.

    def ask(self) -> _feed.Ask:
        """Give the next request for a page, jittered.

        It waits at most a quarter of max_staleness, so that a lost answer leaves time for more,
        and not at all while there is a head to be reached.
        """
        now, wall = self.clocks.monotonic(), self.clocks.wall()
        most = int(self.config.max_staleness / 4 * 10)
        wait = random.randint(max(most * 3 // 4, 1), max(most, 1)) / 10  # noqa: S311
        if self.revocations.staleness(now, wall) is None and not self.revocations.doubt:
            wait = 0.0
        return self.revocations.ask(wait, now, wall)

    def take_page(self, ask: _feed.Ask, status: int, body: bytes) -> bool:
        """Take an answer of GET /revocations and report whether it reaches the head.

        Raises AnswerError if it is none, UnknownKeyError if its key is not known.
        """
        if status != 200:
            raise AnswerError(_REFUSED.get(status, f"the feed: status {status}"))
        try:
            reached = self.revocations.take(self._page(ask, body), ask, self.clocks.wall())
        except (FormError, UnicodeDecodeError) as err:
            what = str(err) if isinstance(err, FormError) else "not ASCII"
            raise AnswerError(f"the feed: page refused: {what}") from None
        except _feed.OverflowingError as err:
            raise AnswerError(f"the feed: {err}") from None
        except _feed.BeginAgainError as err:
            log.warning("the feed begins again: %s", err)
            if err.history:
                self._distrusted_at = self.clocks.monotonic()
                self._keys_untrusted = True
                self._door.forget()
            raise AnswerError(f"the feed begins again: {err}") from None
        self._failures = 0
        if self.revocations.doubt:
            self.last_failure = f"the feed: {self.revocations.doubt}"
        return reached

    def _page(self, ask: _feed.Ask, body: bytes) -> _feed.Page:
        message = _jws.parse(body.decode("ascii"), _feed.MAX_PAGE)
        if message.type != "revocations+jwt":
            raise FormError("typ is not revocations+jwt")
        self.keys.find(message.key_id, self.clocks.now()).verify(message)
        config = self.config
        return _feed.parse_page(message.payload, config.issuer, config.client_id, ask)

    def fail(self, reason: str) -> float:
        """Note why there was no page, and give the seconds until the next try."""
        self.last_failure = reason
        self._failures += 1
        most = min(5.0, 0.1 * (1 << min(self._failures, 10)))
        return most * random.uniform(0.5, 1.0)  # noqa: S311

    def pause(self, ask: _feed.Ask, *, reached: bool, moved: bool) -> float:
        """Give the seconds between an answer and the next request.

        There is none on the way to the head. At the head there is always one: a short one after
        news and while the server waits as it was asked to, else about what is left of that wait.
        """
        if not reached:
            return 0.0
        early = 0.0 if moved else ask.wait - (self.clocks.monotonic() - ask.now)
        return max(_GAP, early) * random.uniform(0.5, 1.0)  # noqa: S311

    def tell(self) -> None:
        """Log when it stops and begins to be current."""
        say = "" if self.current() else self.last_failure
        if say == self._told:
            return
        if say:
            log.error("not current: %s", say)
        elif self._told is not None:
            log.info("current again")
        self._told = say


_GAP = 0.05
"""The longest pause at the head where nothing asks for a longer one, in seconds."""

_REFUSED = {
    401: "the feed: client_id or client_secret is wrong, or the client is disabled",
    403: "the feed: the client lacks the scope revocations",
    404: "the feed: this server has none; it is too old",
    501: "the feed needs asymmetric keys: SALLYPORT_JWT_ALGORITHM is HS256",
    503: "the feed: the server is not current itself",
}
