"""Facts made ready to be scored, once per version of a record: rows for the criteria."""

from collections.abc import Iterable, Sequence
from math import log10, nan

from matching import emerging, kinds, landscape, listed
from matching.facts import GapFacts, InvestorFacts
from matching.fit import link_fits
from matching.linkage import strengths, zone_level
from matching.profiles import GapProfile, InvestorProfile
from matching.reference.loader import Reference
from matching.reference.records import Link, unlisted
from matching.rows import REGIONS, Gap, Investor
from matching.text.placement import Placer
from matching.vocabulary import Activity, GapKind, Origin

SMART_ASPECTS = 6
HONG_KONG, TAIWAN = "HK", "TW"
"""Exceptions for Hong Kong hold for Macao too; those for Taiwan are apart."""
NARROWEST = 0.25
"""Ranges narrower than a quarter of an order of magnitude are widened to it, about their middle."""


def prepare_investor(facts: InvestorFacts, reference: Reference, placer: Placer) -> InvestorProfile:
    """Place an investor at links and read its kinds."""
    placement = placer.links(facts.products, facts.industry_codes)
    found = kinds.investor_kinds(facts, placement, reference)
    items = listed.investor_items(facts, reference)
    fields = emerging.fields_of_codes(facts, reference)
    low, high = _scale(facts.planned_investment_min_cny, facts.planned_investment_max_cny)
    provinces = tuple(reference.provinces)
    row = Investor(
        affinity=nan,
        is_foreign=facts.origin is Origin.FOREIGN,
        is_hmt=facts.origin is Origin.HMT,
        is_taiwan=facts.country == TAIWAN,
        opt_out=facts.opt_out,
        is_closed=facts.is_closed,
        technology_level=_number(facts.technology_level),
        rd_intensity=_share(facts.rd_intensity_pct),
        rd_centre=_number(facts.rd_centre_committed),
        high_tech_class=kinds.high_tech_class(facts, reference),
        smart_share=len(facts.smart_manufacturing) / SMART_ASPECTS or nan,
        plan_cny=_number(facts.plan_cny),
        is_leader=_number(facts.is_chain_leader),
        activities=float(len(facts.activities)) or nan,
        revenue_cny=_number(facts.revenue_cny),
        local_sourcing=_share(facts.local_sourcing_pct),
        energy_tce=_number(facts.energy_tce),
        emissions_tco2e=_number(facts.emissions_tco2e),
        output_10k_cny=(facts.planned_output_cny or nan) / 10_000,
        high_energy=kinds.high_energy(facts, placement, reference),
        circular=1.0 if Activity.RECYCLING in facts.activities else _number(facts.circular),
        scale_low=low,
        scale_high=high,
        land_ha=_number(facts.land_ha),
        jobs=_number(facts.jobs),
        starts_by=nan if facts.start_by is None else float(facts.start_by.toordinal()),
        wanted_provinces=_bits(provinces.index(code) for code in facts.preferred_provinces),
        wanted_regions=_bits(REGIONS.index(region) for region in facts.preferred_regions),
        emerging=emerging.RELATED if fields else 0.0,
        kinds=found.full,
        half_kinds=found.half,
        listed_by_words=items.by_words,
        listed_by_code=items.by_code,
        listed_by_close_code=items.by_close_code,
    )
    return InvestorProfile(facts, row, placement, link_fits(placement, reference), fields)


def prepare_gap(facts: GapFacts, reference: Reference, *, is_open: bool) -> GapProfile:
    """Read what a gap's link, zone and words say; at a link the reference lacks it is not open."""
    link, zone = reference.links.get(facts.link_id) or unlisted(facts.link_id), facts.zone
    items = listed.gap_items(facts, link, reference)
    back, forward, own = strengths(facts, link, reference)
    low, high = _scale(facts.investment_min_cny, facts.investment_max_cny)
    forces, forces_unknown = _shares([None if v is None else v / 100 for v in zone.readiness])
    path, path_unknown = _shares(zone.promotion_path)
    land = zone.land_available_ha if facts.land_ha is None else facts.land_ha
    row = Gap(
        link=link.number,
        is_open=is_open and link.is_listed,
        is_missing=facts.kind is GapKind.MISSING,
        region=REGIONS.index(zone.region),
        province=tuple(reference.provinces).index(zone.province_code),
        tech_barrier=float(link.tech_barrier),
        zone_technology_level=zone_level(facts),
        technology_level_wanted=_number(facts.technology_level_wanted),
        technology_level_floor=_number(facts.technology_level_floor),
        investment_min_cny=_number(facts.investment_min_cny),
        investment_floor_cny=_number(facts.investment_floor_cny),
        scale_low=low,
        scale_high=high,
        land_ha=_number(land),
        jobs=_number(facts.jobs),
        ends_on=nan if facts.valid_until is None else float(facts.valid_until.toordinal()),
        energy_cap_tce=_number(facts.energy_cap_tce),
        emissions_cap_tco2e=_number(facts.emissions_cap_tco2e),
        energy_cap_per_10k=_number(zone.energy_cap_tce_per_10k_cny),
        back_strength=back,
        forward_strength=forward,
        own_strength=own,
        variety=landscape.variety(link.chain_id, zone.leading_chains),
        room=landscape.room(link.link_id, zone.province_code, reference),
        emerging=emerging.of_link(link, reference),
        encouraged=emerging.encouraged(link, zone.province_code, reference),
        forces=forces,
        forces_unknown=forces_unknown,
        path=path,
        path_unknown=path_unknown,
        listed_by_words=items.by_words,
        listed_by_code=items.by_code,
        listed_by_close_code=items.by_close_code,
        excepted_foreign=listed.excepted(reference, zone.province_code, Origin.FOREIGN),
        excepted_hmt=listed.excepted(reference, zone.province_code, Origin.HMT, HONG_KONG),
        excepted_taiwan=listed.excepted(reference, zone.province_code, Origin.HMT, TAIWAN),
        severity=-1 if facts.severity is None else facts.severity,
        number=facts.number,
    )
    return GapProfile(facts, row, link, _beside(link, reference))


def _beside(link: Link, reference: Reference) -> tuple[int, ...]:
    """Numbers of the links one edge away."""
    sides = (reference.suppliers, reference.customers)
    others = {other for side in sides for other in side.get(link.link_id, ())}
    return tuple(sorted(reference.links[other].number for other in others))


def _number(value: float | None) -> float:
    return nan if value is None else float(value)


def _share(percent: float | None) -> float:
    return nan if percent is None else percent / 100


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << number for number in set(numbers))


def _scale(low: int | None, high: int | None) -> tuple[float, float]:
    """A range of money as (log10 low, log10 high), NaN when nothing is named."""
    named = [amount for amount in (low, high) if amount]
    if not named:
        return nan, nan
    bottom, top = log10(min(named)), log10(max(named))
    missing = max(0.0, NARROWEST - (top - bottom)) / 2
    return bottom - missing, top + missing


def _shares(parts: Sequence[float | None]) -> tuple[float, float]:
    """(the known parts as a share of all, the share of parts unknown); NaN when none is known."""
    held = [part for part in parts if part is not None]
    if not held:
        return nan, 1.0
    return sum(held) / len(parts), 1 - len(held) / len(parts)
