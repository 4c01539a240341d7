"""An investor and a gap ready to be scored, and the two held together."""

from dataclasses import dataclass, replace

from matching.facts import GapFacts, InvestorFacts
from matching.fit import Fit, best_fit
from matching.reference.loader import Reference
from matching.reference.records import Link
from matching.rows import Gap, Investor, Tables
from matching.text.placement import LinkAffinity


@dataclass(frozen=True, slots=True)
class InvestorProfile:
    """An investor ready to be scored; made by `preparing.prepare_investor`."""

    facts: InvestorFacts
    row: Investor
    """Its `affinity` is NaN until the investor is held against a gap."""
    placement: tuple[LinkAffinity, ...]
    fits: dict[int, Fit]
    emerging_fields: tuple[str, ...]
    """Codes of the strategic emerging industries its own classes are related to."""


@dataclass(frozen=True, slots=True)
class GapProfile:
    """A gap ready to be scored; made by `preparing.prepare_gap`."""

    facts: GapFacts
    row: Gap
    link: Link
    beside: tuple[int, ...] = ()
    """Numbers of the links one edge away."""

    def opened(self, *, is_open: bool) -> "GapProfile":
        """The same gap, open or not; at a link that is not listed it never is."""
        return replace(self, row=self.row._replace(is_open=is_open and self.link.is_listed))


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

    @property
    def ids(self) -> tuple[str, str]:
        """(investor, gap)."""
        return self.investor.facts.id, self.gap.facts.id


def fit_of(investor: InvestorProfile, gap: GapProfile) -> Fit:
    """How near the investor is to the gap's link and words."""
    words = gap.facts.products
    return best_fit(investor.fits, gap.row.link, investor.facts.products, words)


def pair(investor: InvestorProfile, gap: GapProfile, tables: Tables, reference: Reference) -> Pair:
    """Hold an investor against a gap; the same in both directions."""
    fit = fit_of(investor, gap)
    row = investor.row._replace(affinity=fit.value)
    return Pair(investor, gap, row, fit, tables, reference)
