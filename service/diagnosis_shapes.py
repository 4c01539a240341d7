"""A diagnosis as it is answered: thousandths, and a sentence beside every figure."""

from collections.abc import Collection, Mapping, Sequence
from math import isnan
from types import MappingProxyType
from typing import Final

from matching.criterion import Label
from matching.diagnosis import firms, strength
from matching.diagnosis.mix import Mix
from matching.diagnosis.placing import Placed, Standing
from matching.diagnosis.status import KINDS, ComputedGap, Diagnosed
from matching.diagnosis.strength import Counted, Strength
from matching.diagnosis.thresholds import Thresholds
from matching.points import thousandths
from matching.reference.loader import Reference
from matching.vocabulary import GapType, LinkStatus
from models.diagnosis import (
    ChainDiagnosis,
    FirmAtLink,
    FirmsCounted,
    GapBeside,
    LinkDiagnosis,
    LinkGap,
    ServicesAndKinds,
    StrengthPart,
    UnplacedFirm,
)
from models.enterprise import Enterprise
from models.gap import Gap
from models.override import LinkOverride, OverridePublic
from models.sentences import SentencePublic
from models.zone import Zone

STATUSES: Final[Mapping[LinkStatus, Label]] = MappingProxyType(
    {
        LinkStatus.STRONG: Label("强链", "strong"),
        LinkStatus.STEADY: Label("稳链", "steady"),
        LinkStatus.WEAK: Label("弱链", "weak"),
        LinkStatus.MISSING: Label("缺链", "missing"),
    }
)
TYPES: Final[Mapping[GapType, str]] = MappingProxyType(
    {
        GapType.FILL: "补链",
        GapType.STRENGTHEN: "强链",
        GapType.EXTEND: "延链",
        GapType.BUILD: "建链",
        GapType.SECURE: "固链",
    }
)
PARTS: Final = (
    ("presence", strength.PRESENCE, Label("企业规模合计", "Size of the firms together"),
     "统计上大中小微型企业划分办法（2017）; weights: ours"),
    ("leadership", strength.LEADERSHIP, Label("最高荣誉企业的带动力", "The firm of highest honour"),
     "honours as stated in the list; weights: ours"),
    ("specialisation", strength.SPECIALISATION,
     Label("该产业链的区位商", "Location quotient of the chain"),
     "Isard 1960; Laursen 2015; leading chains of national zones (derived)"),
    ("neighbours", strength.NEIGHBOURS,
     Label("上下游环节的企业", "Firms at suppliers and customers"),
     "after Hidalgo et al. 2007"),
)  # fmt: skip
HIGH, MEDIUM = 700, 400
UNKNOWN: Final = Label("未知", "unknown")


def sentence(label: Label) -> SentencePublic:
    """A text as answered."""
    return SentencePublic(zh=label.zh, en=label.en)


def unit(value: float) -> int | None:
    """A value in [0, 1] in thousandths; None where it is unknown."""
    return None if isnan(value) else thousandths(value)


def firms_shape(
    counted: Counted, rows: Sequence[Enterprise], corrected: Collection[str]
) -> FirmsCounted:
    """What a diagnosis rests on."""
    placed = [firm for firm in counted.firms if firm.standings]
    return FirmsCounted(
        total=len(rows),
        listed=sum(row.lead_id is None for row in rows),
        landed=sum(row.lead_id is not None for row in rows),
        placed=len(placed),
        corrected=sum(row.external_id in corrected for row in rows),
        without_revenue=sum(row.revenue_cny is None for row in rows),
        without_employees=sum(row.employees is None for row in rows),
        compared_by=counted.by,
        credibility=thousandths(counted.credibility),
        unplaced=[
            UnplacedFirm(
                external_id=firm.facts.external_id,
                name=firm.facts.name,
                why=sentence(firm.unplaced),
            )
            for firm in counted.firms
            if firm.unplaced is not None
        ],
    )


def chain_shape(
    chain_id: str,
    counted: Counted,
    links: Sequence[Diagnosed],
    basis: tuple[Zone, Reference, Thresholds],
) -> ChainDiagnosis:
    """One chain: declared beside counted."""
    zone, reference, lines = basis
    chain, quotient = reference.chains[chain_id], counted.quotients.get(chain_id)
    here = [held for held in links if held.link.chain_id == chain_id]
    standing = {f.facts.external_id for held in here for f, _ in held.strength.firms}
    leads = None if not counted.credibility else bool(standing)
    if quotient is not None and counted.credibility:
        leads = quotient * 1000 >= lines.leads_from_quotient
    declared = chain_id in zone.leading_chains if zone.leading_chains else None
    return ChainDiagnosis(
        chain_id=chain_id,
        name_zh=chain.name_zh,
        name_en=chain.name_en,
        declared=declared,
        leads=leads,
        location_quotient=quotient,
        firms=len(standing),
        statuses={status: sum(held.status is status for held in here) for status in LinkStatus},
        reading=sentence(_declared_against(declared, leads)),
    )


