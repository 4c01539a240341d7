"""The links' keywords against phrases of web pages and company descriptions, all chains.

`phrases.csv` was looked at while the keywords were chosen, `unseen_phrases.csv` was written after
they stood and changed none of them. Several links may be right; expecting nothing is to land
below the floor.
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from matching.reference.loader import load_reference
from matching.text.placement import CODE_FLOOR, Placer

REFERENCE = load_reference()
HERE = Path(__file__).parent
MOST_SHOWN = 3


def read_phrases(name: str) -> list[tuple[str, frozenset[str]]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["phrase"], frozenset(filter(None, row["expected"].split(";")))) for row in rows]


@cache
def placer() -> Placer:
    return Placer(REFERENCE)


def shown(phrase: str) -> list[str]:
    """The links above the floor, best first."""
    return [p.link_id for p in placer().links([phrase], ()) if p.affinity >= CODE_FLOOR]


@pytest.mark.parametrize(
    ("name", "first", "among_three", "nowhere"),
    [("phrases.csv", 0.94, 0.96, 0.9), ("unseen_phrases.csv", 0.79, 0.86, 1.0)],
)
def test_phrases_land_where_they_belong(
    name: str, first: float, among_three: float, nowhere: float
) -> None:
    rows = read_phrases(name)
    somewhere = [(shown(phrase), links) for phrase, links in rows if links]
    elsewhere = [shown(phrase) for phrase, links in rows if not links]
    hits = sum(bool(links.intersection(found[:1])) for found, links in somewhere)
    near = sum(bool(links.intersection(found[:MOST_SHOWN])) for found, links in somewhere)
    assert hits / len(somewhere) >= first
    assert near / len(somewhere) >= among_three
    assert sum(not found for found in elsewhere) / len(elsewhere) >= nowhere


@pytest.mark.parametrize(("name", "size"), [("phrases.csv", 550), ("unseen_phrases.csv", 150)])
def test_the_tables_are_large_cover_every_chain_and_name_real_links(name: str, size: int) -> None:
    rows = read_phrases(name)
    named = {link for _, links in rows for link in links}
    assert len(rows) >= size
    assert len({phrase.casefold() for phrase, _ in rows}) == len(rows)
    assert {REFERENCE.links[link].chain_id for link in named} == set(REFERENCE.chains)


def test_no_phrase_stands_in_both_tables() -> None:
    seen, unseen = (
        {phrase.casefold() for phrase, _ in read_phrases(name)}
        for name in ("phrases.csv", "unseen_phrases.csv")
    )
    assert not seen & unseen


def test_a_keyword_lands_at_its_own_link_first() -> None:
    owners = [
        (word, link.link_id)
        for link in REFERENCE.links.values()
        for word in (*link.keywords_zh, *link.keywords_en)
    ]
    for word, link_id in owners[::7]:
        placed = placer().links([word], ())
        assert link_id in {p.link_id for p in placed if p.affinity == placed[0].affinity}, word
