"""The issuer: keys, tokens, and a feed of revocations, as the server has them."""

from __future__ import annotations

import json
import secrets
import threading
import time
import uuid
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypedDict

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from sallyport import _jws
from sallyport._clocks import Clocks

if TYPE_CHECKING:
    from sallyport.testing.guards import IssuerGuard, IssuerSyncGuard

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_LIFETIME = 900
_MARGIN = 180


class Credentials(TypedDict):
    """What a guard needs beside the issuer."""

    audience: str
    client_id: str
    client_secret: str


class _SigningKey:
    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.kid = secrets.token_urlsafe(12)

    def jwk(self) -> dict[str, Any]:
        numbers = self.private.public_key().public_numbers()
        return {
            "kty": "EC",
            "crv": "P-256",
            "alg": "ES256",
            "use": "sig",
            "kid": self.kid,
            "x": _jws.encode(numbers.x.to_bytes(32, "big")),
            "y": _jws.encode(numbers.y.to_bytes(32, "big")),
        }

    def sign(self, typ: str, payload: bytes) -> str:
        header = json.dumps({"alg": "ES256", "kid": self.kid, "typ": typ}, separators=(",", ":"))
        signed = f"{_jws.encode(header.encode())}.{_jws.encode(payload)}"
        signature = jwt.get_algorithm_by_name("ES256").sign(signed.encode(), self.private)
        r, s = signature[:32], int.from_bytes(signature[32:], "big")
        s = min(s, _P256_ORDER - s)  # the one spelling that counts
        return f"{signed}.{_jws.encode(r + s.to_bytes(32, 'big'))}"


