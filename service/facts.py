"""Stored records as the plain facts that `matching` reads."""

from matching.codes import IndustryCode
from matching.facts import EnterpriseFacts, GapFacts, InvestorFacts, ZoneEvidence, ZoneFacts
from models.enterprise import Enterprise
from models.gap import Gap
from models.investor import Investor
from models.readiness import (
    Implementation,
    PromotionPath,
    Readiness,
    ResourceIntegration,
    StrategyPlanning,
)
from models.zone import Zone


def zone_facts(zone: Zone, evidence: ZoneEvidence | None = None) -> ZoneFacts:
    """What a score rests on of a zone."""
    return ZoneFacts(
        id=zone.id,
        version=zone.version,
        region=zone.region,
        province_code=zone.province_code,
        leading_chains=tuple(zone.leading_chains),
        land_available_ha=zone.land_available_ha,
        energy_cap_tce_per_10k_cny=zone.energy_cap_tce_per_10k_cny,
        readiness=_readiness(zone.readiness),
        promotion_path=_path(zone.promotion_path),
        evidence=evidence,
    )


def gap_facts(gap: Gap, zone: Zone, evidence: ZoneEvidence | None = None) -> GapFacts:
    """What a score rests on of a gap, its zone and what the zone's firms say."""
    return GapFacts(
        id=gap.id,
        version=gap.version,
        number=gap.number,
        zone=zone_facts(zone, evidence),
        kind=gap.kind,
        link_id=gap.link_id,
        status=gap.status,
        products=tuple(gap.products),
        technology_level_wanted=gap.technology_level_wanted,
        severity=gap.severity,
        technology_level_floor=gap.technology_level_floor,
        investment_min_cny=gap.investment_min_cny,
        investment_max_cny=gap.investment_max_cny,
        investment_floor_cny=gap.investment_floor_cny,
        land_ha=gap.land_ha,
        jobs=gap.jobs,
        energy_cap_tce=gap.energy_cap_tce,
        emissions_cap_tco2e=gap.emissions_cap_tco2e,
        valid_from=gap.valid_from,
        valid_until=gap.valid_until,
    )


def investor_facts(investor: Investor) -> InvestorFacts:
    """What a score rests on of an investor."""
    return InvestorFacts(
        id=investor.id,
        version=investor.version,
        number=investor.number,
        country=investor.country,
        origin=investor.origin,
        products=tuple(investor.products),
        industry_codes=tuple(IndustryCode(c.scheme, c.code) for c in investor.industry_codes),
        activities=tuple(investor.activities),
        planned_investment_min_cny=investor.planned_investment_min_cny,
        planned_investment_max_cny=investor.planned_investment_max_cny,
        jobs=investor.jobs,
        land_ha=investor.land_ha,
        planned_output_cny=investor.planned_output_cny,
        energy_tce=investor.energy_tce,
        emissions_tco2e=investor.emissions_tco2e,
        circular=investor.circular,
        rd_intensity_pct=investor.rd_intensity_pct,
        rd_centre_committed=investor.rd_centre_committed,
        technology_level=investor.technology_level,
        smart_manufacturing=tuple(investor.smart_manufacturing),
        is_chain_leader=investor.is_chain_leader,
        revenue_cny=investor.revenue_cny,
        local_sourcing_pct=investor.local_sourcing_pct,
        preferred_regions=tuple(investor.preferred_regions),
        preferred_provinces=tuple(investor.preferred_provinces),
        start_by=investor.start_by,
        opt_out=investor.opt_out,
        is_closed=investor.closed_at is not None,
    )


def enterprise_facts(row: Enterprise) -> EnterpriseFacts:
    """What a diagnosis rests on of a firm."""
    return EnterpriseFacts(
        external_id=row.external_id,
        name=row.name,
        is_listed=row.lead_id is None,
        link_ids=tuple(row.link_ids),
        products=tuple(row.products),
        industry_codes=tuple(IndustryCode(c.scheme, c.code) for c in row.industry_codes),
        revenue_cny=row.revenue_cny,
        employees=row.employees,
        honours=tuple(row.honours),
    )


def _readiness(readiness: Readiness | None) -> tuple[int | None, ...]:
    """The nine dimensions in the order of the article; empty when none is reported."""
    if readiness is None:
        return ()
    return tuple(
        None if force is None else getattr(force, name)
        for force, shape in (
            (readiness.strategy_planning, StrategyPlanning),
            (readiness.resource_integration, ResourceIntegration),
            (readiness.implementation, Implementation),
        )
        for name in shape.model_fields
    )


def _path(path: PromotionPath | None) -> tuple[bool | None, ...]:
    """The five steps in their order; empty when none is reported."""
    if path is None:
        return ()
    return tuple(getattr(path, name) for name in PromotionPath.model_fields)
