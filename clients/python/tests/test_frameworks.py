"""Every framework lets in the same callers, and refuses the others in the same words."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import flask
import pytest
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, JsonResponse
from django.test import Client as DjangoClient
from django.test import override_settings
from django.urls import path
from fastapi import Depends, FastAPI, WebSocket
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient, WebSocketDenialResponse

import sallyport.django
import sallyport.fastapi
import sallyport.flask
import sallyport.starlette
from sallyport import Client, StartError, TokenRequired, User, _asgi, requirement
from sallyport.testing import Issuer

ORDERS: dict[str, Any] = {"scope": "orders:read", "clients": True}
STEP_UP: dict[str, Any] = {"max_age": 300, "mfa": True}


class Answer(NamedTuple):
    status: int
    body: dict[str, Any]
    headers: dict[str, str]


Get = Callable[..., Answer]


def of(response: Any) -> Answer:
    return Answer(response.status_code, response.json(), {**response.headers})


def named(caller: User | Client) -> dict[str, str]:
    return {"kind": type(caller).__name__, "id": caller.id}


def by_fastapi(issuer: Issuer) -> Get:
    app = FastAPI()
    sallyport.fastapi.protect(app, issuer.guard())

    @app.get("/user")
    async def user(user: User = Depends(sallyport.fastapi.current_user)) -> dict[str, str]:
        return named(user)

    @app.get("/staff")
    def staff(user: User = Depends(sallyport.fastapi.require(role="staff"))) -> dict[str, str]:
        return named(user)

    @app.get("/orders")
    async def orders(
        caller: User | Client = Depends(sallyport.fastapi.require(**ORDERS)),
    ) -> dict[str, str]:
        return named(caller)

    @app.get("/step-up")
    async def step_up(
        user: User = Depends(sallyport.fastapi.require(**STEP_UP)),
    ) -> dict[str, str]:
        return named(user)

    client = TestClient(app)
    return lambda path, headers: of(client.get(path, headers=headers))


def by_starlette(issuer: Issuer) -> Get:
    async def show(request: Request) -> JSONResponse:
        return JSONResponse(named(sallyport.starlette.caller_of(request)))

    require = sallyport.starlette.require
    app = Starlette(
        routes=[
            Route("/user", show),
            Route("/staff", require(role="staff")(show)),
            Route("/orders", require(**ORDERS)(show)),
            Route("/step-up", require(**STEP_UP)(show)),
        ],
        middleware=[
            Middleware(
                sallyport.starlette.SallyportMiddleware, guard=issuer.guard(), public=["/orders"]
            )
        ],
    )
    client = TestClient(app)
    return lambda path, headers: of(client.get(path, headers=headers))


def by_flask(issuer: Issuer) -> Get:
    app = flask.Flask(__name__)
    sallyport.flask.protect(app, issuer.sync_guard())

    def show() -> dict[str, str]:
        return named(sallyport.flask.current_caller())

    for name, needs in (
        ("user", {}),
        ("staff", {"role": "staff"}),
        ("orders", ORDERS),
        ("step-up", STEP_UP),
    ):
        app.add_url_rule(f"/{name}", name, sallyport.flask.require(**needs)(show))

    def get(path: str, headers: dict[str, str]) -> Answer:
        response = app.test_client().get(path, headers=headers)
        return Answer(response.status_code, response.get_json(force=True), dict(response.headers))

    return get


def show(request: HttpRequest) -> JsonResponse:
    return JsonResponse(named(sallyport.django.caller_of(request)))


async def show_later(request: HttpRequest) -> JsonResponse:
    return JsonResponse(named(sallyport.django.caller_of(request)))


def refuse_clients(request: HttpRequest) -> JsonResponse:
    return JsonResponse(named(sallyport.django.user_of(request)))


def views(view: Any) -> list[Any]:
    require = sallyport.django.require
    return [
        path("user", require()(view)),
        path("staff", require(role="staff")(view)),
        path("orders", require(**ORDERS)(view)),
        path("step-up", require(**STEP_UP)(view)),
        path("plain", view),
        path("people", refuse_clients),
    ]


class Sync:
    urlpatterns = views(show)


class Async:
    urlpatterns = views(show_later)


settings.ROOT_URLCONF = Sync


def by_django(issuer: Issuer) -> Get:
    guard = issuer.sync_guard()

    def get(path: str, headers: dict[str, str]) -> Answer:
        with override_settings(SALLYPORT=guard, ROOT_URLCONF=Sync):
            return of(DjangoClient().get(path, headers=headers))

    return get


def by_django_async(issuer: Issuer) -> Get:
    guard = issuer.sync_guard()

    def get(path: str, headers: dict[str, str]) -> Answer:
        with override_settings(SALLYPORT=guard, ROOT_URLCONF=Async):
            return of(DjangoClient().get(path, headers=headers))

    return get


frameworks = pytest.mark.parametrize(
    "make", [by_fastapi, by_starlette, by_flask, by_django, by_django_async]
)


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@frameworks
def test_who_may_pass(issuer: Issuer, make: Callable[[Issuer], Get]) -> None:
    get = make(issuer)
    token = issuer.mint(roles=["staff"], scope="orders:read", amr=["pwd", "otp", "mfa"])
    for where in ("/user", "/staff", "/orders", "/step-up"):
        answer = get(where, bearing(token))
        assert (answer.status, answer.body["kind"]) == (200, "User"), where
    machine = get("/orders", bearing(issuer.mint_client("crawler", scope="orders:read")))
    assert (machine.status, machine.body) == (200, {"kind": "Client", "id": "crawler"})
    assert get("/user", {"Authorization": f"bearer  {token}"}).status == 200


REALM = 'Bearer realm="sallyport"'
INVALID = f'{REALM}, error="invalid_token"'
STEP = f'{REALM}, error="insufficient_user_authentication", error_description='


@frameworks
def test_who_may_not(issuer: Issuer, make: Callable[[Issuer], Get]) -> None:
    get = make(issuer)
    revoked = issuer.mint()
    issuer.revoke_session(revoked)
    with_mfa, plain = ["pwd", "otp", "mfa"], issuer.mint()
    cases: list[tuple[str, str | None, int, str, str]] = [
        ("/user", None, 401, "token_required", REALM),
        ("/user", "Basic abc", 401, "token_required", REALM),
        ("/user", "Bearer", 401, "token_required", REALM),
        ("/user", "Bearer x", 401, "invalid_token", INVALID),
        ("/user", f"Bearer {revoked}", 401, "invalid_token", INVALID),
        ("/user", f"Bearer {issuer.mint(expires_in=-1)}", 401, "invalid_token", INVALID),
        ("/user", f"Bearer {issuer.mint(audience='x')}", 401, "invalid_token", INVALID),
        ("/user", f"Bearer {issuer.mint_client()}", 403, "forbidden", ""),
        ("/staff", f"Bearer {plain}", 403, "forbidden", ""),
        ("/staff", f"Bearer {issuer.mint(roles=['Staff'])}", 403, "forbidden", ""),
        (
            "/orders",
            f"Bearer {plain}",
            403,
            "insufficient_scope",
            f'{REALM}, error="insufficient_scope", scope="orders:read"',
        ),
        (
            "/step-up",
            f"Bearer {plain}",
            401,
            "insufficient_user_authentication",
            f'{STEP}"Sign in with a second factor.", acr_values="aal2", max_age="300"',
        ),
        (
            "/step-up",
            f"Bearer {issuer.mint(amr=with_mfa, auth_age=302)}",
            401,
            "insufficient_user_authentication",
            f'{STEP}"Sign in with a second factor.", acr_values="aal2", max_age="300"',
        ),
    ]
    for where, authorization, status, code, challenge in cases:
        answer = get(where, {"Authorization": authorization} if authorization else {})
        assert (answer.status, answer.body["code"]) == (status, code), (where, code)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        assert headers.get("www-authenticate", "") == challenge
        assert headers["content-type"] == "application/problem+json"
        assert headers["cache-control"] == "no-store"
        assert set(answer.body) == {"type", "title", "status", "code", "detail"}
        assert answer.body["type"] == f"https://sallyport.example/errors/{code}"
        assert answer.body["status"] == status

    issuer.go_stale()
    answer = get("/user", bearing(plain))
    assert (answer.status, answer.body["code"]) == (503, "not_current")
    assert answer.headers.get("Retry-After", answer.headers.get("retry-after")) == "2"


def test_two_tokens_in_a_request(issuer: Issuer) -> None:
    token = issuer.mint()
    twice = [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")]
    for make in (by_fastapi, by_starlette):
        answer = make(issuer)("/user", twice)
        assert (answer.status, answer.body["code"]) == (400, "malformed_request")


def test_the_security_scheme_is_in_the_openapi() -> None:
    issuer = Issuer()
    app = FastAPI()
    sallyport.fastapi.protect(app, issuer.guard())

    @app.get("/orders", dependencies=[Depends(sallyport.fastapi.require(scope="orders:read"))])
    async def orders() -> None: ...

    @app.get("/me")
    async def me(user: User = Depends(sallyport.fastapi.current_user)) -> None: ...

    described = app.openapi()
    assert described["components"]["securitySchemes"]["Sallyport"] == {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "at+jwt",
        "description": "An access token of the authorization server.",
    }
    assert described["paths"]["/me"]["get"]["security"] == [{"Sallyport": []}]
    assert described["paths"]["/orders"]["get"]["security"] == [{"Sallyport": ["orders:read"]}]
    assert "parameters" not in described["paths"]["/me"]["get"]


def test_current_client(issuer: Issuer) -> None:
    app = FastAPI()
    sallyport.fastapi.protect(app, issuer.guard())

    @app.get("/")
    async def root(client: Client = Depends(sallyport.fastapi.current_client)) -> str:
        return client.id

    @app.get("/any")
    async def anybody(caller: Any = Depends(sallyport.fastapi.current_caller)) -> str:
        return type(caller).__name__

    client = TestClient(app)
    assert client.get("/", headers=bearing(issuer.mint_client("a"))).json() == "a"
    assert client.get("/", headers=bearing(issuer.mint())).status_code == 403
    assert client.get("/any", headers=bearing(issuer.mint_client("a"))).json() == "Client"
    assert client.get("/any", headers=bearing(issuer.mint())).json() == "User"


@pytest.mark.parametrize("kind", ["fastapi", "starlette"])
def test_a_web_socket(issuer: Issuer, kind: str) -> None:
    app = FastAPI()

    async def greet(socket: WebSocket, user: User) -> None:
        await socket.accept()
        await socket.send_text(user.id)
        await socket.close()

    if kind == "fastapi":
        sallyport.fastapi.protect(app, issuer.guard())

        @app.websocket("/")
        async def socket(
            socket: WebSocket, user: User = Depends(sallyport.fastapi.current_user)
        ) -> None:
            await greet(socket, user)
    else:
        app.add_middleware(sallyport.starlette.SallyportMiddleware, guard=issuer.guard())

        @app.websocket("/")
        async def socket(socket: WebSocket) -> None:
            await greet(socket, sallyport.starlette.user_of(socket))

    client, user = TestClient(app), "0f6a3c5e-8f0b-4d0c-9a52-3c1b7a9d4e10"
    with client.websocket_connect("/", headers=bearing(issuer.mint(user))) as opened:
        assert opened.receive_text() == user
    with pytest.raises(WebSocketDenialResponse) as denied, client.websocket_connect("/"):
        pytest.fail("it was opened")
    assert (denied.value.status_code, denied.value.json()["code"]) == (401, "token_required")
    assert denied.value.headers["WWW-Authenticate"] == REALM


def test_a_web_socket_of_a_server_that_cannot_answer() -> None:
    said: list[Any] = []

    async def send(message: Any) -> None:
        said.append(message)

    answer = _asgi.Answer(TokenRequired())
    asyncio.run(answer({"type": "websocket"}, None, send))  # type: ignore[arg-type]
    assert said == [{"type": "websocket.close", "code": 1008, "reason": "token_required"}]


def test_the_guard_lives_as_long_as_the_application(issuer: Issuer) -> None:
    from contextlib import asynccontextmanager

    said: list[str] = []

    @asynccontextmanager
    async def own(app: FastAPI) -> Any:
        said.append("up")
        yield {"pool": "a pool"}
        said.append("down")

    app = FastAPI(lifespan=own)
    guard = issuer.guard()
    sallyport.fastapi.protect(app, guard)

    @app.get("/")
    async def pool(request: Request, user: User = Depends(sallyport.fastapi.current_user)) -> str:
        assert user
        return str(request.state.pool)

    sub = FastAPI()

    @sub.get("/")
    async def inner(user: User = Depends(sallyport.fastapi.current_user)) -> str:
        return user.id

    sallyport.fastapi.protect(sub, guard)  # it has handlers of its own
    app.mount("/sub", sub)
    with TestClient(app) as client:
        assert said == ["up"]
        assert client.get("/", headers=bearing(issuer.mint())).json() == "a pool"
        assert client.get("/sub/", headers=bearing(issuer.mint())).status_code == 200
        assert client.get("/sub/").json()["code"] == "token_required"
        assert guard.status().current
    assert said == ["up", "down"]
    assert not guard.status().current

    issuer.go_stale()
    for make in (sallyport.fastapi.protect, by_middleware):
        app = FastAPI()
        make(app, issuer.guard())
        with pytest.raises(StartError), TestClient(app):
            pytest.fail("it started")


def by_middleware(app: FastAPI, guard: Any) -> None:
    app.add_middleware(sallyport.starlette.SallyportMiddleware, guard=guard)


def test_without_a_guard_nobody_passes(issuer: Issuer) -> None:
    app = FastAPI()

    @app.get("/")
    async def root(user: User = Depends(sallyport.fastapi.current_user)) -> None: ...

    with pytest.raises(TypeError, match="has no guard"):
        TestClient(app).get("/", headers=bearing(issuer.mint()))
    flasks = flask.Flask(__name__)
    flasks.testing = True
    flasks.add_url_rule("/", "root", sallyport.flask.require()(lambda: "in"))
    with pytest.raises(TypeError, match="has no guard"):
        flasks.test_client().get("/", headers=bearing(issuer.mint()))
    with pytest.raises(TypeError, match="SALLYPORT is missing"):
        DjangoClient().get("/user", headers=bearing(issuer.mint()))


def test_public_paths_of_the_asgi_middleware(issuer: Issuer) -> None:
    async def show(request: Request) -> JSONResponse:
        return JSONResponse("in")

    async def careless(request: Request) -> JSONResponse:
        return JSONResponse(sallyport.starlette.caller_of(request).id)

    paths = ("/healthz", "/static/a", "/static", "/healthz/x", "/staff")
    app = Starlette(routes=[*(Route(p, show) for p in paths), Route("/static/c", careless)])
    guarded = sallyport.starlette.SallyportMiddleware(
        app, issuer.guard(), public=["/healthz", "/static/*"], needs=requirement(role="staff")
    )
    client = TestClient(guarded)
    open_paths = [p for p in paths if client.get(p).status_code == 200]
    assert open_paths == ["/healthz", "/static/a"]
    assert client.get("/staff", headers=bearing(issuer.mint())).status_code == 403
    assert client.get("/staff", headers=bearing(issuer.mint(roles=["staff"]))).status_code == 200
    with pytest.raises(TypeError, match="is public"):
        client.get("/static/c")


@pytest.mark.parametrize("urls", [Sync, Async])
@pytest.mark.parametrize("asgi", [False, True])
def test_the_django_middleware(issuer: Issuer, urls: type, asgi: bool) -> None:
    with (
        issuer.serve() as address,
        override_settings(
            SALLYPORT={
                "issuer": issuer.url,
                "server_url": address,
                **issuer.credentials,
                "public": ["/nowhere*"],
            },
            ROOT_URLCONF=urls,
            MIDDLEWARE=["sallyport.django.SallyportMiddleware"],
        ),
    ):
        try:
            get = asgi_get if asgi else wsgi_get
            assert get("/plain", issuer.mint())[0] == 200
            assert get("/plain", "")[:2] == (401, "token_required")
            assert get("/plain", "x")[:2] == (401, "invalid_token")
            assert get("/plain", issuer.mint_client())[:2] == (403, "forbidden")
            assert get("/staff", issuer.mint())[:2] == (403, "forbidden")
            assert get("/nowhere", "")[0] == 404
            assert get("/elsewhere", "")[0] == 401, "a stranger does not learn which paths exist"
            assert sallyport.django.guard() is sallyport.django.guard()
        finally:
            sallyport.django.guard().stop()


def test_the_django_middleware_may_let_clients_in(issuer: Issuer) -> None:
    with issuer.serve() as address:
        words = {"issuer": issuer.url, "server_url": address, **issuer.credentials}
        with override_settings(
            SALLYPORT={**words, "clients": True},
            MIDDLEWARE=["sallyport.django.SallyportMiddleware"],
        ):
            try:
                assert wsgi_get("/plain", issuer.mint_client())[0] == 200
                assert wsgi_get("/people", issuer.mint_client())[:2] == (403, "forbidden")
            finally:
                sallyport.django.guard().stop()


def code_of(body: bytes) -> str:
    try:
        return str(json.loads(body).get("code", ""))
    except ValueError:
        return ""


def wsgi_get(where: str, token: str) -> tuple[int, str]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": where,
        "SERVER_NAME": "test",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http",
    }
    if token:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    said: list[str] = []
    body = b"".join(WSGIHandler()(environ, lambda status, headers: said.append(status)))
    return int(said[0].split()[0]), code_of(body)


def asgi_get(where: str, token: str) -> tuple[int, str]:
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    scope = {
        "type": "http",
        "method": "GET",
        "path": where,
        "headers": headers,
        "query_string": b"",
    }
    said: list[dict[str, Any]] = []
    waiting = asyncio.Event

    async def main() -> None:
        never = waiting()
        asked = iter([{"type": "http.request", "body": b""}])

        async def receive() -> Any:
            for message in asked:
                return message
            await never.wait()
            return None

        async def send(message: Any) -> None:
            said.append(message)

        await asyncio.wait_for(ASGIHandler()(scope, receive, send), 20)

    asyncio.run(main())
    return said[0]["status"], code_of(b"".join(m.get("body", b"") for m in said[1:]))


def test_an_async_view_of_flask_needs_no_more() -> None:
    issuer = Issuer()
    app = flask.Flask(__name__)
    sallyport.flask.protect(app, issuer.sync_guard())

    @app.get("/")
    @sallyport.flask.require()
    def root() -> str:
        return sallyport.flask.current_user().id

    @app.get("/careless")
    def careless() -> str:
        return sallyport.flask.current_user().id

    app.testing = True
    user = "0f6a3c5e-8f0b-4d0c-9a52-3c1b7a9d4e10"
    client = app.test_client()
    assert client.get("/", headers=bearing(issuer.mint(user))).text == user
    with pytest.raises(TypeError, match="no @require"):
        client.get("/careless", headers=bearing(issuer.mint(user)))


@pytest.mark.parametrize(
    ("conditions", "message"),
    [
        ({"any_role": "staff"}, "a list of roles"),
        ({"max_age": -1}, "less than nothing"),
        ({"scope": ['a"b']}, "not a scope"),
        ({"scope": ["a b"]}, "not a scope"),
        ({"roles": "x"}, "unexpected keyword"),
    ],
)
def test_conditions_that_make_no_sense(conditions: dict[str, Any], message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        requirement(**conditions)
