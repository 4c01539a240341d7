"""Records around prepared profiles, and pools of them in the order of registration."""

from collections.abc import Iterable
from dataclasses import dataclass

from matching.pools import GapPool, InvestorPool
from matching.profiles import GapProfile, InvestorProfile


@dataclass(frozen=True)
class HeldGap:
    profile: GapProfile

    @property
    def id(self) -> str:
        return self.profile.facts.id


@dataclass(frozen=True)
class HeldInvestor:
    profile: InvestorProfile

    @property
    def id(self) -> str:
        return self.profile.facts.id


def gap_pool(gaps: Iterable[GapProfile]) -> GapPool[HeldGap]:
    return GapPool[HeldGap]().changed(map(HeldGap, gaps))


def investor_pool(investors: Iterable[InvestorProfile]) -> InvestorPool[HeldInvestor]:
    return InvestorPool[HeldInvestor]().changed(map(HeldInvestor, investors))
