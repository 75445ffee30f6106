"""The door: what comes through it has exactly one spelling, and is what the server issues."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from sallyport import Client, InvalidToken, User, _jws
from sallyport.testing import Issuer
from sallyport.testing.issuer import _P256_ORDER

USER = "0f6a3c5e-8f0b-4d0c-9a52-3c1b7a9d4e10"


def verify(issuer: Issuer, token: str) -> User | Client:
    return issuer.sync_guard().verify(token)


def refused(issuer: Issuer, token: str, cause: str) -> None:
    with pytest.raises(InvalidToken) as caught:
        verify(issuer, token)
    assert cause in caught.value.cause
    assert not set(token.split(".")) & set(str(caught.value).split()), "the cause holds the token"


def resign(issuer: Issuer, token: str, edit: Callable[[str], str]) -> str:
    """Sign another spelling of the payload of a token."""
    payload = _jws.decode(token.split(".")[1]).decode()
    edited = edit(payload)
    assert edited != payload
    return issuer._key.sign("at+jwt", edited.encode())


def with_header(issuer: Issuer, token: str, header: str) -> str:
    signed = _jws.encode(header.encode()) + "." + token.split(".")[1]
    signature = jwt.get_algorithm_by_name("ES256").sign(signed.encode(), issuer._key.private)
    r, s = signature[:32], int.from_bytes(signature[32:], "big")
    return f"{signed}.{_jws.encode(r + min(s, _P256_ORDER - s).to_bytes(32, 'big'))}"


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


def test_a_user(issuer: Issuer) -> None:
    token = issuer.mint(
        USER, roles=["staff"], scope="a b", amr=["pwd", "otp", "mfa"], auth_age=60, claims={"x": 1}
    )
    user = verify(issuer, token)
    assert isinstance(user, User)
    assert (user.id, user.client_id, user.issuer) == (USER, "sallyport", issuer.url)
    assert user.audience == (issuer.audience,)
    assert (user.roles, user.scopes) == ({"staff"}, {"a", "b"})
    assert user.second_factor
    assert user.acr == "aal2"
    assert (user.issued_at - user.auth_time).total_seconds() == pytest.approx(60, abs=1)
    assert (user.expires_at - user.issued_at).total_seconds() == 900
    assert user.claims["x"] == 1
    with pytest.raises(TypeError):
        user.claims["x"] = 2  # type: ignore[index]
    for secret in (user.session_id, user.token_id, token):
        assert secret not in repr(user)


def test_a_client_is_never_a_user(issuer: Issuer) -> None:
    client = verify(issuer, issuer.mint_client("orders", scope="read"))
    assert isinstance(client, Client)
    assert (client.id, client.scopes) == ("orders", {"read"})
    refused(issuer, issuer.mint_client(USER), "member sid: missing")
    refused(issuer, issuer.mint_client("a", claims={"sub": "b"}), "neither a user nor the client")
    refused(issuer, issuer.mint_client("a", claims={"amr": ["pwd"]}), "nobody signed in")


@pytest.mark.parametrize(
    ("claims", "cause"),
    [
        ({"iss": "https://evil.example"}, "iss: not ours"),
        ({"aud": "https://other.example"}, "aud: not ours"),
        ({"aud": []}, "aud: not ours"),
        ({"aud": ["https://api.example.test", 1]}, "aud: wrong form"),
        ({"exp": None}, "exp: missing"),
        ({"exp": 1.5}, "exp: wrong form"),
        ({"exp": -1}, "exp: wrong form"),
        ({"exp": "9999999999"}, "exp: wrong form"),
        ({"exp": True}, "exp: wrong form"),
        ({"exp": 253402300800}, "exp: wrong form"),
        ({"exp": 1}, "exp: not after iat"),
        ({"iat": 0}, "iat: wrong form"),
        ({"iat": 253402300798, "exp": 253402300799}, "iat: in the future"),
        ({"nbf": 253402300798}, "nbf: in the future"),
        ({"cnf": {"jkt": "x"}}, "bound to a key"),
        ({"sub": USER.upper()}, "sub: wrong form"),
        ({"jti": "1"}, "jti: wrong form"),
        ({"jti": USER + "\n"}, "jti: wrong form"),
        ({"sid": None}, "sid: missing"),
        ({"sid": None, "sub": "sallyport"}, "nobody signed in"),
        ({"uep": None}, "uep: missing"),
        ({"uep": 1 << 63}, "uep: wrong form"),
        ({"auth_time": None}, "auth_time: missing"),
        ({"amr": "pwd"}, "amr: wrong form"),
        ({"amr": [""]}, "amr: wrong form"),
        ({"roles": "admin"}, "roles: wrong form"),
        ({"roles": ["admin", None]}, "roles: wrong form"),
        ({"scope": ""}, "scope: wrong form"),
        ({"client_id": 7}, "client_id: wrong form"),
        ({"x": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {}}}}}}}}}, "too deep"),
        ({"x": "\ud800"}, "not a JSON object"),
        ({"\ufffd": 1}, "not a JSON object"),
    ],
)
def test_claims(issuer: Issuer, claims: dict[str, Any], cause: str) -> None:
    refused(issuer, issuer.mint(USER, claims=claims), cause)


def test_claims_that_are_allowed(issuer: Issuer) -> None:
    for claims in (
        {"aud": ["https://other.example", issuer.audience]},
        {"iat": int(issuer.now()) + 55},
        {"amr": []},
        {"x": {"a": [[[[[{}]]]]]}, "big": 1 << 80, "é": "\U0001f600"},
    ):
        assert verify(issuer, issuer.mint(USER, claims=claims))


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ('"uep": 0', '"uep": 0, "uep": 0', "duplicate member"),
        ('"uep": 0', '"uep": 0, "x": {"a": 1, "\\u0061": 1}', "duplicate member"),
        ('"uep": 0', '"uep": -0', "uep: wrong form"),
        ('"uep": 0', '"uep": 0e1', "uep: wrong form"),
        ('"uep": 0', '"uep": 0.0', "uep: wrong form"),
        ('"uep": 0', '"uep": 00', "not a JSON object"),
        ('"uep": 0', '"uep": NaN', "not a JSON object"),
        ('"uep": 0', '"uep": Infinity', "not a JSON object"),
        ('"uep": 0', '"uep": 0,', "not a JSON object"),
        ("{", "[{", "not a JSON object"),
        ("{", "\ufeff{", "not a JSON object"),
        ("}", "}}", "not a JSON object"),
        ('"uep"', '"UEP"', "uep: missing"),
    ],
)
def test_spellings_of_the_payload(issuer: Issuer, old: str, new: str, cause: str) -> None:
    refused(issuer, resign(issuer, issuer.mint(USER), lambda p: p.replace(old, new)), cause)


def test_payload_is_utf8_and_bounded(issuer: Issuer) -> None:
    refused(issuer, issuer._key.sign("at+jwt", b'{"x":"\xff"}'), "not a JSON object")
    refused(issuer, issuer._key.sign("at+jwt", b"[" * 5000), "not a JSON object")
    refused(issuer, issuer.mint(USER, claims={"x": "a" * 8000}), "too long")
    refused(issuer, "", "empty")
    refused(issuer, "é.é.é", "not ASCII")


@pytest.mark.parametrize(
    "header",
    [
        '{"alg":"ES256","typ":"at+jwt"}',
        '{"alg":"ES256","kid":"KID","typ":"JWT"}',
        '{"alg":"ES256","kid":"KID","typ":"AT+JWT"}',
        '{"alg":"ES256","kid":"KID"}',
        '{"alg":"ES256","kid":"KID","typ":"at+jwt","crit":["exp"]}',
        '{"alg":"ES256","kid":"KID","typ":"at+jwt","jku":"https://evil.example"}',
        '{"alg":"ES256","kid":"KID","typ":"at+jwt","b64":true}',
        '{"alg":"ES256","kid":"KID","kid":"KID","typ":"at+jwt"}',
        '{"alg":"none","kid":"KID","typ":"at+jwt"}',
        '{"alg":"HS256","kid":"KID","typ":"at+jwt"}',
        '{"alg":"RS256","kid":"KID","typ":"at+jwt"}',
        '{"alg":"es256","kid":"KID","typ":"at+jwt"}',
        '{"alg":["ES256"],"kid":"KID","typ":"at+jwt"}',
        '{"alg":"ES256","kid":"other","typ":"at+jwt"}',
        '["ES256"]',
    ],
)
def test_headers(issuer: Issuer, header: str) -> None:
    token = issuer.mint(USER)
    good = '{"alg":"ES256","kid":"KID","typ":"at+jwt"}'.replace("KID", issuer._key.kid)
    assert verify(issuer, with_header(issuer, token, good))
    refused(issuer, with_header(issuer, token, header.replace("KID", issuer._key.kid)), "")


def test_spellings_of_the_segments(issuer: Issuer) -> None:
    token = issuer.mint(USER)
    head, body, signature = token.split(".")
    r, s = _jws.decode(signature)[:32], int.from_bytes(_jws.decode(signature)[32:], "big")
    mirrored = _jws.encode(r + (_P256_ORDER - s).to_bytes(32, "big"))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    bits = signature[:-1] + alphabet[alphabet.index(signature[-1]) | 1]
    der = jwt.utils.raw_to_der_signature(_jws.decode(signature), ec.SECP256R1())
    wrong = _jws.encode(bytes([r[0] ^ 1]) + r[1:] + s.to_bytes(32, "big"))
    for other, cause in (
        (f"{head}.{body}.{mirrored}", "not canonical"),
        (f"{head}.{body}.{bits}", "not canonical base64url"),
        (f"{head}.{body}.{signature}==", "not canonical base64url"),
        (f"{head}=.{body}.{signature}", "not canonical base64url"),
        (f"{head}.{body}\n.{signature}", "not canonical base64url"),
        (f"{head}.{body}.{signature}\n", "not canonical base64url"),
        (f"{head}.{body}.{_jws.encode(der)}", "signature is wrong"),
        (f"{head}.{body}.{wrong}", "signature is wrong"),
        (f"{head}.{body}.{_jws.encode(bytes(64))}", "signature is wrong"),
        (f"{head}.{body}.", "not three segments"),
        (f"{head}.{body}", "not three segments"),
        (f".{body}.{signature}", "not three segments"),
        (f"{token}.{signature}", "not three segments"),
        (base64.b64encode(b"\xfb\xff").decode().rstrip("=") + f".{body}.{signature}", "base64url"),
    ):
        refused(issuer, other, cause)
    assert verify(issuer, token)


def test_expiry_is_looked_at_each_time(issuer: Issuer) -> None:
    guard, token = issuer.sync_guard(), issuer.mint(USER)
    assert guard.verify(token)
    issuer.advance(600)
    assert guard.verify(token)
    issuer.advance(300)
    with pytest.raises(InvalidToken, match="expired"):
        guard.verify(token)


def test_the_cache_is_bounded_and_saves_the_signature(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = issuer.sync_guard(cache_size=2)
    tokens = [issuer.mint() for _ in range(3)]
    for token in tokens:
        guard.verify(token)
    door = guard._core._door
    assert len(door._cache) == 2
    seen: list[int] = []
    verify_once = door._verify
    monkeypatch.setattr(door, "_verify", lambda *a: seen.append(1) or verify_once(*a))
    guard.verify(tokens[2])
    assert not seen
    guard.verify(tokens[0])
    assert seen == [1]


def test_a_key_that_is_no_longer_published_takes_its_tokens_along(issuer: Issuer) -> None:
    guard, token = issuer.sync_guard(), issuer.mint(USER)
    assert guard.verify(token)
    issuer.rotate_key()
    assert guard.verify(issuer.mint(USER)), "a kid that is new makes it read the keys"
    assert guard.verify(token)
    issuer.rotate_key(keep=False)
    with pytest.raises(InvalidToken):
        guard.verify(token)


def keys_of(*jwks: dict[str, Any]) -> set[str]:
    from sallyport._keys import parse_set

    return set(parse_set(json.dumps({"keys": list(jwks)}).encode()))


def public(key: Any, algorithm: str, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key()))
    return {**made, "alg": algorithm, "kid": str(uuid.uuid4()), **more}


def test_keys_that_count() -> None:
    p256 = ec.generate_private_key(ec.SECP256R1())
    good = [
        public(p256, "ES256", use="sig", key_ops=["verify"]),
        public(ed25519.Ed25519PrivateKey.generate(), "EdDSA"),
        public(rsa.generate_private_key(65537, 2048), "RS256"),
    ]
    assert keys_of(*good) == {jwk["kid"] for jwk in good}
    es256 = good[0]
    private = json.loads(jwt.get_algorithm_by_name("ES256").to_jwk(p256))
    for bad in (
        {**es256, "use": "enc"},
        {**es256, "key_ops": ["sign"]},
        {**es256, "alg": "ES384"},
        {name: value for name, value in es256.items() if name != "alg"},
        {**es256, "crv": "P-384"},
        {**es256, "y": es256["x"]},
        {**es256, "x": es256["x"] + "="},
        {**es256, "x": es256["x"][:-4]},
        {**es256, "d": private["d"]},
        {**es256, "kid": ""},
        public(ec.generate_private_key(ec.SECP384R1()), "ES384"),
        public(rsa.generate_private_key(65537, 1024), "RS256"),  # noqa: S505 - refused
        public(rsa.generate_private_key(3, 2048), "RS256"),
        {**good[2], "alg": "PS256"},
        {**good[2], "n": "AA" + good[2]["n"]},
        {**good[1], "crv": "Ed448"},
        {"kty": "oct", "k": "A" * 43, "alg": "HS256", "kid": "shared"},
    ):
        assert keys_of(bad) == set(), bad
    with pytest.raises(ValueError, match="stands twice"):
        keys_of(es256, es256)
    with pytest.raises(ValueError, match="wrong form"):
        keys_of(*[es256] * 65)


@pytest.mark.parametrize(
    ("algorithm", "make"),
    [
        ("EdDSA", ed25519.Ed25519PrivateKey.generate),
        ("RS256", lambda: rsa.generate_private_key(65537, 2048)),
    ],
)
def test_other_algorithms(issuer: Issuer, algorithm: str, make: Callable[[], Any]) -> None:
    from sallyport._keys import parse_set

    key = make()
    jwk = public(key, algorithm)
    payload = issuer.mint(USER).split(".")[1]
    header = json.dumps({"alg": algorithm, "kid": jwk["kid"], "typ": "at+jwt"})
    signed = f"{_jws.encode(header.encode())}.{payload}"
    signature = jwt.get_algorithm_by_name(algorithm).sign(signed.encode(), key)
    found = parse_set(json.dumps({"keys": [jwk]}).encode())[jwk["kid"]]
    found.verify(_jws.parse(f"{signed}.{_jws.encode(signature)}", 1 << 13))
    broken = _jws.encode(bytes([signature[0] ^ 1]) + signature[1:])
    forged = _jws.parse(f"{signed}.{broken}", 1 << 13)
    with pytest.raises(ValueError, match="signature is wrong"):
        found.verify(forged)
