"""The keys that signatures are verified with (RFC 7517), each with its one algorithm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from sallyport import _json
from sallyport._clocks import Moment
from sallyport._errors import FormError, UnknownKeyError
from sallyport._jws import Message, decode

MAX_SET = 256 << 10
"""Bounds a JWK set, in bytes."""

_MAX_KEYS = 64
_MIN_RSA_BITS = 2048  # RFC 7518 §3.3
_MAX_RSA_BITS = 8192  # verifying with larger ones is a way to waste our time
_MIN_RSA_EXPONENT = 65537
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_ES256_HALF = 32

_MEMBERS = {
    ("EC", "ES256"): ("crv", "x", "y"),
    ("OKP", "EdDSA"): ("crv", "x"),
    ("RSA", "RS256"): ("n", "e"),
}
_CURVES = {"EC": "P-256", "OKP": "Ed25519"}


@dataclass(frozen=True, eq=False)
class Key:
    """A public key, with the algorithm that it alone is for."""

    kid: str
    algorithm: str
    members: tuple[str, ...]
    """What makes the key, to tell whether a set has another key by the same kid."""
    jwk: jwt.PyJWK

    def verify(self, message: Message) -> None:
        """Check the signature of a message. What it says may be believed afterwards.

        The header must name the key's own algorithm (RFC 8725 §3.1), and the signature must be
        the only spelling of itself: with ES256, anybody can make (r, n-s) out of (r, s), so that
        the smaller s alone counts.
        """
        if message.algorithm != self.algorithm:
            raise FormError("algorithm is not the key's")
        signature = message.signature
        if self.algorithm == "ES256":
            if len(signature) != 2 * _ES256_HALF:
                raise FormError("signature is wrong")
            if int.from_bytes(signature[_ES256_HALF:], "big") > _P256_ORDER // 2:
                raise FormError("signature is not canonical")
        if not self.jwk.Algorithm.verify(message.signed, self.jwk.key, signature):
            raise FormError("signature is wrong")


def parse_set(text: bytes) -> dict[str, Key]:
    """Read a JWK set (RFC 7517 §5) and give its keys by kid.

    A key that does not verify signatures of ours, does not say by which algorithm, or is unfit,
    private or shared, is left out. A kid that stands twice makes the set unfit: it then selects
    nothing.
    """
    if len(text) > MAX_SET:
        raise FormError("JWK set is too long")
    found: dict[str, Key] = {}
    seen: set[str] = set()
    for members in _json.Reader(_json.parse_object(text)).objects("keys", _MAX_KEYS):
        kid = members.get("kid")
        if not isinstance(kid, str) or not kid:
            continue
        if kid in seen:
            raise FormError("a kid stands twice")
        seen.add(kid)
        try:
            found[kid] = _parse_key(kid, members)
        except (FormError, jwt.PyJWTError, ValueError):
            continue
    return found


def _parse_key(kid: str, members: dict[str, Any]) -> Key:
    jwk = _json.Reader(members)
    operations = members.get("key_ops", ["verify"])
    if (
        "d" in jwk
        or members.get("use", "sig") != "sig"
        or not isinstance(operations, list)
        or "verify" not in operations
    ):
        raise FormError("not a public key for signatures")
    kind, algorithm = jwk.text("kty"), jwk.text("alg")
    names = _MEMBERS.get((kind, algorithm))
    if names is None or _CURVES.get(kind) not in (None, members.get("crv")):
        raise FormError("not an algorithm of ours")
    values = tuple(jwk.text(name) for name in names)
    for name, value in zip(names, values, strict=True):
        if name != "crv" and not decode(value):
            raise FormError("empty member")
    if kind == "EC" and any(len(decode(v)) != _ES256_HALF for v in values[1:]):
        raise FormError("not a point of P-256")
    if kind == "RSA" and any(decode(v)[0] == 0 for v in values):
        raise FormError("not canonical base64urlUInt")
    parsed = jwt.PyJWK({"kty": kind, **dict(zip(names, values, strict=True))}, algorithm=algorithm)
    if isinstance(parsed.key, RSAPublicKey):
        _check_rsa(parsed.key)
    return Key(kid, algorithm, (algorithm, *values), parsed)


def _check_rsa(key: RSAPublicKey) -> None:
    exponent = key.public_numbers().e
    if not _MIN_RSA_BITS <= key.key_size <= _MAX_RSA_BITS:
        raise FormError("RSA key is too small or too large")
    if exponent < _MIN_RSA_EXPONENT or exponent % 2 == 0:
        raise FormError("unfit RSA exponent")


class Keys:
    """The keys of the issuer, and the rules by which they are read again.

    They are read at the start, at max-age (at most 5 minutes), and when a token names a kid that
    is not among them, which counts at most every 10 seconds. A key that the answer lacks is
    dropped at once. Only an outage lets keys stand longer, up to 24 hours.

    Times are seconds, by the clock that says more: the monotonic one may stand while the machine
    is suspended, and the other may be set back.
    """

    MAX_AGE = 300.0
    OUTAGE = 24 * 3600.0
    UNKNOWN_EVERY = 10.0
    _RETRY = 5.0
    _RETRY_SOON = 1.0

    def __init__(self) -> None:
        self._keys: dict[str, Key] = {}
        self._read_at: Moment | None = None
        self._tried_at: Moment | None = None
        self._failed = False
        self._max_age = self.MAX_AGE

    def find(self, kid: str, now: Moment) -> Key:
        """Give the key that kid selects."""
        if self._read_at is None or now.since(self._read_at) > self.OUTAGE:
            raise UnknownKeyError("keys are too old")
        try:
            return self._keys[kid]
        except KeyError:
            raise UnknownKeyError("kid is unknown") from None

    def holds(self, key: Key, now: Moment) -> bool:
        """Report whether key still counts."""
        return (
            self._read_at is not None
            and now.since(self._read_at) <= self.OUTAGE
            and self._keys.get(key.kid) is key
        )

    def known(self, now: Moment) -> bool:
        """Report whether the last attempt succeeded, so that a kid it lacks is nobody's."""
        return (
            self._read_at is not None
            and not self._failed
            and now.since(self._read_at) <= self.OUTAGE
        )

    def due_in(self, now: Moment, *, wanted: bool = False) -> float:
        """Give the seconds until the keys are to be read again; wanted: as soon as may be."""
        if self._tried_at is None:
            return 0.0
        if wanted or self._read_at is None:
            wait = self._RETRY_SOON
        else:
            wait = self._RETRY if self._failed else self._max_age
        return max(0.0, wait - now.since(self._tried_at))

    def may_ask(self, now: Moment) -> bool:
        """Report whether an unknown kid is a reason to read the keys now."""
        return self._tried_at is None or now.since(self._tried_at) >= self.UNKNOWN_EVERY

    def trying(self, now: Moment) -> None:
        """Note that the keys are being read."""
        self._tried_at = now

    def failed(self) -> None:
        """Note that they could not be read."""
        self._failed = True

    def read(self, text: bytes, cache_control: str, now: Moment) -> None:
        """Take an answer of the issuer, which was asked at now.

        Raises FormError for what is no JWK set, which changes nothing, and for a set without a key
        of ours, which drops all.
        """
        keys = parse_set(text)
        if not keys:
            self._failed, self._keys = True, keys
            raise FormError("JWK set without a key of ours")
        for kid, key in keys.items():
            old = self._keys.get(kid)
            if old is not None and old.members == key.members:
                keys[kid] = old  # tokens that it verified stay remembered
        self._keys, self._read_at, self._failed = keys, now, False
        self._max_age = _max_age(cache_control, self.MAX_AGE)


_MIN_AGE = 10.0


def _max_age(cache_control: str, limit: float) -> float:
    """Read max-age (RFC 9111 §5.2.2.1), at most limit, and never so little that we hammer."""
    for directive in cache_control.split(","):
        name, _, value = directive.strip().partition("=")
        value = value.strip('"')
        if name.lower() == "max-age" and value.isascii() and value.isdigit() and len(value) < 10:
            return max(_MIN_AGE, min(float(value), limit))
    return limit
