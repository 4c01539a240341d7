"""Chains, their links, and the edges from supplier to customer."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from importlib.resources.abc import Traversable

from matching.reference.records import Chain, Link
from matching.reference.table import Row, read_table, require_unique
from matching.vocabulary import Segment

_BARRIERS = ("1", "2", "3")

_LINK_COLUMNS = (
    "link_id", "chain_id", "name_zh", "name_en", "segment", "keywords_zh", "keywords_en",
    "gb4754_codes", "tech_barrier", "is_core", "confusable_with", "encouraged_items", "provenance",
)  # fmt: skip


def read_chains(folder: Traversable) -> dict[str, Chain]:
    """Chain id → chain."""
    rows = read_table(folder, "chains", ("chain_id", "name_zh", "name_en", "provenance"))
    require_unique(rows, "chain_id")
    return {
        row.text("chain_id"): Chain(
            row.text("chain_id"), row.text("name_zh"), row.text("name_en"), row.provenance()
        )
        for row in rows
    }


def read_links(
    folder: Traversable, chains: Collection[str], gb4754: Collection[str]
) -> dict[str, Link]:
    """Link id → link, in file order; confusable links are of one chain and name each other."""
    rows = read_table(folder, "links", _LINK_COLUMNS)
    require_unique(rows, "link_id")
    confusable = {row.text("link_id"): row.listed("confusable_with") for row in rows}
    links: dict[str, Link] = {}
    for number, row in enumerate(rows):
        link = _link(row, number, chains, gb4754)
        _check_confusable(row, link, confusable)
        links[link.link_id] = link
    return links


def _link(row: Row, number: int, chains: Collection[str], gb4754: Collection[str]) -> Link:
    chain_id = row.known("chain_id", chains)
    if not row.text("link_id").startswith(f"{chain_id}."):
        raise row.fault("link_id", f"does not begin with its chain {chain_id}")
    return Link(
        link_id=row.text("link_id"),
        chain_id=chain_id,
        name_zh=row.text("name_zh"),
        name_en=row.text("name_en"),
        segment=row.word("segment", Segment),
        keywords_zh=row.filled("keywords_zh"),
        keywords_en=row.filled("keywords_en"),
        gb4754_codes=row.all_known("gb4754_codes", gb4754),
        tech_barrier=int(row.choice("tech_barrier", _BARRIERS)),
        is_core=row.boolean("is_core"),
        confusable_with=row.listed("confusable_with"),
        encouraged_items=row.listed("encouraged_items"),
        number=number,
        provenance=row.provenance(),
    )


def _check_confusable(row: Row, link: Link, confusable: Mapping[str, tuple[str, ...]]) -> None:
    for other in link.confusable_with:
        mutual = link.link_id in confusable.get(other, ())
        if other == link.link_id or not other.startswith(f"{link.chain_id}.") or not mutual:
            raise row.fault("confusable_with", f"{other!r} is itself, elsewhere or not mutual")


def read_edges(folder: Traversable, links: Mapping[str, Link]) -> tuple[tuple[str, str], ...]:
    """(supplier, customer) pairs of links, in file order; cycles occur (recycling)."""
    rows = read_table(folder, "edges", ("from_link", "to_link", "provenance"))
    require_unique(rows, "from_link", "to_link")
    return tuple(_edge(row, links) for row in rows)


def _edge(row: Row, links: Mapping[str, Link]) -> tuple[str, str]:
    row.provenance()
    supplier, customer = row.known("from_link", links), row.known("to_link", links)
    if supplier == customer or links[supplier].chain_id != links[customer].chain_id:
        raise row.fault("to_link", "is the same link or of another chain")
    return supplier, customer


def group_neighbours(
    pairs: Iterable[tuple[str, str]], links: Mapping[str, Link]
) -> dict[str, tuple[str, ...]]:
    """Link → its neighbours (second of each pair) by link number; every link has an entry."""
    found: dict[str, list[str]] = defaultdict(list)
    for link, neighbour in pairs:
        found[link].append(neighbour)
    return {
        link: tuple(sorted(found[link], key=lambda neighbour: links[neighbour].number))
        for link in links
    }
