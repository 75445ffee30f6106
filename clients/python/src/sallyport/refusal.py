"""Why a request is refused, in the words of the standards.

Every framework answers alike: problem details (RFC 9457) with the same permanent ``code``, and
``WWW-Authenticate`` (RFC 6750 §3, RFC 9470 §3) where something can be asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus

_PROBLEM_TYPES = "https://sallyport.example/errors/"
_REALM = 'Bearer realm="sallyport"'

PROBLEM_TYPE = "application/problem+json"


class Refused(Exception):
    """A request is refused. ``cause`` is for the log, and never holds a token."""

    status = HTTPStatus.UNAUTHORIZED
    code = "invalid_token"
    detail = "The access token is missing, malformed, expired or revoked."

    def __init__(self, cause: str = "") -> None:
        super().__init__(cause or self.code)
        self.cause = cause

    @property
    def challenge(self) -> str:
        """The value of WWW-Authenticate, empty if there is nothing to ask for."""
        return ""

    @property
    def problem(self) -> dict[str, str | int]:
        """The body of the answer."""
        return {
            "type": _PROBLEM_TYPES + self.code,
            "title": self.status.phrase,
            "status": int(self.status),
            "code": self.code,
            "detail": self.detail,
        }

    @property
    def body(self) -> bytes:
        """The body of the answer, as it is sent."""
        return json.dumps(self.problem, separators=(",", ":")).encode("utf-8")

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the answer."""
        headers = {"Content-Type": PROBLEM_TYPE, "Cache-Control": "no-store"}
        if self.challenge:
            headers["WWW-Authenticate"] = self.challenge
        return headers


class TokenRequired(Refused):
    """There is no access token in the request; no error is named then (RFC 6750 §3.1)."""

    code = "token_required"
    detail = "Send an access token: Authorization: Bearer ..."

    @property
    def challenge(self) -> str:
        return _REALM


class MalformedRequest(Refused):
    """The request has more than one Authorization header."""

    status = HTTPStatus.BAD_REQUEST
    code = "malformed_request"
    detail = "The request has more than one Authorization header."

    @property
    def challenge(self) -> str:
        return f'{_REALM}, error="invalid_request"'


class InvalidToken(Refused):
    """The access token is malformed, forged, expired, revoked, or for somebody else."""

    @property
    def challenge(self) -> str:
        return f'{_REALM}, error="invalid_token"'


class InsufficientScope(Refused):
    """The token lacks a scope (RFC 6750 §3.1)."""

    status = HTTPStatus.FORBIDDEN
    code = "insufficient_scope"
    detail = "The access token lacks a scope."

    def __init__(self, scopes: Iterable[str]) -> None:
        super().__init__()
        self.scopes = tuple(scopes)

    @property
    def challenge(self) -> str:
        return f'{_REALM}, error="insufficient_scope", scope="{" ".join(self.scopes)}"'


class Forbidden(Refused):
    """The caller has not the role that this needs, or is a client where people are asked for."""

    status = HTTPStatus.FORBIDDEN
    code = "forbidden"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class StepUpRequired(Refused):
    """The caller has to prove more, or to prove it again (RFC 9470 §3)."""

    code = "insufficient_user_authentication"

    def __init__(self, *, max_age: int | None = None, acr_values: str = "") -> None:
        super().__init__()
        self.max_age = max_age
        self.acr_values = acr_values
        self.detail = "Sign in with a second factor." if acr_values else "Sign in anew."

    @property
    def challenge(self) -> str:
        text = f'{_REALM}, error="{self.code}", error_description="{self.detail}"'
        if self.acr_values:
            text += f', acr_values="{self.acr_values}"'
        if self.max_age is not None:
            text += f', max_age="{self.max_age}"'
        return text


class NotCurrent(Refused):
    """It is not known whether the token was revoked: never a yes, and never the token's fault."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "not_current"
    detail = "Whether the access token was revoked cannot be told right now. Try again."
    retry_after = 2

    @property
    def headers(self) -> dict[str, str]:
        return {**super().headers, "Retry-After": str(self.retry_after)}


def bearer(headers: Iterable[str]) -> str:
    """Give the token in the Authorization headers of a request (RFC 6750 §2.1).

    Raises TokenRequired if there is none, MalformedRequest if there are several headers. Query
    strings and bodies are not looked at.
    """
    values = list(headers)
    if len(values) > 1:
        raise MalformedRequest
    scheme, space, token = (values[0] if values else "").partition(" ")
    if not space or scheme.lower() != "bearer":
        raise TokenRequired
    return token.lstrip(" ")
