"""What is known of an investor, a gap and a zone; `None` or an empty tuple is unknown."""

from dataclasses import dataclass
from datetime import date

from matching.codes import IndustryCode
from matching.vocabulary import (
    Activity,
    GapKind,
    GapStatus,
    Honour,
    Origin,
    Region,
    SmartManufacturing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneEvidence:
    """What a zone's firms and officers say of its links; strengths in [0, 1], levels 1-5."""

    version: str
    """A digest of the rest: the same evidence has the same version in every process."""
    credibility: float
    """How far an empty link can be believed empty, in [0, 1); 0 without a list of firms."""
    strengths: tuple[tuple[str, float], ...]
    """Of the links with firms."""
    settled: tuple[tuple[str, float], ...]
    """Of the links whose status an officer set."""
    levels: tuple[tuple[str, int], ...]
    """Technology levels that firms' honours vouch for (derived)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFacts:
    """A zone: where it lies and the chains it leads in (empty: not known)."""

    id: str
    version: int
    region: Region
    province_code: str
    leading_chains: tuple[str, ...] = ()
    land_available_ha: float | None = None
    energy_cap_tce_per_10k_cny: float | None = None
    readiness: tuple[int | None, ...] = ()
    """三力九维: the nine dimensions, 0-100; empty: not reported."""
    promotion_path: tuple[bool | None, ...] = ()
    """规划—园区—政策—资金—招商, done or not; empty: not reported."""
    evidence: ZoneEvidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFacts:
    """A need of one zone at one link; amounts in CNY, levels 1-5, severity 0-100."""

    id: str
    version: int
    number: int
    zone: ZoneFacts
    kind: GapKind
    link_id: str
    status: GapStatus = GapStatus.OPEN
    products: tuple[str, ...] = ()
    technology_level_wanted: int | None = None
    severity: int | None = None
    investment_min_cny: int | None = None
    investment_max_cny: int | None = None
    investment_floor_cny: int | None = None
    technology_level_floor: int | None = None
    land_ha: float | None = None
    jobs: int | None = None
    energy_cap_tce: float | None = None
    emissions_cap_tco2e: float | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def is_open_on(self, day: date) -> bool:
        """Whether the gap looks for investors on that day (China's calendar)."""
        started = self.valid_from is None or self.valid_from <= day
        lasting = self.valid_until is None or day <= self.valid_until
        return self.status is GapStatus.OPEN and started and lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestorFacts:
    """An investor and its plan; amounts in CNY, shares in percent, quantities a year."""

    id: str
    version: int
    number: int
    country: str
    origin: Origin
    products: tuple[str, ...] = ()
    industry_codes: tuple[IndustryCode, ...] = ()
    activities: tuple[Activity, ...] = ()
    planned_investment_min_cny: int | None = None
    planned_investment_max_cny: int | None = None
    jobs: int | None = None
    land_ha: float | None = None
    planned_output_cny: int | None = None
    energy_tce: float | None = None
    emissions_tco2e: float | None = None
    circular: bool | None = None
    rd_intensity_pct: float | None = None
    rd_centre_committed: bool | None = None
    technology_level: int | None = None
    smart_manufacturing: tuple[SmartManufacturing, ...] = ()
    is_chain_leader: bool | None = None
    revenue_cny: int | None = None
    local_sourcing_pct: float | None = None
    preferred_regions: tuple[Region, ...] = ()
    preferred_provinces: tuple[str, ...] = ()
    start_by: date | None = None
    opt_out: bool = False
    is_closed: bool = False

    @property
    def plan_cny(self) -> int | None:
        """The planned investment: the upper end of the range where it is named, else the lower."""
        upper = self.planned_investment_max_cny
        return upper if upper is not None else self.planned_investment_min_cny


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseFacts:
    """A firm of a zone; `is_listed`: from the zone's list, not one that landed by a lead."""

    external_id: str
    name: str
    is_listed: bool = True
    link_ids: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    industry_codes: tuple[IndustryCode, ...] = ()
    revenue_cny: int | None = None
    employees: int | None = None
    honours: tuple[Honour, ...] = ()
