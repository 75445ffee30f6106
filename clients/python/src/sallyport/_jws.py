"""JSON Web Signatures in compact form (RFC 7515 §7.1) that have exactly one spelling.

PyJWT checks the signature; it is never trusted with the form. It takes padding, line ends and
unused bits in base64url, names that come twice, and headers with members that nobody asked for.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from sallyport import _json
from sallyport._errors import FormError

MAX_TOKEN = 8 << 10
"""Bounds an access token, in bytes. Ours have some 600, 1 KiB with RS256."""

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*\Z")


def encode(data: bytes) -> str:
    """Write base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Invert encode: padding, line ends and unused bits that are not zero are refused."""
    if not _ALPHABET.match(text):
        raise FormError("not canonical base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise FormError("not canonical base64url") from None
    if encode(data) != text:
        raise FormError("not canonical base64url")
    return data


@dataclass(frozen=True)
class Message:
    """A JWS whose form was read and whose signature was not: nothing in it may be believed."""

    algorithm: str
    key_id: str
    type: str
    payload: bytes
    signed: bytes
    signature: bytes


def parse(raw: str, limit: int) -> Message:
    """Read the compact form of at most limit bytes, with no header member but alg, kid, typ."""
    if not raw or len(raw) > limit:
        raise FormError("empty or too long")
    segments = raw.split(".")
    if len(segments) != 3 or not segments[0] or not segments[2]:
        raise FormError("not three segments")
    header = _json.Reader(_json.parse_object(decode(segments[0])))
    if not header.members.keys() <= {"alg", "kid", "typ"}:
        raise FormError("unknown header member")
    return Message(
        algorithm=header.text("alg"),
        key_id=header.text("kid"),
        type=header.optional_text("typ"),
        payload=decode(segments[1]),
        signed=raw[: len(segments[0]) + 1 + len(segments[1])].encode("ascii"),
        signature=decode(segments[2]),
    )
