"""Records of the pools: what a score rests on, with what a ranking shows of them."""

from dataclasses import dataclass

from matching.profiles import GapProfile, InvestorProfile


@dataclass(frozen=True, slots=True)
class IndexedGap:
    """A gap with what a ranking shows of it."""

    profile: GapProfile
    zone_name_zh: str
    zone_name_en: str | None
    title_zh: str | None
    title_en: str | None

    @property
    def id(self) -> str:
        """The gap's id."""
        return self.profile.facts.id


@dataclass(frozen=True, slots=True)
class IndexedInvestor:
    """An investor with what a ranking shows of it."""

    profile: InvestorProfile
    name: str

    @property
    def id(self) -> str:
        """The investor's id."""
        return self.profile.facts.id
