"""A zone's diagnosis as answered: which links are strong, weak or missing, and on what evidence."""

from sqlmodel import Field

from matching.vocabulary import (
    EnterpriseSize,
    GapKind,
    GapStatus,
    GapType,
    Honour,
    Kind,
    LinkStatus,
    PlacedBy,
    Provenance,
    Segment,
)
from models.base import PublicShape
from models.override import OverridePublic
from models.sentences import SentencePublic
from models.zone import ZoneBrief


class FirmAtLink(PublicShape):
    """A firm counted at a link."""

    external_id: str = Field(description="The caller's own id; of a landed firm its investor's")
    name: str = Field(description="Its name")
    share: int = Field(description="How much of it counts here, thousandths: equal over its links")
    size: EnterpriseSize = Field(description="Its class by what counts here (NBS 2017)")
    size_assumed: bool = Field(description="Whether neither revenue nor employees is known")
    honours: list[Honour] = Field(description="链主、小巨人、单项冠军、上市、高新技术企业")
    has_landed: bool = Field(description="Whether it came by a lead")
    placed_by: PlacedBy = Field(description="correction, declaration, words or codes")
    why: SentencePublic = Field(description="What placed it here")


class StrengthPart(SentencePublic):
    """A part of a link's strength."""

    part: str = Field(description="presence, leadership, specialisation or neighbours")
    weight: int = Field(description="Its share of the strength, thousandths")
    value: int | None = Field(description="From 0 to 1000; null = unknown")
    assumed: bool = Field(description="Whether the neutral value was taken for it")
    source: str = Field(description="Where the formula is from")


class LinkGap(PublicShape):
    """What is to be done about a link."""

    type: GapType = Field(
        description="补链 fill、强链 strengthen、延链 extend、建链 build、固链 secure"
    )
    type_zh: str = Field(description="The same in Chinese")
    kind: GapKind | None = Field(description="What it is registered as; null = it is no gap")
    priority: int = Field(ge=0, le=100, description="How urgent, 0 to 100")
    reasons: list[SentencePublic] = Field(description="What the priority rests on")
    to_register: bool = Field(description="Whether it is sure and urgent enough to be registered")


class GapBeside(PublicShape):
    """A registered gap at a link, beside what was computed."""

    id: str = Field(description="The gap")
    kind: GapKind = Field(description="weak or missing")
    status: GapStatus = Field(description="open or filled")
    severity: int | None = Field(description="0 to 100; null = unknown")
    is_computed: bool = Field(description="Whether it was registered from a diagnosis")
    agrees: bool = Field(description="Whether the diagnosis computes a gap of this kind here")


class LinkDiagnosis(PublicShape):
    """One link in the zone."""

    chain_id: str = Field(description="The chain")
    link_id: str = Field(description="The link")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    segment: Segment = Field(description="upstream, midstream or downstream")
    is_core: bool = Field(description="Whether it is a core link of its chain")
    tech_barrier: int = Field(description="1 to 3")
    status: LinkStatus | None = Field(
        description="An officer's where one set it, else computed; null = nothing is known"
    )
    computed_status: LinkStatus | None = Field(description="What the firms say")
    override: OverridePublic | None = Field(description="What an officer said; null = nothing")
    strength: int | None = Field(description="0 to 1000; null = no list of firms")
    confidence: int = Field(description="How sure, thousandths")
    confidence_band: str = Field(description="high from 700, medium from 400, else low")
    parts: list[StrengthPart] = Field(description="Of the strength; empty = no firm is here")
    firms: list[FirmAtLink] = Field(description="Those counted here, by external id")
    concentration: int | None = Field(
        description="Herfindahl index over them, thousandths; null = no firm, or no figures"
    )
    technology_level: int | None = Field(
        description="1 to 5, derived from the firms' honours; null = they vouch for none"
    )
    evidence: SentencePublic = Field(description="The whole in one sentence")
    gap: LinkGap | None = Field(description="What is to be done; null = nothing")
    gaps: list[GapBeside] = Field(description="Gaps registered here that are not closed")


class ChainDiagnosis(PublicShape):
    """One chain in the zone: what was declared beside what was counted."""

    chain_id: str = Field(description="The chain")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    declared: bool | None = Field(
        description="Whether the zone says that it leads in it; null = it names no chain"
    )
    leads: bool | None = Field(
        description="Whether its firms say so: location quotient past the policy's; null = unknown"
    )
    location_quotient: float | None = Field(
        description="Its share among the zone's firms against its share among the chains national "
        "zones are known to lead in; 1 = the same; null = no firm, or no such zone"
    )
    firms: int = Field(description="How many stand in it")
    statuses: dict[LinkStatus, int] = Field(description="How many links are of each status")
    reading: SentencePublic = Field(description="Declared against counted, in words")


class UnplacedFirm(PublicShape):
    """A firm that stands at no link."""

    external_id: str = Field(description="The caller's own id")
    name: str = Field(description="Its name")
    why: SentencePublic = Field(description="Why, and what would help")


class FirmsCounted(PublicShape):
    """What the diagnosis rests on."""

    total: int = Field(description="Firms of the zone")
    listed: int = Field(description="From the zone's list")
    landed: int = Field(description="That came by a lead")
    placed: int = Field(description="That stand at a link")
    corrected: int = Field(description="Whose links an officer corrected")
    without_revenue: int = Field(description="Of unknown revenue")
    without_employees: int = Field(description="Of unknown employees")
    compared_by: str = Field(
        description="employees, revenue_cny or firms: what all placed ones state"
    )
    credibility: int = Field(
        description="How far the list is believed where it names no firm, thousandths"
    )
    unplaced: list[UnplacedFirm] = Field(description="Every firm that stands at no link")


class ServicesAndKinds(PublicShape):
    """High-end services against the article's half, and the mix of factor kinds; thousandths."""

    compared_by: str = Field(description="employees, revenue_cny or firms")
    classed: int = Field(description="Firms whose industry class is known")
    unclassed: list[str] = Field(description="External ids of the others; no share counts them")
    high_end_services: int | None = Field(description="Counted share; null = unknown")
    high_end_services_declared: int | None = Field(description="The zone's own; null = unknown")
    high_end_services_target: int = Field(description="The policy's: the article asks for half")
    producer_services: int | None = Field(description="Share of producer services (2019)")
    kinds: dict[Kind, int] = Field(description="Shares by factor kind of the industry division")
    kind_unknown: int | None = Field(description="Share whose division has no one kind")
    concentration: int | None = Field(description="Herfindahl index over chains; null = unknown")
    reading: SentencePublic = Field(description="In words")


class DiagnosisPublic(PublicShape):
    """The answer of `GET /v1/zones/{zone_id}/diagnosis`."""

    zone: ZoneBrief = Field(description="The zone")
    policy_id: str = Field(description="The policy whose lines were drawn")
    policy_version: int = Field(description="Its version")
    links_edition: str = Field(description="The edition of the chains")
    generation: int = Field(description="The number of the last event it has seen")
    provenance: Provenance = Field(description="derived: computed by us, not official")
    reading: SentencePublic = Field(description="The whole in words; says so where data is thin")
    firms: FirmsCounted = Field(description="What it rests on")
    chains: list[ChainDiagnosis] = Field(
        description="The chain asked for, else those with firms or declared"
    )
    links: list[LinkDiagnosis] = Field(description="Their links, most urgent first")
    services_and_kinds: ServicesAndKinds = Field(description="Of all firms of the zone")
