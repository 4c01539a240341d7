"""Bodies that no operation takes, whatever it is for."""

from dataclasses import dataclass, field

from service.edge import MOST_BYTES

JSON = {"Content-Type": "application/json"}
DEEP = "[" * 100_000 + "]" * 100_000


@dataclass(frozen=True)
class Attack:
    """A body as bytes, with the headers that go with it and the statuses it may get."""

    name: str
    body: bytes
    statuses: tuple[int, ...] = (422,)
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))


WHOLE_BODIES = (
    Attack("nothing", b""),
    Attack("null", b"null"),
    Attack("a list", b"[]"),
    Attack("a number", b"1"),
    Attack("a string", b'"x"'),
    Attack("broken", b'{"name": ', (400,)),
    Attack("trailing comma", b'{"a": 1,}', (400,)),
    Attack("not UTF-8", b'{"name": "\xff\xfe"}', (400,)),
    Attack("UTF-16", '{"surprise": "x"}'.encode("utf-16"), (400, 422)),
    Attack("deep", DEEP.encode(), (400,)),
    Attack("a number of 5,000 digits", b'{"jobs": ' + b"9" * 5000 + b"}", (400,)),
    Attack("unknown field", b'{"surprise": 1}'),
    Attack("field of half a pair", b'{"\\ud800": 1}'),
    Attack("field with a line break", b'{"a\\nb\\u0000": 1}'),
    Attack("too long", b'{"a": "' + b"x" * MOST_BYTES + b'"}', (413,)),
    Attack("plain text", b"{}", (415,), {"Content-Type": "text/plain"}),
    Attack("a form", b"a=1", (415,), {"Content-Type": "application/x-www-form-urlencoded"}),
    Attack("no type", b"{}", (415,), {}),
    Attack("strange type", b"{}", (415,), {"Content-Type": "\x7f/;;="}),
)
