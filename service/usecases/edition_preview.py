"""What an edition would change today: where investors are placed, and who is ranked first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from matching import ordering
from matching.criteria import CRITERIA
from matching.engine import score_pair
from matching.preview.causes import Part, parts_of
from matching.profiles import pair
from matching.ranking import Ranking
from matching.reference.differing import differences
from matching.reference.loader import Reference
from matching.ruleset import ruleset
from models.edition_changes import (
    EditionPreview,
    EditionPreviewPublic,
    MovedCriterion,
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
    ranked = list(_rankings(sides, active, asked.sample))
    changed = [one for one in ranked if one.before != one.after]
    compared = _pairs(sides, ranked, with_it)
    lost = [gap.id for gap in _open(sides) if gap.profile.facts.link_id not in with_it.links]
    return EditionPreviewPublic(
        edition_id=edition_id,
        before=sides.before.rules.digest,
        after=sides.after.rules.digest,
        rows_changed=len(differences(without, with_it)),
        investors=len(active),
        investors_moved=len(moved),
        moved=moved[:MOST_TOLD],
        rankings=len(ranked),
        rankings_changed=len(changed),
        changed=changed[:MOST_TOLD],
        pairs=len(compared),
        criteria=_criteria(sides, compared),
        gaps_without_link=len(lost),
        gap_ids=lost[:MOST_TOLD],
    )


def _basis(work: Work, reference: Reference) -> Basis:
    rules = ruleset(ranking.rules_for(work, PolicyQuery()).policy, reference)
    return Basis(ranking.state_under(work, rules), rules, work.runtime.scorer.compiled)


def _active(sides: Sides) -> list[str]:
    """Active investors by id; one pool may be ahead of the other by a write or two."""
    there, then = sides.before.state.investors, sides.after.state.investors.records
    is_closed = there.sheet.flags("is_closed", np.arange(len(there.sheet)))
    ids = map(there.records.id_at, np.flatnonzero(~is_closed).tolist())
    return [id_ for id_ in ids if id_ in then]


def _open(sides: Sides) -> list[IndexedGap]:
    """Open gaps, as they are."""
    there, then = sides.before.state.gaps.records, sides.after.state.gaps.records
    return [gap for gap in there.in_order() if gap.profile.row.is_open and gap.id in then]


def _moved(sides: Sides, ids: Iterable[str]) -> Iterator[MovedInvestor]:
    for id_ in ids:
        investor = sides.before.state.investors.records[id_]
        before, after = _links(investor), _links(sides.after.state.investors.records[id_])
        if before != after:
            yield MovedInvestor(
                investor_id=id_,
                name=investor.name,
                before=before[:MOST_LINKS],
                after=after[:MOST_LINKS],
            )


def _links(investor: IndexedInvestor) -> list[str]:
    return [placed.link_id for placed in investor.profile.placement]


def _rankings(sides: Sides, investors: list[str], sample: int) -> Iterator[MovedRanking]:
    """The first places of the newest investors' and gaps' rankings, before and after."""
    for id_ in islice(reversed(investors), sample):
        yield MovedRanking(
            subject="investor",
            id=id_,
            before=_gaps(sides.before, id_, sides.top),
            after=_gaps(sides.after, id_, sides.top),
        )
    for gap in islice(reversed(_open(sides)), sample):
        yield MovedRanking(
            subject="gap",
            id=gap.id,
            before=_found(sides.before, gap.id, sides.top),
            after=_found(sides.after, gap.id, sides.top),
        )


def _pairs(
    sides: Sides, rankings: Iterable[MovedRanking], reference: Reference
) -> list[tuple[IndexedInvestor, IndexedGap]]:
    """The pairs of the first places, each once; none at a link that goes."""
    ids = dict.fromkeys(
        (one.id, other) if one.subject == "investor" else (other, one.id)
        for one in rankings
        for other in (*one.before, *one.after)
    )
    state = sides.before.state
    found = [(state.investors.records[who], state.gaps.records[what]) for who, what in ids]
    return [one for one in found if one[1].profile.facts.link_id in reference.links]


def _criteria(
    sides: Sides, pairs: Iterable[tuple[IndexedInvestor, IndexedGap]]
) -> list[MovedCriterion]:
    """The criteria by which the points of some of the pairs change, in reading order."""
    changes: dict[str, list[int]] = {criterion.key: [] for criterion in CRITERIA}
    for investor, gap in pairs:
        both = (_parts(side, investor.id, gap.id) for side in (sides.before, sides.after))
        for criterion, before, after in zip(CRITERIA, *both, strict=True):
            if before.points != after.points:
                changes[criterion.key].append(after.points - before.points)
    return [
        MovedCriterion(
            criterion=key, pairs=len(some), least=min(some), most=max(some), total=sum(some)
        )
        for key, some in changes.items()
        if some
    ]


def _parts(basis: Basis, investor_id: str, gap_id: str) -> list[Part]:
    investor = ranking.find_investor(basis.state, investor_id).profile
    gap, rules = ranking.find_gap(basis.state, gap_id).profile, basis.rules
    return parts_of(score_pair(pair(investor, gap, rules.tables, rules.reference), rules), rules)


def _gaps(basis: Basis, investor_id: str, top: int) -> list[str]:
    records = basis.state.gaps.records
    investor = ranking.find_investor(basis.state, investor_id)
    ranked = ranking.ranked_gaps(basis, investor, EVERYTHING)
    return [records.id_at(position) for position in _first(ranked, top)]


def _found(basis: Basis, gap_id: str, top: int) -> list[str]:
    records = basis.state.investors.records
    gap = ranking.find_gap(basis.state, gap_id)
    ranked = ranking.ranked_investors(basis, gap, EVERYTHING)
    return [records.id_at(position) for position in _first(ranked, top)]


def _first(ranked: Ranking, top: int) -> list[int]:
    return ordering.positions(ranked.keys[:top]).tolist()
