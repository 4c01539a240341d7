"""Chains with their links and edges, and the regions, as the reference has them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from matching.reference.loader import Reference
from matching.reference.records import Chain, Link
from matching.vocabulary import Region
from models.page import Page
from models.reference import (
    ChainDetail,
    ChainPublic,
    EdgePublic,
    LinkPublic,
    ProvincePublic,
    RegionPublic,
)
from service.errors import ChainNotFound

REGION_NAMES: Final = {
    Region.EAST: ("东部", "East"),
    Region.CENTRAL: ("中部", "Central"),
    Region.WEST: ("西部", "West"),
    Region.NORTHEAST: ("东北", "Northeast"),
}


def list_chains(reference: Reference) -> Page[ChainPublic]:
    """All chains, in the order of the reference."""
    items = [_chain(reference, chain) for chain in reference.chains.values()]
    return Page[ChainPublic](items=items, next_cursor=None)


def read_chain(reference: Reference, chain_id: str) -> ChainDetail:
    """A chain with its links and every edge that begins or ends in it.

    Raises:
        ChainNotFound: no such chain.
    """
    chain = reference.chains.get(chain_id)
    if chain is None:
        raise ChainNotFound
    links = _links_of(reference, chain_id)
    own = {link.link_id for link in links}
    return ChainDetail(
        **_chain(reference, chain).model_dump(),
        links=[_link(link) for link in links],
        edges=[
            EdgePublic(supplier=supplier, customer=customer)
            for supplier, customer in reference.edges
            if supplier in own or customer in own
        ],
    )


def list_regions(reference: Reference) -> Page[RegionPublic]:
    """The four regions with their provinces, by code."""
    provinces: dict[Region, list[ProvincePublic]] = defaultdict(list)
    groups: dict[Region, set[str]] = defaultdict(set)
    for code, province in sorted(reference.provinces.items()):
        groups[province.region].add(province.region_group)
        provinces[province.region].append(
            ProvincePublic(province_code=code, name_zh=province.name_zh, name_en=province.name_en)
        )
    items = [
        RegionPublic(
            region=region,
            name_zh=zh,
            name_en=en,
            region_group=", ".join(sorted(groups[region])),
            provinces=provinces[region],
        )
        for region, (zh, en) in REGION_NAMES.items()
    ]
    return Page[RegionPublic](items=items, next_cursor=None)


def _links_of(reference: Reference, chain_id: str) -> Sequence[Link]:
    return [link for link in reference.links.values() if link.chain_id == chain_id]


def _chain(reference: Reference, chain: Chain) -> ChainPublic:
    return ChainPublic(
        id=chain.chain_id,
        name_zh=chain.name_zh,
        name_en=chain.name_en,
        link_count=len(_links_of(reference, chain.chain_id)),
        provenance=chain.provenance,
    )


def _link(link: Link) -> LinkPublic:
    return LinkPublic.model_validate(asdict(link) | {"id": link.link_id})
