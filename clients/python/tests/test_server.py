"""The real server: its keys, and the tokens of somebody who signed up and in."""

from __future__ import annotations

import json
import os
import subprocess
import time
import urllib.parse
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sallyport import InvalidToken, SyncGuard, User

PROGRAM = os.environ.get("SALLYPORT_TEST_PROGRAM", "")
PATIENCE = 30
EMAIL = "ada@example.com"
PASSWORD = "a walk in Python, in the rain"

pytestmark = pytest.mark.skipif(not PROGRAM, reason="SALLYPORT_TEST_PROGRAM names no server")


@pytest.fixture
def server(tmp_path: Path) -> Generator[httpx.Client, None, None]:
    log = tmp_path / "log"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "SALLYPORT_DATA_DIR": str(tmp_path / "data"),
        "SALLYPORT_LISTEN": "127.0.0.1:0",
        "SALLYPORT_OPS_LISTEN": "127.0.0.1:0",
        "SALLYPORT_LOG_FORMAT": "json",
    }
    with (
        log.open("w") as err,
        subprocess.Popen(
            [PROGRAM, "serve"], env=environment, stderr=err, stdout=subprocess.DEVNULL
        ) as process,
    ):
        try:
            address = f"http://{listening(log, process)}"
            with httpx.Client(base_url=address, timeout=PATIENCE) as client:
                yield client
        finally:
            process.terminate()
            process.wait(PATIENCE)


def listening(log: Path, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        for line in log.read_text().splitlines():
            said = json.loads(line) if line.startswith("{") else {}
            if said.get("msg") == "ready":
                return str(said["listen"])
        time.sleep(0.02)
    pytest.fail(f"the server is not ready: {log.read_text()}")


def mailed(server: httpx.Client) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for mail in server.get("/dev/mailbox.json", params={"to": EMAIL}).json():
            for link in mail["links"]:
                if "/auth/verify-email" in link:
                    return urllib.parse.parse_qs(urllib.parse.urlsplit(link).query)["token"][0]
        time.sleep(0.02)
    pytest.fail("no mail came")


def post(server: httpx.Client, path: str, **body: Any) -> dict[str, Any]:
    answer = server.post(path, json=body)
    assert answer.is_success, answer.text
    said: dict[str, Any] = answer.json()
    return said


def test_tokens_of_the_server(server: httpx.Client) -> None:
    post(server, "/auth/sign_up", email=EMAIL, password=PASSWORD)
    post(server, "/auth/verify-email", token=mailed(server))
    tokens = post(server, "/auth/login", email=EMAIL, password=PASSWORD)
    issuer = "http://localhost:8080"

    def door(audience: str) -> SyncGuard:
        guard = SyncGuard(
            issuer,
            server_url=str(server.base_url),
            audience=audience,
            client_id="orders",
            client_secret="none yet",
        )
        keys = server.get("/.well-known/jwks.json")
        guard._core.take_keys(
            keys.status_code, keys.headers["Cache-Control"], keys.content, guard._core.clocks.now()
        )
        return guard

    user = door(issuer)._core.enter(tokens["access_token"]).caller
    assert isinstance(user, User)
    assert user.id == tokens["user"]["id"]
    assert user.session_id == tokens["session_id"]
    assert (user.amr, user.acr, user.second_factor) == (("pwd",), "aal1", False)
    assert (user.expires_at - user.issued_at).total_seconds() == 900
    with pytest.raises(InvalidToken, match="aud: not ours"):
        door("https://api.example.com")._core.enter(tokens["access_token"])
    with pytest.raises(InvalidToken):
        door(issuer)._core.enter(tokens["refresh_token"])
