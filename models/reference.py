"""Reference facts as answered: chains with their links and edges, regions with their provinces."""

from sqlmodel import Field

from matching.vocabulary import Provenance, Region, Segment
from models.base import PublicShape


class ChainPublic(PublicShape):
    """产业链: an industry chain in a list."""

    id: str = Field(description="The chain, such as ic")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    link_count: int = Field(description="How many links it has")
    provenance: Provenance = Field(description="Where the row comes from")


class LinkPublic(PublicShape):
    """环节: a link of a chain."""

    id: str = Field(description="The link, `chain.link`")
    chain_id: str = Field(description="The chain")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    segment: Segment = Field(description="upstream, midstream or downstream")
    keywords_zh: list[str] = Field(description="What it is called in Chinese")
    keywords_en: list[str] = Field(description="What it is called in English")
    gb4754_codes: list[str] = Field(description="GB/T 4754-2017 codes it falls under")
    tech_barrier: int = Field(ge=1, le=3, description="Technical barrier, 1 (low) to 3 (high)")
    is_core: bool = Field(description="Whether it is a core link of the chain")
    confusable_with: list[str] = Field(description="Links that look alike in words but differ")
    provenance: Provenance = Field(description="Where the row comes from")


class EdgePublic(PublicShape):
    """上下游关系: goods or services flow from one link to another."""

    supplier: str = Field(description="The link that supplies")
    customer: str = Field(description="The link that buys")


class ChainDetail(ChainPublic):
    """A chain with its links and edges; the edges may form cycles."""

    links: list[LinkPublic] = Field(description="Its links, in reading order")
    edges: list[EdgePublic] = Field(description="Edges that begin or end in the chain")


class ProvincePublic(PublicShape):
    """A province of a region."""

    province_code: str = Field(description="GB/T 2260, two digits")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")


class RegionPublic(PublicShape):
    """四大板块: a region with its provinces."""

    region: Region = Field(description="east, central, west or northeast")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    region_group: str = Field(description="The article's group: east, central_west, northeast")
    provinces: list[ProvincePublic] = Field(description="Its provinces, by code")
