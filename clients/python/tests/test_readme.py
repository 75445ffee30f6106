"""What the README shows runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import flask
from django.http import HttpRequest, JsonResponse
from django.test import RequestFactory, override_settings
from fastapi import Depends, FastAPI
from starlette.testclient import TestClient

import sallyport.django
import sallyport.fastapi
import sallyport.flask
from sallyport import User
from sallyport.testing import Issuer

BLOCKS = re.findall(
    "```python\n(.*?)```", (Path(__file__).parents[1] / "README.md").read_text("utf-8"), re.DOTALL
)
USER = "0f6a3c5e-8f0b-4d0c-9a52-3c1b7a9d4e10"


def run(block: str, **names: Any) -> dict[str, Any]:
    names |= {"SECRET": "x", "User": User}
    exec(block, names)  # noqa: S102 - our own page
    return names


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_fastapi_and_the_fixture(sallyport_issuer: Issuer) -> None:
    def make_app(guard: Any) -> FastAPI:
        shown = run(
            BLOCKS[0],
            FastAPI=FastAPI,
            Depends=Depends,
            Guard=lambda *_, **__: guard,
            protect=sallyport.fastapi.protect,
            current_user=sallyport.fastapi.current_user,
        )
        app: FastAPI = shown["app"]
        return app

    client = TestClient(make_app(sallyport_issuer.guard()))
    answer = client.get("/orders", headers=bearing(sallyport_issuer.mint(USER)))
    assert answer.json() == {"orders_of": USER}
    tests = run(BLOCKS[3], make_app=make_app, TestClient=TestClient)
    tests["test_orders"](sallyport_issuer)


def test_django(sallyport_issuer: Issuer) -> None:
    shown = run(
        BLOCKS[1],
        require=sallyport.django.require,
        user_of=sallyport.django.user_of,
        JsonResponse=JsonResponse,
    )
    with override_settings(SALLYPORT=shown["SALLYPORT"]):
        assert sallyport.django.guard().issuer == "https://auth.example.com"
    token = sallyport_issuer.mint(USER, roles=["staff"])
    request: HttpRequest = RequestFactory().get("/", headers=bearing(token))
    with override_settings(SALLYPORT=sallyport_issuer.sync_guard()):
        assert shown["orders"](request).content == f'{{"orders_of": "{USER}"}}'.encode()


def test_flask(sallyport_issuer: Issuer) -> None:
    app = flask.Flask(__name__)
    run(
        BLOCKS[2],
        app=app,
        SyncGuard=lambda *_, **__: sallyport_issuer.sync_guard(),
        protect=sallyport.flask.protect,
        require=sallyport.flask.require,
        current_user=sallyport.flask.current_user,
    )
    client = app.test_client()
    token = sallyport_issuer.mint(USER, roles=["staff"])
    assert client.get("/orders", headers=bearing(token)).json == {"orders_of": USER}
    assert client.get("/orders", headers=bearing(sallyport_issuer.mint())).status_code == 403
