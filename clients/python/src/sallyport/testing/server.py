"""The issuer on a port of the loopback interface, for tests of whole programs."""

from __future__ import annotations

import base64
import threading
import urllib.parse
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sallyport.testing.issuer import Issuer


@contextmanager
def serving(issuer: Issuer) -> Generator[str, None, None]:
    """Serve until the block ends, and give the address."""

    class Handler(_Handler):
        pass

    Handler.issuer = issuer
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    issuer: Issuer
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/.well-known/jwks.json":
            self._answer(200, self.issuer.jwks(), {"Cache-Control": "public, max-age=300"})
        elif url.path == "/revocations":
            self._answer(*(self.issuer.page(query) if self._authentic() else (401, b"")))
        else:
            self._answer(404, b"")

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        form = dict(urllib.parse.parse_qsl(text))
        if self.path != "/oauth2/introspect":
            self._answer(404, b"")
        else:
            token = form.get("token", "")
            self._answer(*(self.issuer.introspect(token) if self._authentic() else (401, b"")))

    def _authentic(self) -> bool:
        """Report whether the client is the issuer's (RFC 6749 §2.3.1)."""
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return False
        name, _, secret = base64.b64decode(value).decode().partition(":")
        return (urllib.parse.unquote_plus(name), urllib.parse.unquote_plus(secret)) == (
            self.issuer.client_id,
            self.issuer.client_secret,
        )

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {"Cache-Control": "no-store"}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: what is asked for holds secrets."""
