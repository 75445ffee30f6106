"""The one way in for access tokens: form, key, signature, claims, in this order."""

from __future__ import annotations

import hashlib
import threading
from typing import NamedTuple

from sallyport import _jws
from sallyport._clocks import Moment
from sallyport._errors import FormError
from sallyport._keys import Key, Keys
from sallyport.claims import Client, User, parse_claims

DEFAULT_CACHE = 16 << 10
"""How many verified tokens are remembered."""


class Verified(NamedTuple):
    """A token that came through the door."""

    caller: User | Client
    key: Key
    expires_at: int


class Door:
    """Verifies access tokens of one issuer for one audience. Threads may share it.

    A bounded cache remembers verified tokens by the SHA-256 of their text, which saves the
    public-key work on the second sight. Expiry and the key's presence are checked each time.
    """

    def __init__(self, issuer: str, audience: str, keys: Keys, cache_size: int) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys
        self._size = cache_size
        self._cache: dict[bytes, Verified] = {}
        self._lock = threading.Lock()

    def enter(self, raw: str, now: Moment) -> Verified:
        """Give what a token says that is the issuer's, for the audience, and unexpired.

        Raises FormError for a token that does not count, UnknownKeyError if its kid selects no
        key.
        """
        if not raw or len(raw) > _jws.MAX_TOKEN or not raw.isascii():
            raise FormError("empty, too long or not ASCII")
        fingerprint = hashlib.sha256(raw.encode("ascii")).digest()
        seen = self._cache.get(fingerprint)
        known = seen is not None and self._keys.holds(seen.key, now)
        if seen is None or not known:
            seen = self._verify(raw, now)
        if now.wall >= seen.expires_at:
            raise FormError("expired")
        if not known:
            self._remember(fingerprint, seen)
        return seen

    def _verify(self, raw: str, now: Moment) -> Verified:
        message = _jws.parse(raw, _jws.MAX_TOKEN)
        if message.type != "at+jwt":  # RFC 9068 §2.1
            raise FormError("typ is not at+jwt")
        key = self._keys.find(message.key_id, now)
        key.verify(message)
        caller = parse_claims(message.payload, self._issuer, self._audience, now.wall)
        return Verified(caller, key, int(caller.expires_at.timestamp()))

    def _remember(self, fingerprint: bytes, seen: Verified) -> None:
        if self._size <= 0:
            return
        with self._lock:
            self._cache.pop(fingerprint, None)
            if len(self._cache) >= self._size:
                del self._cache[next(iter(self._cache))]
            self._cache[fingerprint] = seen

    def forget(self) -> None:
        """Drop what dropped keys have verified."""
        with self._lock:
            self._cache.clear()
