"""Answers about matches as pages show them: the very bytes of the API, read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from matching.criteria import CRITERIA
from service.pages.desk import Desk
from service.pages.site.values import Reader
from service.usecases import naming
from service.usecases.ranking import Answer

REASONS: Final = 2
"""Criteria named beside a match in a ranking: those that add most of what is known."""

SCORES: Final = (8_000, 7_000, 6_000, 5_000, 4_000)
"""From which score on to list, basis points."""

Json = Mapping[str, Any]


def read(desk: Desk, answer: Answer) -> dict[str, Any]:
    """What an answer tells, with the names of all it names.

    Args:
        desk: the request.
        answer: of a use case.
    """
    found: Json = json.loads(answer.entry.body)
    return {
        "found": found,
        "names": naming.called(desk, _ids(found)),
        "titles": {criterion.key: criterion.title for criterion in CRITERIA},
        "data_number": answer.state.mark.number,
        "reader": Reader(desk.t, desk.reference),
    }


def ranking(desk: Desk, answer: Answer) -> dict[str, Any]:
    """A page of a ranking as its template takes it."""
    told = read(desk, answer)
    found = told["found"]
    reasons = {one["rank"]: best_reasons(one["components"], REASONS) for one in found["matches"]}
    following = desk.next_page(found["next_cursor"])
    return {
        **told,
        "reasons": reasons,
        "following": following,
        "scores": SCORES,
        "steady": None,
        "is_filtered": bool(desk.asked.query),
    }


def best_reasons(components: Sequence[Json], most: int) -> Sequence[Json]:
    """The components that add most, less those where nothing is known; ties in reading order.

    >>> low, high = {"points": 1, "assumed": False}, {"points": 9, "assumed": False}
    >>> best_reasons([low, {"points": 5, "assumed": True}, high], 2) == [high, low]
    True
    """
    known = [one for one in components if not one["assumed"]]
    return sorted(known, key=lambda one: -one["points"])[:most]


def _ids(found: Json) -> set[str]:
    """Every id that an answer of rankings names."""
    ids = {found["policy"]["id"], found["subject"]["id"], *found.get("top", ())}
    ids |= {id_ for method in found.get("methods", ()) for id_ in method["top"]}
    ids |= {one.get("gap_id") or one["investor_id"] for one in found.get("blocked", ())}
    gaps = [one["gap"] for one in found.get("matches", ()) if "gap" in one]
    return ids | {gap[name] for gap in gaps for name in ("id", "chain_id", "link_id")}
