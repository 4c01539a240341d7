"""Addresses: the public internet and nothing else, whatever form it is written in."""

import socket
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from service.webhooks import addresses
from service.webhooks.addresses import (
    INSIDE,
    Address,
    AddressRefused,
    Gate,
    NameUnknown,
    Target,
    is_public,
    look_up,
    parse,
)

PUBLIC = (
    "8.8.8.8", "1.1.1.1", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1",
    "172.32.0.1", "192.0.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "11.0.0.1",
    "2606:4700::1111", "2400:3200::1", "2001:4860:4860::8888", "2a00:1450::1", "2001:200::1",
)  # fmt: skip

NOT_PUBLIC = (
    "0.0.0.0", "0.1.2.3",  # noqa: S104 - nothing listens here
    "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
    "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "168.63.129.16",
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.7", "192.88.99.1",
    "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1",
    "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "100::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2606:4700::1111%eth0", "fec0::1", "ff02::1",
    "ff0e::1",
)  # fmt: skip

REFUSED = {
    "http://portal.example.com/": "https",
    "ftp://portal.example.com/": "https",
    "//portal.example.com/": "https",
    "portal.example.com/hooks": "https",
    "javascript:alert(1)": "https",
    "file:///etc/passwd": "https",
    "https:///hooks": "host",
    "https://": "host",
    "https://localhost/": "host",
    "https://intranet/": "host",
    "https://printer.local/": "inside",
    "https://db.internal/": "inside",
    "https://a.localhost/": "inside",
    "https://router.home.arpa/": "inside",
    "https://portal.example.com./": "host",
    "https://.example.com/": "host",
    "https://a..example.com/": "host",
    "https://-a.example.com/": "host",
    "https://a_b.example.com/": "host",
    "https://%6cocalhost/": "host",
    "https://%31%32%37.0.0.1/": "host",
    "https://2130706433/": "host",
    "https://0x7f000001/": "host",
    "https://0x7f.0.0.1/": "host",
    "https://0x7f.1/": "host",
    "https://127.1/": "host",
    "https://127.0.1/": "host",
    "https://017700000001/": "host",
    "https://0177.0.0.1/": "no address",
    "https://127.0.0.01/": "no address",
    "https://256.1.1.1/": "no address",
    "https://1.2.3.4.5/": "host",
    "https://a.0x7f/": "host",
    "https://a.0x/": "host",
    "https://a.1/": "host",
    "https://１２７．０．０．１/": "no address",
    "https://①②⑦.0.0.1/": "no address",
    "https://[fe80::1%25eth0]/": "not public",
    "https://[fe80::1%eth0]/": "not public",
    "https://[v1.x]/": "no address",
    "https://[::1": "no address",
    "https://user@portal.example.com/": "user",
    "https://user:secret@portal.example.com/": "user",
    "https://@portal.example.com/": "user",
    "https://portal.example.com@127.0.0.1/": "user",
    "https://portal.example.com\\@127.0.0.1/": "backslash",
    "https://127.0.0.1\\.example.com/": "backslash",
    "https://portal.example.com/ x": "space",
    "https://portal.example.com/\u3000x": "space",
    "https://portal.example.com\t/": "space",
    "https://portal.example.com/\r\nHost: x": "space",
    "https://portal.example.com/#part": "fragment",
    "https://portal.example.com:0/": "port",
    "https://portal.example.com:22/": "port",
    "https://portal.example.com:25/": "port",
    "https://portal.example.com:80/": "port",
    "https://portal.example.com:1023/": "port",
    "https://portal.example.com:65536/": "port",
    "https://portal.example.com:x/": "no address",
    f"https://{'a.' * 130}example.com/": "host",
    f"https://{'a' * 64}.example.com/": "host",
}

