"""The words of industry classes: GB/T 4754 in Chinese, ISIC Rev.4 in English."""

import re
from collections.abc import Iterable, Iterator, Sequence

from matching.reference.records import GbCode, IsicCode
from matching.text.matcher import Owner

_DOING = re.compile(
    r"(?:的)?(?:专用设备制造|制造|加工|生产|活动|服务|开采|采选|养殖|种植|和试验发展)$"
)
_JOINTS_ZH = re.compile(r"[、，及和与或]")
_REST_ZH = re.compile(r"未列明|^以")
_DOING_EN = re.compile(
    r"^(?:manufacture|growing|raising|extraction|mining|production|processing and preserving"
    r"|processing|activities|construction|publishing) of (?:other )?"
)
_JOINTS_EN = re.compile(r", except .*$|, n\.e\.c\.|, |;| and | or |\(|\)")
_SHORTEST_ZH, _SHORTEST_EN = 3, 5


def gb_owners(classes: Sequence[GbCode]) -> list[Owner]:
    """The classes as owners, grouped by division."""
    return [Owner((c.name_zh, *_pieces_zh(c.name_zh)), int(c.code[:2])) for c in classes]


def isic_owners(classes: Sequence[IsicCode]) -> list[Owner]:
    """The classes as owners, grouped by division."""
    return [Owner((c.name_en, *_pieces_en(c.name_en)), int(c.code[:2])) for c in classes]


def _pieces_zh(name: str) -> Iterator[str]:
    """What the class makes, without what is done to it; each of what a name joins."""
    if _REST_ZH.search(name):
        return
    bare = _DOING.sub("", name).removeprefix("其他")
    yield from _fit((bare, *_JOINTS_ZH.split(bare)), _SHORTEST_ZH)


def _pieces_en(name: str) -> Iterator[str]:
    bare = _DOING_EN.sub("", name.lower())
    yield from _fit(_JOINTS_EN.split(bare), _SHORTEST_EN)


def _fit(pieces: Iterable[str], shortest: int) -> Iterator[str]:
    return (piece.strip() for piece in pieces if len(piece.strip()) >= shortest)
