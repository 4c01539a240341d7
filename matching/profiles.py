"""Facts made ready to be scored, once per version: rows for the criteria, fits for the links."""

from dataclasses import dataclass, replace
from math import nan

from matching import kinds, listed
from matching.facts import GapFacts, InvestorFacts
from matching.fit import Fit, best_fit, link_fits
from matching.linkage import strengths
from matching.reference.loader import Reference
from matching.reference.records import Link
from matching.rows import REGIONS, Gap, Investor, Tables
from matching.text.placement import LinkAffinity, Placer
from matching.vocabulary import GapKind, Origin

SMART_ASPECTS = 6


@dataclass(frozen=True, slots=True)
class InvestorProfile:
    """An investor ready to be scored."""

    facts: InvestorFacts
    row: Investor
    """Its `affinity` is NaN until the investor is held against a gap."""
    placement: tuple[LinkAffinity, ...]
    fits: dict[int, Fit]


@dataclass(frozen=True, slots=True)
class GapProfile:
    """A gap ready to be scored."""

    facts: GapFacts
    row: Gap
    link: Link

    def opened(self, *, is_open: bool) -> "GapProfile":
        """The same gap, open or not."""
        return replace(self, row=self.row._replace(is_open=is_open))


@dataclass(frozen=True, slots=True)
class Pair:
    """One investor held against one gap: what an explanation reads."""

    investor: InvestorProfile
    gap: GapProfile
    row: Investor
    """The investor's row with its affinity to this gap."""
    fit: Fit
    tables: Tables
    reference: Reference


def fit_of(investor: InvestorProfile, gap: GapProfile) -> Fit:
    """How near the investor is to the gap's link and words."""
    words = gap.facts.products
    return best_fit(investor.fits, gap.row.link, investor.facts.products, words)


def pair(investor: InvestorProfile, gap: GapProfile, tables: Tables, reference: Reference) -> Pair:
    """Hold an investor against a gap; the same in both directions."""
    fit = fit_of(investor, gap)
    row = investor.row._replace(affinity=fit.value)
    return Pair(investor, gap, row, fit, tables, reference)


def _number(value: float | None) -> float:
    return nan if value is None else float(value)


def _share(percent: float | None) -> float:
    return nan if percent is None else percent / 100


def prepare_investor(facts: InvestorFacts, reference: Reference, placer: Placer) -> InvestorProfile:
    """Place an investor at links and read its kinds; done once per version of the record."""
    placement = placer.links(facts.products, facts.industry_codes)
    found = kinds.investor_kinds(facts, placement, reference)
    items = listed.investor_items(facts, reference)
    row = Investor(
        affinity=nan,
        is_foreign=facts.origin is Origin.FOREIGN,
        is_hmt=facts.origin is Origin.HMT,
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
        kinds=found.full,
        half_kinds=found.half,
        listed_by_words=items.by_words,
        listed_by_code=items.by_code,
        listed_by_close_code=items.by_close_code,
    )
    return InvestorProfile(facts, row, placement, link_fits(placement, reference))


def prepare_gap(facts: GapFacts, reference: Reference, *, is_open: bool) -> GapProfile:
    """Read what a gap's link, zone and words say; done once per version of gap and zone."""
    link = reference.links[facts.link_id]
    items = listed.gap_items(facts, link, reference)
    back, forward, own = strengths(facts, link, reference)
    row = Gap(
        link=link.number,
        is_open=is_open,
        is_missing=facts.kind is GapKind.MISSING,
        region=REGIONS.index(facts.zone.region),
        tech_barrier=float(link.tech_barrier),
        zone_technology_level=nan,  # measured from the zone's enterprises once they are counted
        technology_level_wanted=_number(facts.technology_level_wanted),
        investment_min_cny=_number(facts.investment_min_cny),
        energy_cap_tce=_number(facts.energy_cap_tce),
        back_strength=back,
        forward_strength=forward,
        own_strength=own,
        listed_by_words=items.by_words,
        listed_by_code=items.by_code,
        excepted_foreign=listed.excepted(reference, facts.zone.province_code, Origin.FOREIGN),
        excepted_hmt=listed.excepted(reference, facts.zone.province_code, Origin.HMT),
        severity=-1 if facts.severity is None else facts.severity,
        number=facts.number,
    )
    return GapProfile(facts, row, link)
