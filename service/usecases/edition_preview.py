"""What an edition would change today: where investors are placed, and who is ranked first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from matching import ordering
from matching.ranking import Ranking
from matching.reference.differing import differences
from matching.reference.loader import Reference
from matching.ruleset import ruleset
from models.edition_changes import (
    EditionPreview,
    EditionPreviewPublic,
    MovedInvestor,
    MovedRanking,
)
from models.ranking_query import PolicyQuery, RankingFilter
from service.indexed import IndexedGap, IndexedInvestor
from service.runtime import Work
from service.usecases import ranking
from service.usecases.editions import around, find
from service.usecases.ranking import Basis

MOST_TOLD: Final = 20
MOST_LINKS: Final = 5
EVERYTHING: Final = RankingFilter()


@dataclass(frozen=True, slots=True)
class Sides:
    """The pools without an edition and with it, and how many places of a ranking count."""

    before: Basis
    after: Basis
    top: int


def preview(work: Work, edition_id: str, asked: EditionPreview) -> EditionPreviewPublic:
    """What would change if the edition ruled today, and it alone; nothing is stored.

    Raises:
        EditionNotFound: no such edition.
        EditionDoesNotFit: it cannot be laid over what rules.
        NotValid: no policy is in force.
    """
    without, with_it = around(work, find(work, edition_id))
    sides = Sides(_basis(work, without), _basis(work, with_it), asked.top)
    active = _active(sides)
    moved = list(_moved(sides, active))
    pairs = list(_rankings(sides, active, asked.sample))
    changed = [pair for pair in pairs if pair.before != pair.after]
    lost = [gap.id for gap in _open(sides) if gap.profile.facts.link_id not in with_it.links]
    return EditionPreviewPublic(
        edition_id=edition_id,
        before=sides.before.rules.digest,
        after=sides.after.rules.digest,
        rows_changed=len(differences(without, with_it)),
        investors=len(active),
        investors_moved=len(moved),
        moved=moved[:MOST_TOLD],
        rankings=len(pairs),
        rankings_changed=len(changed),
        changed=changed[:MOST_TOLD],
        gaps_without_link=len(lost),
        gap_ids=lost[:MOST_TOLD],
    )


def _basis(work: Work, reference: Reference) -> Basis:
    rules = ruleset(ranking.rules_for(work, PolicyQuery()).policy, reference)
    return Basis(ranking.state_under(work, rules), rules, work.runtime.scorer.compiled)


def _active(sides: Sides) -> list[IndexedInvestor]:
    """Active investors, as they are; one pool may be ahead of the other by a write or two."""
    there, then = sides.before.state.investors.records, sides.after.state.investors.records
    return [i for i in there.in_order() if not i.profile.row.is_closed and i.id in then]


def _open(sides: Sides) -> list[IndexedGap]:
    """Open gaps, as they are."""
    there, then = sides.before.state.gaps.records, sides.after.state.gaps.records
    return [gap for gap in there.in_order() if gap.profile.row.is_open and gap.id in then]


def _moved(sides: Sides, investors: Iterable[IndexedInvestor]) -> Iterator[MovedInvestor]:
    for investor in investors:
        before = _links(investor)
        after = _links(sides.after.state.investors.records[investor.id])
        if before != after:
            yield MovedInvestor(
                investor_id=investor.id,
                name=investor.name,
                before=before[:MOST_LINKS],
                after=after[:MOST_LINKS],
            )


def _links(investor: IndexedInvestor) -> list[str]:
    return [placed.link_id for placed in investor.profile.placement]


def _rankings(
    sides: Sides, investors: list[IndexedInvestor], sample: int
) -> Iterator[MovedRanking]:
    """The first places of the newest investors' and gaps' rankings, before and after."""
    for investor in islice(reversed(investors), sample):
        yield MovedRanking(
            subject="investor",
            id=investor.id,
            before=_gaps(sides.before, investor.id, sides.top),
            after=_gaps(sides.after, investor.id, sides.top),
        )
    for gap in islice(reversed(_open(sides)), sample):
        yield MovedRanking(
            subject="gap",
            id=gap.id,
            before=_found(sides.before, gap.id, sides.top),
            after=_found(sides.after, gap.id, sides.top),
        )


def _gaps(basis: Basis, investor_id: str, top: int) -> list[str]:
    records = basis.state.gaps.records
    investor = ranking.find_investor(basis.state, investor_id)
    ranked = ranking.ranked_gaps(basis, investor, EVERYTHING)
    return [records.at(position).id for position in _first(ranked, top)]


def _found(basis: Basis, gap_id: str, top: int) -> list[str]:
    records = basis.state.investors.records
    gap = ranking.find_gap(basis.state, gap_id)
    ranked = ranking.ranked_investors(basis, gap, EVERYTHING)
    return [records.at(position).id for position in _first(ranked, top)]


def _first(ranked: Ranking, top: int) -> list[int]:
    return ordering.positions(ranked.keys[:top]).tolist()