def _declared_against(declared: bool | None, leads: bool | None) -> Label:
    say = {
        True: Label("申报为主导产业", "Declared as leading"),
        False: Label("未申报为主导产业", "Not declared as leading"),
        None: Label("该区未申报主导产业", "The zone declares no chain"),
    }[declared]
    count = {
        True: Label("企业数据显示专业化程度高", "its firms are specialised in it"),
        False: Label("企业数据未显示专业化", "its firms are not specialised in it"),
        None: Label("企业数据不足", "too little is known of its firms"),
    }[leads]
    return Label(f"{say.zh}；{count.zh}", f"{say.en}; {count.en}")


def link_shape(
    held: Diagnosed, said: LinkOverride | None, beside: Sequence[Gap], lines: Thresholds
) -> LinkDiagnosis:
    """One link with its evidence."""
    link, found = held.link, held.strength
    confidence = thousandths(found.confidence)
    computed = None if held.gap is None else KINDS.get(held.gap.type)
    return LinkDiagnosis(
        chain_id=link.chain_id,
        link_id=link.link_id,
        name_zh=link.name_zh,
        name_en=link.name_en,
        segment=link.segment,
        is_core=link.is_core,
        tech_barrier=link.tech_barrier,
        status=held.status,
        computed_status=held.computed,
        override=None if said is None else OverridePublic.model_validate(said),
        strength=unit(found.value),
        confidence=confidence,
        confidence_band="high"
        if confidence >= HIGH
        else "medium"
        if confidence >= MEDIUM
        else "low",
        parts=_parts(found) if found.firms else [],
        firms=[_firm(firm, standing) for firm, standing in found.firms],
        concentration=unit(found.concentration),
        technology_level=found.level,
        evidence=sentence(_evidence(held)),
        gap=None if held.gap is None else _gap(held, held.gap, lines),
        gaps=[
            GapBeside.model_validate(row.model_dump(), update={"agrees": row.kind is computed})
            for row in beside
        ],
    )


def _parts(found: Strength) -> list[StrengthPart]:
    return [
        StrengthPart(
            part=name,
            weight=thousandths(weight),
            value=unit(getattr(found, name)),
            assumed=isnan(getattr(found, name)),
            zh=label.zh,
            en=label.en,
            source=source,
        )
        for name, weight, label, source in PARTS
    ]


def _firm(firm: Placed, standing: Standing) -> FirmAtLink:
    size, is_known = firms.size_of(firm.facts, standing.share)
    return FirmAtLink(
        external_id=firm.facts.external_id,
        name=firm.facts.name,
        share=thousandths(standing.share),
        size=size,
        size_assumed=not is_known,
        honours=list(firm.facts.honours),
        has_landed=not firm.facts.is_listed,
        placed_by=standing.by,
        why=sentence(standing.why),
    )


def _evidence(held: Diagnosed) -> Label:
    status = UNKNOWN if held.status is None else STATUSES[held.status]
    here = held.strength.firms
    led = [f.facts.name for f, _ in here if firms.leadership_of(f.facts)]
    zh = f"{held.link.name_zh}：{status.zh}；{len(here)}家企业"
    en = f"{held.link.name_en}: {status.en}; {len(here)} firm{'' if len(here) == 1 else 's'}"
    if led:
        zh += f"，其中有荣誉的：{'、'.join(led)}"
        en += f", with honours: {', '.join(led)}"
    if held.status is not held.computed:
        zh, en = f"{zh}（经办人员认定）", f"{en} (an officer's word)"
    return Label(zh, en)


def _gap(held: Diagnosed, gap: ComputedGap, lines: Thresholds) -> LinkGap:
    return LinkGap(
        type=gap.type,
        type_zh=TYPES[gap.type],
        kind=KINDS.get(gap.type),
        priority=gap.priority,
        reasons=[sentence(reason) for reason in gap.reasons],
        to_register=held.is_to_register(lines),
    )


def mix_shape(found: Mix, zone: Zone, lines: Thresholds) -> ServicesAndKinds:
    """High-end services against the target, and kinds."""
    declared = zone.high_end_service_share_pct
    share, target = unit(found.high_end_services), lines.high_end_services
    shown = UNKNOWN if share is None else Label(f"{share / 10:g}%", f"{share / 10:g} %")
    zh = f"高端服务业占比（按企业统计）{shown.zh}，目标{target / 10:g}%以上"
    en = f"High-end services, counted over firms: {shown.en}; the aim is {target / 10:g} % or more"
    return ServicesAndKinds(
        compared_by=found.by,
        classed=found.classed,
        unclassed=list(found.unclassed),
        high_end_services=share,
        high_end_services_declared=None if declared is None else thousandths(declared / 100),
        high_end_services_target=target,
        producer_services=unit(found.producer_services),
        kinds={kind: thousandths(value) for kind, value in found.kinds.items()},
        kind_unknown=unit(found.kind_unknown),
        concentration=unit(found.concentration),
        reading=SentencePublic(zh=zh, en=en),
    )
