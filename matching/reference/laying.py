"""An edition laid over a reference: another reference, with a digest of its own."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from matching.reference.checking import faults_of
from matching.reference.crowding import LandscapeEdition
from matching.reference.edition import (
    Edition,
    EncouragedEdition,
    ItemRow,
    KeywordsEdition,
    LinkRow,
    LinksEdition,
    digest_of,
)
from matching.reference.loader import Reference
from matching.reference.reading.links import group_neighbours
from matching.reference.records import Link
from matching.reference.texts import Texts


def lay(reference: Reference, edition: Edition) -> Reference:
    """The reference with an edition in the place of what it renews; the old one stays as it was.

    A link that keeps its id keeps what the edition says nothing of: its encouraged items and its
    relation to the strategic emerging industries. A new one has none.

    Raises:
        ValueError: it cannot be laid over this reference; the message names row and column.
    """
    faults = faults_of(edition, reference)
    if faults:
        raise ValueError(f"edition {edition.name}: {faults[0]}")
    match edition:
        case LinksEdition():
            laid = _with_links(reference, edition)
        case KeywordsEdition():
            laid = _with_keywords(reference, edition)
        case LandscapeEdition():
            crowded = {(row.link_id, row.region_group): row for row in edition.rows}
            laid = replace(reference, landscape=crowded)
        case _:
            laid = _with_items(reference, edition)
    digest = hashlib.sha256(f"{reference.digest}\n{digest_of(edition)}".encode()).hexdigest()
    return replace(
        laid,
        notes={**reference.notes, edition.name: edition.note},
        editions={**reference.editions, edition.name: edition.note.edition},
        digest=f"sha256:{digest}",
    )


def _with_links(reference: Reference, edition: LinksEdition) -> Reference:
    """The chain's links stand where its first one stood; the others keep their order."""
    chain_id, before = edition.chain_id, list(reference.links.values())
    start = next((link.number for link in before if link.chain_id == chain_id), len(before))
    renewed = [_link(row, edition, reference) for row in edition.rows]
    rest = [link for link in before[start:] if link.chain_id != chain_id]
    links = _numbered([*before[:start], *renewed, *rest])
    kept = [pair for pair in reference.edges if reference.links[pair[0]].chain_id != chain_id]
    own = [(row.link_id, customer) for row in edition.rows for customer in row.customers]
    edges = (*kept, *own)
    return replace(
        reference,
        links=links,
        edges=edges,
        suppliers=group_neighbours(((to, start) for start, to in edges), links),
        customers=group_neighbours(edges, links),
        sei_by_link={link: of for link, of in reference.sei_by_link.items() if link in links},
        encouraged_by_link={
            link: items for link, items in reference.encouraged_by_link.items() if link in links
        },
    )


def _link(row: LinkRow, edition: LinksEdition, reference: Reference) -> Link:
    before = reference.links.get(row.link_id)
    return Link(
        link_id=row.link_id,
        chain_id=edition.chain_id,
        name_zh=row.name_zh,
        name_en=row.name_en,
        segment=row.segment,
        keywords_zh=row.keywords_zh,
        keywords_en=row.keywords_en,
        gb4754_codes=row.gb4754_codes,
        tech_barrier=row.tech_barrier,
        is_core=row.is_core,
        confusable_with=row.confusable_with,
        encouraged_items=before.encouraged_items if before else (),
        number=0,
        provenance=row.provenance,
    )


def _numbered(links: Iterable[Link]) -> dict[str, Link]:
    return {
        link.link_id: link if link.number == number else replace(link, number=number)
        for number, link in enumerate(links)
    }


def _with_keywords(reference: Reference, edition: KeywordsEdition) -> Reference:
    renewed = {
        row.link_id: replace(
            reference.links[row.link_id], keywords_zh=row.keywords_zh, keywords_en=row.keywords_en
        )
        for row in edition.rows
    }
    return replace(reference, links={**reference.links, **renewed})


def _with_items(reference: Reference, edition: EncouragedEdition) -> Reference:
    national = {r.link_id: r.item_nos for r in edition.rows if r.province_code is None}
    links = {
        link_id: replace(link, encouraged_items=national.get(link_id, ()))
        for link_id, link in reference.links.items()
    }
    return replace(
        reference,
        links=links,
        encouraged_by_link=_regional(edition.rows),
        texts=_texts_of(reference.texts, edition.note.edition),
    )


def _regional(rows: Iterable[ItemRow]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in rows:
        if row.province_code is not None:
            found[row.link_id][row.province_code] = row.item_nos
    return dict(found)


def _texts_of(texts: Texts | None, edition: str) -> Texts | None:
    """The texts without a catalogue of another edition: its numbers mean other items."""
    if texts is None or texts.edition in {None, edition}:
        return texts
    return replace(texts, edition=None, national={}, regional={}, divisions=frozenset())
