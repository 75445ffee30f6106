"""The tokens and pages that the server and the clients in Go and TypeScript read too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sallyport import Client, InvalidToken
from sallyport._clocks import Clocks
from sallyport._core import AnswerError, Config, Core
from sallyport._feed import Ask

_CLIENTS = Path(__file__).parents[2]
_HERE = (_CLIENTS / "python").is_dir()  # in the repository, not in an sdist that was unpacked
VECTORS: dict[str, Any] = (
    json.loads((_CLIENTS / "testdata" / "vectors.json").read_text("utf-8")) if _HERE else {}
)

pytestmark = pytest.mark.skipif(not _HERE, reason="the vectors lie in the repository alone")


def core() -> Core:
    """Give a core that has read the keys, at the time of the vectors."""
    made = Core(
        Config(VECTORS["issuer"], VECTORS["audience"], VECTORS["client_id"], "x"),
        Clocks(lambda: 1000.0, lambda: float(VECTORS["now"])),
    )
    made.take_keys(200, "", json.dumps(VECTORS["jwks"]).encode(), made.clocks.now())
    return made


def name(vector: dict[str, Any]) -> str:
    return str(vector["name"])


def test_there_are_enough() -> None:
    assert len(VECTORS["tokens"]) >= 100
    assert len(VECTORS["pages"]) >= 40


@pytest.mark.parametrize("vector", VECTORS.get("tokens", []), ids=name)
def test_tokens(vector: dict[str, Any]) -> None:
    tokens = core()
    for sight in ("first", "second"):
        verdict, kind = "accept", "user"
        try:
            if isinstance(tokens.enter(vector["token"]).caller, Client):
                kind = "client"
        except (InvalidToken, LookupError):
            verdict, kind = "refuse", ""
        assert (verdict, kind) == (vector["verdict"], vector.get("kind", "")), (
            sight,
            vector["why"],
        )


@pytest.mark.parametrize("vector", VECTORS.get("pages", []), ids=name)
def test_pages(vector: dict[str, Any]) -> None:
    follower, asked = core(), vector["request"]
    revocations = follower.revocations
    revocations._history = asked.get("history", "")
    revocations._number = asked.get("after", 0)
    revocations._mark = asked.get("mark", "")
    revocations._mark_expires_at = asked.get("until", 0)
    ask = Ask(revocations._number, revocations._mark, asked["nonce"], 0, 1000.0, VECTORS["now"])
    verdict = "accept"
    try:
        follower.take_page(ask, 200, vector["page"].encode())
    except AnswerError as err:
        verdict = "begin_again" if "begins again" in str(err) else "refuse"
    except LookupError:
        verdict = "refuse"
    assert verdict == vector["verdict"], vector["why"]
    if verdict == "accept":
        assert revocations.number == vector["number"]
        assert follower.current() == vector["current"]
        assert revocations.held == vector["entries"]
