"""The pytest fixture ``sallyport_issuer``, found by pytest wherever this package is installed."""

from __future__ import annotations

import pytest

from sallyport.testing.issuer import Issuer


@pytest.fixture
def sallyport_issuer() -> Issuer:
    """An issuer of its own for each test."""
    return Issuer()
