"""A landscape: how crowded each link is in each region group, counted now, as a draft edition.

It is one more list of the reference, so it is previewed, activated from a day on and rolled back
like the others, and its digest is part of the ruleset.
"""

from dataclasses import asdict

from matching.insight.convergence import landscape
from matching.vocabulary import EditionKind
from models.edition import EditionCreate
from service.errors import TooFewKnown
from service.runtime import Work
from service.usecases import edition_life, zone_standing
from service.usecases.replays import Made, Ticket


def make(work: Work, ticket: Ticket | None) -> Made:
    """Count who holds and seeks each link as a draft, or find the one this ticket made before.

    Raises:
        TooFewKnown: in no region group are enough zones known.
    """
    return edition_life.load(work, _counted(work), ticket)


def _counted(work: Work) -> EditionCreate:
    found = zone_standing.read(work)
    rows = landscape(found.standing, work.reference)
    if not rows:
        raise TooFewKnown
    dated = f"{found.day}.{found.mark.number}"
    return EditionCreate.model_validate(
        {
            "kind": EditionKind.LANDSCAPE,
            "name_zh": f"产业布局快照 {found.day}",
            "name_en": f"Landscape of {found.day}",
            "edition": dated,
            "source": f"Open gaps and declared chains of this installation after event "
            f"{found.mark.number}, {found.standing.known} of {len(found.zones)} zones known",
            "quality": "derived: a zone holds every link of the chains it declares but those it "
            "declares missing",
            "rows": [asdict(row) for row in rows],
        }
    )
