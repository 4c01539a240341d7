"""What the filters of a ranking let into its pool."""

from matching.columns import Flags, Ints, Sheet
from matching.rows import Investor
from matching.vocabulary import Origin
from models.ranking_query import PoolFilter
from service.indexed import IndexedGap, IndexedInvestor


def narrows(query: PoolFilter) -> bool:
    """Whether any filter is given."""
    filters = (query.kind, query.chain_id, query.region, query.province_code, query.origin)
    return any(one is not None for one in filters)


def wants_investor(investor: IndexedInvestor, query: PoolFilter) -> bool:
    """Whether the filter lets an investor into the pool."""
    return query.origin in {None, investor.profile.facts.origin}


def wanted_investors(sheet: Sheet[Investor], positions: Ints, query: PoolFilter) -> Flags:
    """The same of many at ascending positions, told by their rows."""
    is_foreign, is_hmt = (sheet.flags(name, positions) for name in ("is_foreign", "is_hmt"))
    of = {
        Origin.FOREIGN: is_foreign,
        Origin.HMT: is_hmt,
        Origin.DOMESTIC: ~(is_foreign | is_hmt),
        None: is_foreign | ~is_foreign,
    }
    return of[query.origin]


def looks_for_match(sheet: Sheet[Investor], positions: Ints) -> Flags:
    """Who of many at ascending positions is neither closed nor has opted out (`gates.standing`)."""
    return ~(sheet.flags("is_closed", positions) | sheet.flags("opt_out", positions))


def wants_gap(gap: IndexedGap, query: PoolFilter) -> bool:
    """Whether the filter lets a gap into the pool."""
    facts = gap.profile.facts
    return (
        query.kind in {None, facts.kind}
        and query.chain_id in {None, gap.profile.link.chain_id}
        and query.region in {None, facts.zone.region}
        and query.province_code in {None, facts.zone.province_code}
    )
