"""Phrases of daily life, all chains, both languages; expecting nothing is to land below the floor.

`phrases.csv` was written before the method and looked at while it was made; `unseen_phrases.csv`
was written later, in three parts, each run before anything was changed. Several links may be right.
"""

import csv
from importlib.resources import files

import pytest

from matching.reference.loader import Reference
from matching.text.placement import CODE_FLOOR, LinkAffinity, Placer

MOST_SHOWN = 3


def load(name: str) -> list[tuple[str, frozenset[str]]]:
    text = files("tests.matching.text").joinpath(name).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return [(row["phrase"], frozenset(filter(None, row["expected"].split(";")))) for row in rows]


def seen(placer: Placer, phrase: str) -> list[str]:
    def is_seen(placed: LinkAffinity) -> bool:
        return placed.affinity >= CODE_FLOOR

    return [placed.link_id for placed in filter(is_seen, placer.links([phrase], ()))]


@pytest.mark.parametrize(
    ("name", "first", "shown", "nowhere"),
    [("phrases.csv", 0.97, 0.98, 1.0), ("unseen_phrases.csv", 0.91, 0.95, 0.9)],
)
def test_phrases_land_where_they_belong(
    placer: Placer, name: str, first: float, shown: float, nowhere: float
) -> None:
    rows = load(name)
    somewhere = [(seen(placer, phrase), links) for phrase, links in rows if links]
    elsewhere = [seen(placer, phrase) for phrase, links in rows if not links]
    hits = sum(bool(links.intersection(found[:1])) for found, links in somewhere)
    near = sum(bool(links.intersection(found[:MOST_SHOWN])) for found, links in somewhere)
    assert hits / len(somewhere) >= first
    assert near / len(somewhere) >= shown
    assert sum(not found for found in elsewhere) / len(elsewhere) >= nowhere


@pytest.mark.parametrize("name", ["phrases.csv", "unseen_phrases.csv"])
def test_the_tables_cover_every_chain_and_name_real_links(reference: Reference, name: str) -> None:
    links = {link for _, expected in load(name) for link in expected}
    assert links <= reference.links.keys()
    assert {reference.links[link].chain_id for link in links} == reference.chains.keys()
