"""Servers that a kept ranking is measured beside: nothing but the bytes, and the usual way."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI
from redis import Redis
from starlette.types import Receive, Scope, Send

from models.ranking import InvestorRanking

Headers = list[tuple[bytes, bytes]]


@cache
def answer() -> tuple[bytes, Headers]:
    """The bytes to answer with, and all their headers."""
    folder = Path(os.environ["PEER_FOLDER"])
    told = json.loads((folder / "answer.json").read_text("utf-8"))
    headers = [(name.encode(), said.encode()) for name, said in told]
    return (folder / "answer").read_bytes(), headers


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """The same bytes under the same headers, whatever is asked."""
    if scope["type"] == "lifespan":
        for step in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{step}.complete"})
        return
    body, headers = answer()
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


framework = FastAPI()


@cache
def client() -> Redis:
    """A connection to where the answer is kept."""
    return Redis(port=int(os.environ["PEER_REDIS"]), protocol=2)


@framework.get("/", response_model=None)
def read_root() -> None:
    """Says that it is there."""


@framework.get("/v1/investors/{investor_id}/matches", response_model=InvestorRanking)
def read_matches(investor_id: str, redis: Annotated[Redis, Depends(client)]) -> Any:
    """The answer from Redis, read and written again by its shape."""
    return json.loads(redis.get("answer") or b"{}")  # type: ignore[arg-type]
