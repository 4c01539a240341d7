"""Whether two companies are one: identifiers decide, names suggest.

`compare` is the one place that says so; `Directory` finds whom to compare with.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from matching.text.normalise import normalise

CORES_KEPT: Final = 100_000
LATIN_FORMS: Final = """
ab ag as bv co coltd company companylimited corp corporation gmbh inc incorporated kabushikikaisha
kg kk limited llc llp ltd nv oy plc pte pteltd pty ptyltd sa sarl sas sdnbhd se spa srl
"""
LEGAL_FORMS: Final = frozenset(LATIN_FORMS.split())
CHINESE_FORMS: Final = (
    "集团股份有限公司",
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "株式会社",
    "合同会社",
    "公司",
    "集团",
)
MOST_WORDS: Final = 3
"""Of one legal form: kabushiki kaisha, sdn bhd, co ltd, l l c."""


class Relation(StrEnum):
    """同一、关联、不同."""

    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"


class Reason(NamedTuple):
    """What two companies have in common."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two companies stand to each other, and why."""

    relation: Relation
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a company from others."""

    names: tuple[str, ...]
    uscc: str | None
    lei: str | None


SAME_USCC: Final = Reason(
    "same_uscc", "统一社会信用代码相同", "The same unified social credit code"
)
OTHER_USCC: Final = Reason(
    "other_uscc", "统一社会信用代码不同", "Another unified social credit code"
)
SAME_LEI: Final = Reason("same_lei", "法人机构识别编码（LEI）相同", "The same LEI")
SAME_NAME: Final = Reason("same_name", "名称相同", "The same name")
IDENTIFIERS: Final = frozenset({SAME_USCC.key, SAME_LEI.key})
"""Keys of the reasons that no name can outweigh."""


def compare(one: Identity, other: Identity) -> Likeness:
    """How two companies stand to each other.

    A credit code both have decides; then an LEI both share; then the names, apart from width,
    case, script, spaces, invisible characters and the legal form.
    """
    if one.uscc is not None and other.uscc is not None:
        if one.uscc == other.uscc:
            return Likeness(Relation.SAME, (SAME_USCC,))
        return Likeness(Relation.DIFFERENT, (OTHER_USCC,))
    if one.lei is not None and one.lei == other.lei:
        return Likeness(Relation.SAME, (SAME_LEI,))
    if not _cores(one).isdisjoint(_cores(other)):
        return Likeness(Relation.SAME, (SAME_NAME,))
    return Likeness(Relation.DIFFERENT, ())


def _cores(identity: Identity) -> frozenset[str]:
    return frozenset(core_of(name) for name in identity.names)


@lru_cache(maxsize=CORES_KEPT)
def core_of(name: str) -> str:
    """A name without what is typed differently and without its legal form.

    >>> core_of("ＥＸＡＭＰＬＥ Resist, G.m.b.H.") == core_of("example resist")
    True
    """
    words = "".join(c if c.isalnum() else " " for c in normalise(name)).split()
    while len(words) > 1 and (count := _words_of_form(words)):
        words = words[:-count]
    joined = "".join(words)
    for form in CHINESE_FORMS:
        if joined.endswith(form) and joined != form:
            joined = joined.removesuffix(form)
            break
    return joined or name


def _words_of_form(words: list[str]) -> int:
    """How many words at the end are a legal form, not counting the first word."""
    for count in range(min(MOST_WORDS + 1, len(words) - 1), 0, -1):
        if "".join(words[-count:]) in LEGAL_FORMS:
            return count
    return 0


class Directory:
    """Companies by id, found again by what they have in common with another."""

    def __init__(self, entries: Iterable[tuple[str, Identity]] = ()) -> None:
        self._entries: list[tuple[str, Identity]] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for id_, identity in entries:
            self.add(id_, identity)

    def add(self, id_: str, identity: Identity) -> None:
        """Enter a company."""
        for sign in _signs(identity):
            self._places[sign].append(len(self._entries))
        self._entries.append((id_, identity))

    def like(self, identity: Identity) -> dict[str, Likeness]:
        """Those that are the same or related, by id, in the order they were entered."""
        places = {place for sign in _signs(identity) for place in self._places.get(sign, ())}
        found = (self._entries[place] for place in sorted(places))
        likenesses = {id_: compare(identity, other) for id_, other in found}
        return {id_: f for id_, f in likenesses.items() if f.relation is not Relation.DIFFERENT}


def _signs(identity: Identity) -> Iterator[str]:
    """What finds a company: its identifiers and the cores of its names."""
    if identity.uscc is not None:
        yield f"uscc {identity.uscc}"
    if identity.lei is not None:
        yield f"lei {identity.lei}"
    yield from _cores(identity)
