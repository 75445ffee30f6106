"""Verifies the access tokens of a Sallyport server in other people's backends.

Tokens are verified here, without a call per request; a feed of revocations is followed, so that
a logout counts everywhere at once. While that cannot be told, the answer is never yes by itself.
"""

from sallyport._core import Policy, StartError, Status
from sallyport.claims import Caller, Client, User
from sallyport.guard import Guard
from sallyport.refusal import (
    Forbidden,
    InsufficientScope,
    InvalidToken,
    MalformedRequest,
    NotCurrent,
    Refused,
    StepUpRequired,
    TokenRequired,
)
from sallyport.requirement import Requirement, requirement
from sallyport.sync import SyncGuard

__all__ = [
    "Caller",
    "Client",
    "Forbidden",
    "Guard",
    "InsufficientScope",
    "InvalidToken",
    "MalformedRequest",
    "NotCurrent",
    "Policy",
    "Refused",
    "Requirement",
    "StartError",
    "Status",
    "StepUpRequired",
    "SyncGuard",
    "TokenRequired",
    "User",
    "requirement",
]
