"""Which addresses a webhook may have: https to public addresses only, whatever form they take.

An address is looked at twice: when it is registered, and at every connection, where the socket
goes to the very address that was looked at. A name that changes its mind in between gains nothing.
"""

import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias

import httpx2

Address: TypeAlias = IPv4Address | IPv6Address

HTTPS_PORT: Final = 443
FIRST_FREE_PORT: Final = 1024
"""Ports below belong to mail, remote shells and the like, 443 apart."""

LOOKUP_SECONDS: Final = 5.0

NOT_PUBLIC_4: Final = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network, the unspecified address
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; some clouds keep their metadata here
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's host, reachable from its guests only
        "169.254.0.0/16",  # link-local, metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4, given up
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
"""From the IANA IPv4 Special-Purpose Address Registry, but for the one that is named a cloud's."""

PUBLIC_6: Final = IPv6Network("2000::/3")
"""All that IANA has given out as global unicast. Loopback, link-local, unique local, multicast,
IPv4-mapped and -compatible, NAT64 (64:ff9b::/96, 64:ff9b:1::/48) and the rest lie outside."""

NOT_PUBLIC_6: Final = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)
"""From the IANA IPv6 Special-Purpose Address Registry, those within global unicast."""

LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST_NAME: Final = re.compile(rf"(?:{LABEL}\.)+(?!(?:0x[0-9a-f]*|[0-9]+)$){LABEL}")
"""Two labels or more; the last is no number, or old resolvers would read an IPv4 address in it."""

LONGEST_NAME: Final = 253
INSIDE: Final = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion")
"""Ends of names that are nobody's on the internet."""


class AddressRefused(ValueError):  # noqa: N818 - house style: the name is the sentence
    """Choose an https address on the public internet; the message says what is wrong."""


class NameUnknown(OSError):  # noqa: N818 - house style: the name is the sentence
    """Wait until the name can be looked up."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: where to connect, whom to find there, what to ask for."""

    host: str
    """As in the certificate: a name in ASCII, or an address without brackets."""
    port: int
    path: bytes

    @property
    def authority(self) -> str:
        """The value of the header Host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS_PORT else f"{host}:{self.port}"


def is_public(address: Address) -> bool:
    """Whether an address is somebody's on the public internet.

    >>> is_public(ip_address("8.8.8.8")), is_public(ip_address("::ffff:8.8.8.8"))
    (True, False)
    """
    if isinstance(address, IPv4Address):
        return not any(address in block for block in NOT_PUBLIC_4)
    if address.scope_id is not None or address not in PUBLIC_6:
        return False
    return not any(address in block for block in NOT_PUBLIC_6)


def look_up(host: str, port: int) -> list[Address]:
    """All addresses of a name, in the order of the system, within five seconds.

    Raises:
        NameUnknown: there are none, or nobody answered in time.
    """
    found: list[Address] = []

    def ask() -> None:
        try:
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(ip_address(str(place[0])))
        except (OSError, ValueError):
            found.clear()

    asker = threading.Thread(target=ask, name="look-up", daemon=True)
    asker.start()
    asker.join(LOOKUP_SECONDS)
    if asker.is_alive() or not found:
        raise NameUnknown("the name has no address that we can find")
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Gate:
    """How addresses are found and which of them may be called. Only tests make another one."""

    resolve: Callable[[str, int], list[Address]] = look_up
    is_allowed: Callable[[Address], bool] = is_public

    def addresses(self, target: Target) -> list[Address]:
        """The addresses to connect to, of which every single one may be called.

        Raises:
            NameUnknown: the name has none.
            AddressRefused: one of them is not public.
        """
        literal = _literal(target.host)
        found = self.resolve(target.host, target.port) if literal is None else [literal]
        if not all(self.is_allowed(address) for address in found):
            raise AddressRefused("leads to an address that is not public")
        return found

    def check(self, url: str) -> None:
        """Nothing when the address may be registered; a name nobody knows yet may be.

        Raises:
            AddressRefused: it may not be called.
        """
        try:
            self.addresses(parse(url))
        except NameUnknown:
            return


def parse(url: str) -> Target:
    """An address taken apart, by the same reading that is called later.

    Raises:
        AddressRefused: it may not be called, whatever its name leads to.

    >>> parse("https://hooks.example.com:8443/a?b=1")
    Target(host='hooks.example.com', port=8443, path=b'/a?b=1')
    """
    if "\\" in url or any(character.isspace() for character in url):
        raise AddressRefused("holds a space or a backslash")
    try:
        read = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressRefused("is no address") from error
    if read.scheme != "https":
        raise AddressRefused("must begin with https://")
    if read.userinfo or "@" in url.partition("://")[2].partition("/")[0]:
        raise AddressRefused("must not hold a user name or password")
    if read.fragment:
        raise AddressRefused("must not hold a fragment")
    return Target(_host(read), _port(read), read.raw_path)


def _host(read: httpx2.URL) -> str:
    host = read.raw_host.decode("ascii").lower()
    if _literal(host) is not None:
        return host
    if len(host) > LONGEST_NAME or not HOST_NAME.fullmatch(host):
        raise AddressRefused("must name its host in full, or by an address in the usual form")
    if any(host == end or host.endswith(f".{end}") for end in INSIDE):
        raise AddressRefused("names a host inside a network")
    return host


def _port(read: httpx2.URL) -> int:
    port = HTTPS_PORT if read.port is None else read.port
    if port != HTTPS_PORT and not FIRST_FREE_PORT <= port < 1 << 16:
        raise AddressRefused("must have port 443 or one from 1024 to 65535")
    return port


def _literal(host: str) -> Address | None:
    """The address that a host is written as, or None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None
