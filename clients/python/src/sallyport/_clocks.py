"""The two clocks of a machine: one that is never set, and one that goes on while it sleeps."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Moment(NamedTuple):
    """What both clocks say, in seconds."""

    monotonic: float
    wall: float

    def since(self, earlier: Moment) -> float:
        """Give the longer of the two times that have passed since earlier."""
        return max(self.monotonic - earlier.monotonic, self.wall - earlier.wall)


@dataclass(frozen=True)
class Clocks:
    """The two clocks that a guard reads."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time

    def now(self) -> Moment:
        """Read both."""
        return Moment(self.monotonic(), self.wall())
