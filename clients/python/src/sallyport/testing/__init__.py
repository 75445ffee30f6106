"""An issuer in process, for the tests of programs that use a guard.

It mints tokens with any claims, revokes them, and goes stale, without a server and without
waiting: a guard of its own knows of a revocation before it looks at the next token.
"""

from sallyport.testing.guards import IssuerGuard, IssuerSyncGuard
from sallyport.testing.issuer import Issuer

__all__ = ["Issuer", "IssuerGuard", "IssuerSyncGuard"]
