"""A certificate of its own for a test's receiver: ECDSA on P-256, written by hand, so that no key
lies in the tree and no other program is needed."""

import secrets
from base64 import encodebytes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
EC_KEY, CURVE, ECDSA_SHA256 = "1.2.840.10045.2.1", "1.2.840.10045.3.1.7", "1.2.840.10045.4.3.2"
COMMON_NAME, ALTERNATIVE_NAME = "2.5.4.3", "2.5.29.17"
INTEGER, BITS, OCTETS, OBJECT, UTF8, SEQUENCE, SET, TIME = 2, 3, 4, 6, 12, 48, 49, 23
DNS_NAME = 0x82

Point = tuple[int, int] | None


def add(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    (x, y), (u, v) = one, other
    if x == u and (y + v) % P == 0:
        return None
    rise, run = (3 * x * x - 3, 2 * y) if one == other else (v - y, u - x)
    slope = rise * pow(run, -1, P)
    z = (slope * slope - x - u) % P
    return z, (slope * (x - z) - y) % P


def times(number: int, point: Point) -> tuple[int, int]:
    total: Point = None
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    assert total is not None
    return total


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 + len(length)]) + length + content


def integer(value: int) -> bytes:
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def named(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    content = bytes([40 * first + second])
    for number in rest:
        groups = [number & 127]
        while number := number >> 7:
            groups.append(number & 127 | 128)
        content += bytes(reversed(groups))
    return der(OBJECT, content)


def point_bytes(point: tuple[int, int]) -> bytes:
    return b"\x04" + point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def signature(private: int, message: bytes) -> bytes:
    digest = int.from_bytes(sha256(message).digest(), "big")
    nonce = secrets.randbelow(ORDER - 1) + 1
    r = times(nonce, BASE)[0] % ORDER
    s = pow(nonce, -1, ORDER) * (digest + r * private) % ORDER
    return der(SEQUENCE, integer(r), integer(s))


def pem(label: str, content: bytes) -> str:
    return f"-----BEGIN {label}-----\n{encodebytes(content).decode()}-----END {label}-----\n"


@dataclass(frozen=True)
class Certificate:
    """The file a server loads, and what a client must trust."""

    file: Path
    trusted: str


def make_certificate(folder: Path, *hosts: str) -> Certificate:
    """A self-signed certificate for some host names, with its key, in one file of a folder."""
    private = secrets.randbelow(ORDER - 1) + 1
    public = point_bytes(times(private, BASE))
    algorithm = der(SEQUENCE, named(ECDSA_SHA256))
    label = der(SEQUENCE, named(COMMON_NAME), der(UTF8, hosts[0].encode()))
    name = der(SEQUENCE, der(SET, label))
    names = der(SEQUENCE, *(der(DNS_NAME, host.encode()) for host in hosts))
    extension = der(SEQUENCE, named(ALTERNATIVE_NAME), der(OCTETS, names))
    body = der(
        SEQUENCE,
        der(0xA0, integer(2)),
        integer(secrets.randbits(64)),
        algorithm,
        name,
        der(SEQUENCE, der(TIME, b"200101000000Z"), der(TIME, b"491231235959Z")),
        name,
        der(SEQUENCE, der(SEQUENCE, named(EC_KEY), named(CURVE)), der(BITS, b"\0", public)),
        der(0xA3, der(SEQUENCE, extension)),
    )
    whole = der(SEQUENCE, body, algorithm, der(BITS, b"\0", signature(private, body)))
    key = der(
        SEQUENCE,
        integer(1),
        der(OCTETS, private.to_bytes(32, "big")),
        der(0xA0, named(CURVE)),
        der(0xA1, der(BITS, b"\0", public)),
    )
    trusted = pem("CERTIFICATE", whole)
    file = folder / "receiver.pem"
    file.write_text(pem("EC PRIVATE KEY", key) + trusted)
    return Certificate(file, trusted)
