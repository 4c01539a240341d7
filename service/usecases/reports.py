"""Reports over everything: made once a state of the log, and kept like rankings."""

from collections.abc import Callable
from typing import Final

from service.cache import Entry, cache_key
from service.index import State
from service.runtime import Work
from service.usecases.ranking import Answer

FORM: Final = "1"
"""Goes up when the same inputs are rendered to other bytes."""


def kept(
    work: Work, state: State, question: list[str], make: Callable[[], bytes], *, bypass: bool
) -> Answer:
    """The bytes of a report; any change of any record has it made anew.

    Args:
        work: the request.
        state: the place in the log and the day it is about.
        question: what is asked, with the digest of what it rests on.
        make: makes it.
        bypass: leaves out all that is kept.
    """
    if bypass:
        return Answer(Entry.of(make()), None, state)
    key = cache_key([state.mark.id, FORM, state.day.isoformat(), *question])
    return Answer(*work.runtime.cache.compute(key, make), state)


def parts_of(query: dict[str, object]) -> list[str]:
    """Every parameter in a fixed order, for the cache's key."""
    return [f"{name}={value}" for name, value in sorted(query.items())]
