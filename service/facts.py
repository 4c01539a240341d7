"""Stored records as the plain facts that `matching` reads."""

from matching.codes import IndustryCode
from matching.facts import GapFacts, InvestorFacts, ZoneFacts
from models.gap import Gap
from models.investor import Investor
from models.zone import Zone


def zone_facts(zone: Zone) -> ZoneFacts:
    """What a score rests on of a zone."""
    return ZoneFacts(
        id=zone.id,
        version=zone.version,
        region=zone.region,
        province_code=zone.province_code,
        leading_chains=tuple(zone.leading_chains),
    )


def gap_facts(gap: Gap, zone: Zone) -> GapFacts:
    """What a score rests on of a gap and its zone."""
    return GapFacts(
        id=gap.id,
        version=gap.version,
        number=gap.number,
        zone=zone_facts(zone),
        kind=gap.kind,
        link_id=gap.link_id,
        status=gap.status,
        products=tuple(gap.products),
        technology_level_wanted=gap.technology_level_wanted,
        severity=gap.severity,
        investment_min_cny=gap.investment_min_cny,
        energy_cap_tce=gap.energy_cap_tce,
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
        energy_tce=investor.energy_tce,
        circular=investor.circular,
        rd_intensity_pct=investor.rd_intensity_pct,
        rd_centre_committed=investor.rd_centre_committed,
        technology_level=investor.technology_level,
        smart_manufacturing=tuple(investor.smart_manufacturing),
        is_chain_leader=investor.is_chain_leader,
        revenue_cny=investor.revenue_cny,
        local_sourcing_pct=investor.local_sourcing_pct,
        opt_out=investor.opt_out,
        is_closed=investor.closed_at is not None,
    )
