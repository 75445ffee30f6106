"""Who is asking: what an access token says, once it came through the door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from types import MappingProxyType
from typing import Any

from sallyport import _json
from sallyport._errors import FormError

LEEWAY = 60
"""Seconds by which the clocks of those who issue and verify may differ."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


@dataclass(frozen=True)
class Caller:
    """What a user's and a machine's access token have in common (RFC 9068 §2.2).

    It has no token in it, and its repr no identifier that opens anything.
    """

    id: str
    """``sub``: the user's id, or the client's."""
    client_id: str
    """The program that the token was issued to."""
    issuer: str
    audience: tuple[str, ...]
    scopes: frozenset[str]
    issued_at: datetime
    expires_at: datetime
    epoch: int = field(repr=False)
    """``uep``: a token below the epoch of a revocation is refused."""
    token_id: str = field(repr=False)
    """``jti``."""
    claims: Mapping[str, Any] = field(repr=False, compare=False)
    """Every claim, for those that are not named here."""

    def __hash__(self) -> int:
        return hash((self.issuer, self.token_id))


@dataclass(frozen=True)
class User(Caller):
    """Somebody who signed in."""

    session_id: str = field(repr=False)
    """``sid``: the sign-in on one device. It belongs in no log."""
    auth_time: datetime
    """When the user last proved who they are."""
    amr: tuple[str, ...]
    """How they proved it (RFC 8176)."""
    roles: frozenset[str]
    acr: str

    @property
    def second_factor(self) -> bool:
        """Whether two factors were proved."""
        return "mfa" in self.amr

    __hash__ = Caller.__hash__


@dataclass(frozen=True)
class Client(Caller):
    """A program that asks for itself (RFC 6749 §4.4): nobody signed in."""

    roles: frozenset[str] = field(default=frozenset())

    __hash__ = Caller.__hash__


def is_uuid(text: str) -> bool:
    """Report whether text is a UUID as the server writes it (RFC 9562 §4): in lower case."""
    return _UUID.match(text) is not None


def parse_claims(payload: bytes, issuer: str, audience: str, now: float) -> User | Client:
    """Read the payload of an access token from issuer that is meant for audience among others.

    Claims that it does not know are ignored (RFC 7519 §4), but for cnf: a token that is bound to
    a key is not a bearer token. Whether the token has expired is for the caller to say.
    """
    r = _json.Reader(_json.parse_object(payload))
    aud = r.texts("aud") if isinstance(r.members.get("aud"), list) else (r.text("aud"),)
    subject, client_id = r.text("sub"), r.text("client_id")
    issued, expires = r.date("iat"), r.date("exp")
    common: dict[str, Any] = {
        "id": subject,
        "client_id": client_id,
        "issuer": r.text("iss"),
        "audience": aud,
        "scopes": frozenset(r.optional_text("scope").split()),
        "issued_at": _time(issued),
        "expires_at": _time(expires),
        "epoch": r.integer("uep"),
        "token_id": _uuid(r, "jti"),
        "claims": MappingProxyType(r.members),
        "roles": frozenset(r.optional_texts("roles")),
    }
    acr = r.optional_text("acr")
    caller: User | Client
    if "sid" in r or is_uuid(subject):
        _uuid(r, "sub")
        caller = User(
            **common,
            session_id=_uuid(r, "sid"),
            auth_time=_time(r.date("auth_time")),
            amr=r.texts("amr"),
            acr=acr,
        )
    else:
        if subject != client_id:
            raise FormError("member sub: neither a user nor the client")
        if "auth_time" in r or "amr" in r:
            raise FormError("member amr: nobody signed in")
        caller = Client(**common)
    if caller.issuer != issuer:
        raise FormError("member iss: not ours")
    if audience not in aud:
        raise FormError("member aud: not ours")
    if expires <= issued:
        raise FormError("member exp: not after iat")
    if issued > now + LEEWAY:
        raise FormError("member iat: in the future")
    if "nbf" in r and r.date("nbf") > now + LEEWAY:
        raise FormError("member nbf: in the future")
    if "cnf" in r:
        raise FormError("member cnf: bound to a key")
    return caller


def _uuid(r: _json.Reader, name: str) -> str:
    text = r.text(name)
    if not is_uuid(text):
        raise FormError(f"member {name}: wrong form")
    return text


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=timezone.utc)
