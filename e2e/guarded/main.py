"""Somebody else's program in Python: it protects one route with package sallyport, by FastAPI."""

import logging
import os
import socket

import uvicorn
from fastapi import Depends, FastAPI
from fastapi.responses import PlainTextResponse
from sallyport import Guard, User
from sallyport.fastapi import current_user, protect

app = FastAPI()
protect(
    app,
    Guard(
        os.environ["ISSUER"],
        server_url=os.environ["SERVER"],
        audience=os.environ["AUDIENCE"],
        client_id=os.environ["CLIENT_ID"],
        client_secret=os.environ["CLIENT_SECRET"],
        when_not_current=os.environ["NOT_CURRENT"],
        max_staleness=float(os.environ["MAX_STALENESS"]),
    ),
)


@app.get("/orders")
async def orders(user: User = Depends(current_user)) -> PlainTextResponse:
    return PlainTextResponse(user.id)


class Server(uvicorn.Server):
    """Prints its address once the guard is ready, which the application waits for."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)


logging.basicConfig(level=logging.INFO)
logging.getLogger("httpx").setLevel(logging.WARNING)  # else a line for each page of the feed
# asyncio sets TCP_NODELAY only where the protocol is named; else an answer takes 40 ms.
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
listener.bind(("127.0.0.1", 0))
Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
