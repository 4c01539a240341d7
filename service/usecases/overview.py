"""What an administrator sees first: how much there is, what waits for a decision, what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from matching.vocabulary import LeadStatus
from models.lead_answers import LeadBrief
from models.policy_draft import PolicyForAdmin
from service import clock
from service.pagination import PageParams
from service.repositories import standing
from service.runtime import Work
from service.usecases import alike, lead_shapes, policy_life

MOST: Final = 10
NEWEST: Final = 20
AHEAD: Final = timedelta(days=7)
UNDECIDED: Final = (LeadStatus.SUBMITTED, LeadStatus.UNDER_REVIEW)
"""Where the office has to act; a returned lead waits for its partner."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Totals, and the leads to look at first."""

    totals: Mapping[str, int]
    leads: Mapping[LeadStatus, int]
    waiting: Sequence[LeadBrief]
    """Not decided, first registered first; at most ten."""
    alike: int
    """Pairs among the twenty newest leads that may be of one company and are not taken for it."""
    pending: Sequence[PolicyForAdmin]
    """Policies that await a second administrator, the first drafted first; at most ten."""
    due: Sequence[LeadBrief]
    """Something is asked for within a week; the soonest first, at most ten."""


def totals(work: Work) -> Mapping[str, int]:
    """How many there are of each kind that is active or open."""
    return standing.totals(work.session)


def read(work: Work) -> Overview:
    """How things stand now; the session must see one committed state."""
    session = work.session
    pairs = alike.list_leads(work, PageParams(limit=NEWEST)).items
    return Overview(
        totals=standing.totals(session),
        leads=standing.leads_by_status(session),
        waiting=lead_shapes.briefs(work, standing.first_waiting(session, UNDECIDED, MOST)),
        alike=sum(pair.joined_by is None for pair in pairs),
        pending=policy_life.list_pending(work, MOST),
        due=lead_shapes.briefs(work, standing.next_due(session, clock.now() + AHEAD, MOST)),
    )