TAKEN_APART = {
    "https://portal.example.com": Target("portal.example.com", 443, b"/"),
    "HTTPS://Portal.Example.COM/Hooks?a=1&b=%20": Target(
        "portal.example.com", 443, b"/Hooks?a=1&b=%20"
    ),
    "https://portal.example.com:443/": Target("portal.example.com", 443, b"/"),
    "https://portal.example.com:1024/": Target("portal.example.com", 1024, b"/"),
    "https://portal.example.com:65535/": Target("portal.example.com", 65535, b"/"),
    "https://例子.中国/回调": Target("xn--fsqu00a.xn--fiqs8s", 443, b"/%E5%9B%9E%E8%B0%83"),
    "https://portal.example.com/@x": Target("portal.example.com", 443, b"/@x"),
    "https://8.8.8.8/": Target("8.8.8.8", 443, b"/"),
    "https://[2606:4700::1111]:8443/": Target("2606:4700::1111", 8443, b"/"),
}


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_may_be_called(text: str) -> None:
    assert is_public(ip_address(text))
    host = f"[{text}]" if ":" in text else text
    assert Gate().addresses(parse(f"https://{host}/")) == [ip_address(text)]


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_other_addresses_may_not(text: str) -> None:
    assert not is_public(ip_address(text))
    host = f"[{text}]" if ":" in text else text
    with pytest.raises(AddressRefused):
        Gate().check(f"https://{host}:8443/hooks")


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_a_name_that_leads_there_may_not_be_called(text: str) -> None:
    def resolve(host: str, port: int) -> list[Address]:
        assert (host, port) == ("portal.example.com", 443)
        return [ip_address("8.8.8.8"), ip_address(text)]

    with pytest.raises(AddressRefused, match="not public"):
        Gate(resolve).check("https://portal.example.com/")


@pytest.mark.parametrize(("url", "why"), REFUSED.items())
def test_addresses_are_refused_for_what_they_are(url: str, why: str) -> None:
    def never(host: str, port: int) -> list[Address]:
        raise AssertionError("nothing may be looked up")

    with pytest.raises(AddressRefused, match=why):
        Gate(never).check(url)


@pytest.mark.parametrize(("url", "target"), TAKEN_APART.items())
def test_addresses_are_taken_apart(url: str, target: Target) -> None:
    assert parse(url) == target


@pytest.mark.parametrize(
    ("target", "authority"),
    [
        (Target("a.example", 443, b"/"), "a.example"),
        (Target("a.example", 8443, b"/"), "a.example:8443"),
        (Target("2606::1", 443, b"/"), "[2606::1]"),
        (Target("2606::1", 8443, b"/"), "[2606::1]:8443"),
    ],
)
def test_the_host_header_names_the_port_where_it_is_not_the_usual(
    target: Target, authority: str
) -> None:
    assert target.authority == authority


@pytest.mark.parametrize("end", INSIDE)
def test_names_inside_a_network_are_refused(end: str) -> None:
    with pytest.raises(AddressRefused):
        parse(f"https://x.{end}/")
    assert parse(f"https://x.not{end}/").host == f"x.not{end}"


def test_a_name_nobody_knows_may_be_registered_but_not_called() -> None:
    def unknown(host: str, port: int) -> list[Address]:
        raise NameUnknown

    gate = Gate(unknown)
    gate.check("https://portal.example.com/")
    with pytest.raises(NameUnknown):
        gate.addresses(parse("https://portal.example.com/"))


def test_the_system_is_asked_for_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        places = ["2606:4700::1111", "8.8.8.8", "8.8.8.8"]
        return [(0, 0, 0, "", (place, port)) for place in places]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    found = look_up("portal.example.com", 443)
    assert found == [ip_address("2606:4700::1111"), ip_address("8.8.8.8")]


def test_loopback_is_looked_up_and_refused() -> None:
    assert ip_address("127.0.0.1") in look_up("localhost", 443)


def fail(*_: object, **__: object) -> Iterator[object]:
    raise socket.gaierror("no such name")


def empty(*_: object, **__: object) -> list[object]:
    return []


@pytest.mark.parametrize("answer", [fail, empty])
def test_names_without_addresses_are_unknown(
    monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(NameUnknown):
        look_up("portal.example.com", 443)


def test_a_resolver_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    end = threading.Event()
    monkeypatch.setattr(addresses, "LOOKUP_SECONDS", 0.05)

    def hang(*_: object, **__: object) -> list[object]:
        end.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    start = time.monotonic()
    with pytest.raises(NameUnknown):
        look_up("portal.example.com", 443)
    assert time.monotonic() - start < 2
    end.set()
