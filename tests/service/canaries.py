"""Words that are found nowhere else, and the places to look for them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from httpx2 import Response
from redis import Redis
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.event import Event
from service.cache_entries import Entry
from service.process_store import ProcessStore
from service.runtime import Runtime
from tests.factories import a_lead, an_investor

PERSON = {
    "name": "Kanarek Siebenquell",
    "role": "Zeisigwart",
    "phone": "0199-0047-1147",
    "email": "siebenquell@canary.example",
}
CONSENT = {
    "given_by": "Stieglitz Neuntoeter",
    "given_at": "2026-01-05T09:00:00Z",
    "purpose": "Girlitzgespraech",
}
PERSONAL = (*PERSON.values(), CONSENT["given_by"], CONSENT["purpose"])
COMPANY, PRODUCT, NOTE = "Pirol Wiedehopf Resist GmbH", "pirolresist", "Bluthaenflingsnote"
ASKED, TRIED_KEY = "rotkehlchenfrage", "blaukehlchen-is-no-key-0123456789abcdef"
SAID = (COMPANY, PRODUCT, NOTE, ASKED, TRIED_KEY)
"""What callers say of firms, ask for and try: no secret, but no matter of the log either."""


def the_lead(**fields: Any) -> dict[str, Any]:
    """A lead with a person in it."""
    investor = an_investor(name=COMPANY, products=[PRODUCT, "photoresist"])
    return a_lead(investor=investor, note=NOTE, contacts=[PERSON], consent=CONSENT, **fields)


def found_in(text: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word in text]


def log_lines(text: str) -> list[dict[str, Any]]:
    """The lines of the log, each of which is JSON."""
    return [json.loads(line) for line in text.splitlines()]


def redis_text(port: int) -> str:
    """All keys and values of a server, whatever form they have."""
    with Redis(port=port, protocol=2) as client:
        names = cast("list[bytes]", client.keys())  # pyright: ignore[reportUnknownMemberType]  # untyped
        held = [name + b" " + cast("bytes", client.dump(name)) for name in names]
        texts = [name for name in names if client.type(name) == b"string"]
        plain = [cast("bytes", client.get(name)) for name in texts]
    return b"\n".join([*held, *plain]).decode("latin-1")


def process_text(runtime: Runtime) -> str:
    """All answers that a process keeps, with the names under which it keeps them."""
    found: list[str] = []
    for holder in (runtime.cache, runtime.rechecking, runtime.ready):
        stores: list[object] = [
            part for part in vars(holder).values() if isinstance(part, ProcessStore)
        ]
        (store,) = cast("list[ProcessStore[Entry]]", stores)
        held = store._entries  # pyright: ignore[reportPrivateUsage]  # to look inside
        found += [f"{name} {entry.body}" for name, entry in held.items()]
    return "\n".join(found)


def events_text(runtime: Runtime) -> str:
    with Session(runtime.engine) as session:
        return "\n".join(one.model_dump_json() for one in session.exec(select(Event)))


def file_text(folder: Path) -> str:
    """All bytes of the embedded database."""
    return "".join(path.read_bytes().decode("latin-1") for path in folder.glob("bulian.sqlite3*"))


def read_by(client: TestClient, paths: Iterable[str]) -> list[Response]:
    return [client.get(path) for path in paths]


def text_of(answers: Iterable[Response]) -> str:
    """What was answered, the headers too."""
    return "\n".join(f"{answer.headers} {answer.text}" for answer in answers)
