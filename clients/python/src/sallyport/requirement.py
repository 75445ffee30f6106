"""What a route asks of the caller, beyond a good token."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sallyport.claims import Client, User
from sallyport.refusal import Forbidden, InsufficientScope, StepUpRequired

PEOPLE = "Only a person may do this."

SECOND_FACTOR = "aal2"
"""The ``acr`` of a sign-in with two factors."""


@dataclass(frozen=True)
class Requirement:
    """A set of conditions all of which must hold. Made by requirement()."""

    roles: frozenset[str] = frozenset()
    any_role: frozenset[str] = frozenset()
    scopes: tuple[str, ...] = ()
    max_age: int | None = None
    mfa: bool = False
    clients: bool = False

    def check(self, caller: User | Client, now: float | None = None) -> None:
        """Return if the caller meets every condition.

        What no sign-in can mend is said first: Forbidden, InsufficientScope, StepUpRequired.
        """
        if isinstance(caller, Client) and not self.clients:
            raise Forbidden(PEOPLE)
        if not self.roles <= caller.roles or (self.any_role and not self.any_role & caller.roles):
            raise Forbidden("A role is missing.")
        if not caller.scopes.issuperset(self.scopes):
            raise InsufficientScope(self.scopes)
        if not self.mfa and self.max_age is None:
            return
        if isinstance(caller, Client):
            raise Forbidden(PEOPLE)
        late = False
        if self.max_age is not None:
            now = time.time() if now is None else now
            late = now - caller.auth_time.timestamp() > self.max_age
        weak = self.mfa and not caller.second_factor
        if late or weak:
            raise StepUpRequired(max_age=self.max_age, acr_values=SECOND_FACTOR if self.mfa else "")


def requirement(
    *,
    role: str | Iterable[str] = (),
    any_role: Iterable[str] = (),
    scope: str | Iterable[str] = (),
    max_age: int | timedelta | None = None,
    mfa: bool = False,
    clients: bool = False,
) -> Requirement:
    """Write down what a route asks.

    role: the role, or all the roles, that the caller has.
    any_role: the roles of which the caller has one.
    scope: the scopes of the token, as a list or separated by spaces.
    max_age: seconds since the user last proved who they are, at most.
    mfa: whether two factors must have been proved.
    clients: whether a client may pass that asks for itself.
    """
    if isinstance(any_role, str):
        raise TypeError("any_role is a list of roles; one role is role=")
    if isinstance(max_age, timedelta):
        max_age = int(max_age.total_seconds())
    if max_age is not None and max_age < 0:
        raise ValueError("max_age is less than nothing")
    scopes = tuple(scope.split() if isinstance(scope, str) else scope)
    for name in scopes:
        if not name.isascii() or not name.isprintable() or set(name) & {" ", '"', "\\"}:
            raise ValueError("scope: not a scope (RFC 6749 §3.3)")
    roles = frozenset((role,) if isinstance(role, str) else role)
    return Requirement(roles, frozenset(any_role), scopes, max_age, mfa, clients)