class Issuer:
    """Issues access tokens and revokes them. Threads may share it.

    url: what tokens say in ``iss``. audience: whom they are for, unless said otherwise.
    """

    client_id = "test-resource-server"
    client_secret = "spc_test"  # noqa: S105 - of tests

    def __init__(
        self,
        url: str = "https://auth.example.test",
        audience: str = "https://api.example.test",
    ) -> None:
        self.url = url
        self.audience = audience
        self.page_size = 10_000
        self._offset = 0.0
        self._stale = False
        self._key = _SigningKey()
        self._published = [self._key]
        self._epochs: dict[str, int] = {}
        self._history = str(uuid.uuid4())
        self._entries: list[dict[str, Any]] = []
        self._changed = threading.Condition()

    # Tokens.

    def mint(
        self,
        user_id: str = "",
        *,
        roles: Iterable[str] = (),
        scope: str = "",
        amr: Iterable[str] = ("pwd",),
        auth_age: float = 0,
        expires_in: float = _LIFETIME,
        session_id: str = "",
        client_id: str = "sallyport",
        audience: str = "",
        claims: Mapping[str, Any] | None = None,
    ) -> str:
        """Give an access token of a user who signed in auth_age seconds ago.

        Users and sessions that are not named are new. claims replace claims and add others; None
        leaves one out.
        """
        user_id = user_id or str(uuid.uuid4())
        amr, roles = list(amr), list(roles)
        payload: dict[str, Any] = {
            "iss": self.url,
            "sub": user_id,
            "aud": audience or self.audience,
            "client_id": client_id,
            **self._lifetime(expires_in),
            "jti": str(uuid.uuid4()),
            "sid": session_id or str(uuid.uuid4()),
            "uep": self._epochs.get(user_id, 0),
            "auth_time": int(self.now() - auth_age),
            "amr": amr,
            "acr": "aal2" if "mfa" in amr else "aal1",
        }
        return self._sign(payload, roles, scope, claims)

    def mint_client(
        self,
        client_id: str = "test-machine",
        *,
        scope: str = "",
        expires_in: float = _LIFETIME,
        audience: str = "",
        claims: Mapping[str, Any] | None = None,
    ) -> str:
        """Give an access token of a client that asks for itself."""
        payload: dict[str, Any] = {
            "iss": self.url,
            "sub": client_id,
            "aud": audience or self.audience,
            "client_id": client_id,
            **self._lifetime(expires_in),
            "jti": str(uuid.uuid4()),
            "uep": self._epochs.get(client_id, 0),
        }
        return self._sign(payload, [], scope, claims)

    def _lifetime(self, expires_in: float) -> dict[str, int]:
        now = int(self.now())
        issued = now if expires_in > 0 else int(now + expires_in - _LIFETIME)
        return {"iat": issued, "exp": int(now + expires_in)}

    def _sign(
        self,
        payload: dict[str, Any],
        roles: list[str],
        scope: str,
        claims: Mapping[str, Any] | None,
    ) -> str:
        payload |= {"roles": roles} if roles else {}
        payload |= {"scope": scope} if scope else {}
        payload |= claims or {}
        kept = {name: value for name, value in payload.items() if value is not None}
        return self._key.sign("at+jwt", json.dumps(kept).encode())

    # Revocation. Each gives its number, as the server's logout does.

    def revoke(self, token: str) -> int:
        """Revoke one token."""
        return self._add("jti", _claims(token)["jti"])

    def revoke_session(self, token: str) -> int:
        """Log out: revoke the session that a token belongs to."""
        return self._add("sid", _claims(token)["sid"])

    def revoke_user(self, user_id: str) -> int:
        """Log out everywhere: revoke whatever was issued to a user so far."""
        return self._raise("sub", user_id)

    def disable_client(self, client_id: str) -> int:
        """Revoke whatever was issued to a client for itself so far."""
        return self._raise("client", client_id)

    def _raise(self, kind: str, value: str) -> int:
        with self._changed:
            self._epochs[value] = self._epochs.get(value, 0) + 1
            return self._add(kind, value, {"e": self._epochs[value]})

    def _add(self, kind: str, value: str, more: Mapping[str, int] | None = None) -> int:
        with self._changed:
            number = len(self._entries) + 1
            entry = {"n": number, "m": _jws.encode(secrets.token_bytes(8)), "k": kind, "v": value}
            expires_at = int(self.now()) + _LIFETIME + _MARGIN
            self._entries.append({**entry, **(more or {}), "x": expires_at})
            self._changed.notify_all()
            return number

    # Its life.

    def now(self) -> float:
        """Give the time by the issuer's clock, in seconds since 1970."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Let time pass, for the issuer and for the guards that it gave."""
        self._offset += seconds

    @property
    def clocks(self) -> Clocks:
        """The clocks of the issuer."""
        return Clocks(lambda: time.monotonic() + self._offset, self.now)

    def go_stale(self) -> None:
        """Give no more pages, so that guards are not current."""
        with self._changed:
            self._stale = True
            self._changed.notify_all()

    def recover(self) -> None:
        """Give pages again."""
        self._stale = False

    @property
    def stale(self) -> bool:
        """Whether pages are withheld."""
        return self._stale

    def rotate_key(self, *, keep: bool = True) -> None:
        """Sign with another key from now on; keep: publish the old ones too."""
        with self._changed:
            self._key = _SigningKey()
            self._published = [*(self._published if keep else []), self._key]

    def lose_history(self) -> None:
        """Be restored from a backup: another history, without the revocations of this one."""
        with self._changed:
            self._history, self._entries = str(uuid.uuid4()), []

    def lose_last(self, count: int = 1) -> None:
        """Be a database that forgot its last commits: their numbers are given out again."""
        with self._changed:
            del self._entries[-count:]

    # What it answers.

    def jwks(self) -> bytes:
        """Give the body of GET /.well-known/jwks.json."""
        return json.dumps({"keys": [key.jwk() for key in self._published]}).encode()

    def page(self, query: Mapping[str, str]) -> tuple[int, bytes]:
        """Give status and body of GET /revocations, which waits as it is asked to."""
        started = time.monotonic()
        after, wait = int(query["after"]), float(query.get("wait", 0))
        with self._changed:
            self._changed.wait_for(lambda: self._stale or len(self._entries) != after, wait)
            if self._stale:
                return 503, b""
            return 200, self._page(query, after, started).encode()

    def _page(self, query: Mapping[str, str], after: int, started: float) -> str:
        head = len(self._entries)
        entries = self._entries[after : after + self.page_size]
        end = after + len(entries)
        page: dict[str, Any] = {
            "iss": self.url,
            "aud": self.client_id,
            "iat": int(self.now()),
            "history": self._history,
            "from": after,
            "to": end,
            "head": head,
            "age": 0 if not query.get("wait") else min(1, int(time.monotonic() - started)),
            "nonce": query["nonce"],
            "entries": [entry for entry in entries if entry["x"] > self.now()],
        }
        if 0 < after <= head:
            page["from_mark"] = self._entries[after - 1]["m"]
        if 0 < end <= head:
            page["mark"] = self._entries[end - 1]["m"]
        return self._key.sign("revocations+jwt", json.dumps(page).encode())

    def introspect(self, token: str) -> tuple[int, bytes]:
        """Give status and body of POST /oauth2/introspect."""
        claims = _claims(token)
        gone = any(
            (e["k"] == "jti" and e["v"] == claims["jti"])
            or (e["k"] == "sid" and e["v"] == claims.get("sid"))
            or (e["k"] in ("sub", "client") and e["v"] == claims["sub"] and claims["uep"] < e["e"])
            for e in list(self._entries)
        )
        if gone or claims["exp"] <= self.now():
            return 200, b'{"active":false}'
        answer = {"active": True, "sub": claims["sub"], "jti": claims["jti"]}
        return 200, json.dumps(answer).encode()

    # Guards.

    @property
    def credentials(self) -> Credentials:
        """The audience and the client of a guard of your own."""
        return {
            "audience": self.audience,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }

    def guard(self, **settings: Any) -> IssuerGuard:
        """Give a Guard that asks this issuer in process; settings are those of Guard."""
        from sallyport.testing.guards import IssuerGuard

        return IssuerGuard(self, **settings)

    def sync_guard(self, **settings: Any) -> IssuerSyncGuard:
        """Give a SyncGuard that asks this issuer in process; settings are those of SyncGuard."""
        from sallyport.testing.guards import IssuerSyncGuard

        return IssuerSyncGuard(self, **settings)

    @contextmanager
    def serve(self) -> Generator[str, None, None]:
        """Answer on a port of the loopback interface, and give the address for server_url."""
        from sallyport.testing.server import serving

        with serving(self) as address:
            yield address


def _claims(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = json.loads(_jws.decode(token.split(".")[1]))
    return claims
