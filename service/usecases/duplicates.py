"""Investors that may be the same: identifiers decide, names suggest; nothing is merged."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sqlmodel import Session

from matching.text.normalise import normalise
from models.investor import Investor
from models.placement import DuplicatePublic
from models.sentences import SentencePublic
from service.repositories import investors

MOST: Final = 10
REASONS: Final = {
    "uscc": SentencePublic(zh="统一社会信用代码相同", en="The same unified social credit code"),
    "lei": SentencePublic(zh="法人机构识别编码（LEI）相同", en="The same LEI"),
    "name": SentencePublic(zh="名称相同", en="The same name"),
}


def duplicates_of(
    session: Session, records: Sequence[Investor]
) -> dict[str, list[DuplicatePublic]]:
    """For each record, the other active investors that may be the same, surest first."""
    names = _ids_by_name(session)
    return {record.id: _of_one(session, record, names) for record in records}


def _of_one(
    session: Session, record: Investor, names: dict[str, list[tuple[str, str]]]
) -> list[DuplicatePublic]:
    found: dict[str, DuplicatePublic] = {}
    for other in investors.list_with_identifier(session, record.uscc, record.lei):
        is_uscc = record.uscc is not None and other.uscc == record.uscc
        why = REASONS["uscc" if is_uscc else "lei"]
        found[other.id] = DuplicatePublic(id=other.id, name=other.name, why=why)
    for other_id, name in names.get(_plain(record.name), ()):
        if other_id not in found:
            found[other_id] = DuplicatePublic(id=other_id, name=name, why=REASONS["name"])
    return [other for other in found.values() if other.id != record.id][:MOST]


def _ids_by_name(session: Session) -> dict[str, list[tuple[str, str]]]:
    by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for investor_id, name in investors.list_named(session):
        by_name[_plain(name)].append((investor_id, name))
    return by_name


@lru_cache(maxsize=100_000)
def _plain(name: str) -> str:
    """A name without what is typed differently: width, case, script, punctuation, spaces."""
    return "".join(character for character in normalise(name) if character.isalnum()) or name
