"""Editions of parts of the reference: what is shown of them, and what they change in it."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import Final

from matching.reference.checking import faults_of
from matching.reference.differing import differences
from matching.reference.laying import lay
from matching.reference.loader import Reference
from models.edition import (
    EditionDetail,
    EditionPublic,
    EditionsPublic,
    EditionStatus,
    StoredEdition,
    TablePublic,
)
from models.edition_changes import DifferencePublic, DifferencesPublic
from service import clock
from service.errors import EditionDoesNotFit, EditionNotFound
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import editions
from service.rulebook import Rules
from service.runtime import Work
from service.shelf import Loaded, Stack

MOST_DIFFERENCES: Final = 1_000
MOST_GAPS: Final = 20
FINAL: Final = frozenset({EditionStatus.RETIRED, EditionStatus.DISCARDED})


def list_page(work: Work, page: PageParams) -> EditionsPublic:
    """The built-in tables, what rules today, and loaded editions, the newest first."""
    mark = fingerprint("editions", None)
    before = read_cursor(mark, page.cursor, int)
    rows = editions.list_before(work.session, before, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.number)
    built_in = work.runtime.scorer.reference.notes
    reference = work.reference
    gap_ids, total = editions.open_gaps_elsewhere(work.session, reference.links, MOST_GAPS)
    return EditionsPublic(
        digest=reference.digest,
        ruling=[one.id for one in _stack(work.rules)],
        built_in=[TablePublic(table=name, **asdict(note)) for name, note in built_in.items()],
        items=[shown(work, work.rules, row) for row in kept],
        gaps_without_link=total,
        gap_ids=gap_ids,
        next_cursor=following,
    )


def read(work: Work, edition_id: str) -> EditionDetail:
    """An edition with its rows.

    Raises:
        EditionNotFound: no such edition.
    """
    row = find(work, edition_id)
    return EditionDetail.model_validate(
        {**shown(work, work.rules, row).model_dump(), "rows": row.rows}
    )


def read_head(work: Work, edition_id: str) -> EditionPublic:
    """An edition without its rows.

    Raises:
        EditionNotFound: no such edition.
    """
    return shown(work, work.rules, find(work, edition_id))


def compare(work: Work, edition_id: str) -> DifferencesPublic:
    """The rows that an edition adds, removes and changes.

    Raises:
        EditionNotFound: no such edition.
        EditionDoesNotFit: it cannot be laid over what rules.
    """
    before, after = around(work, find(work, edition_id))
    found = differences(before, after)
    return DifferencesPublic(
        edition_id=edition_id,
        before=before.digest,
        after=after.digest,
        total=len(found),
        items=[
            DifferencePublic.model_validate(asdict(one)) for one in islice(found, MOST_DIFFERENCES)
        ],
    )


def around(work: Work, row: StoredEdition) -> tuple[Reference, Reference]:
    """The reference without an edition and with it; one that does not rule is laid on top of today.

    Raises:
        EditionDoesNotFit: it cannot be laid there.
    """
    stack = _stack(work.rules, row)
    place = _place(stack, row.id)
    layers = work.runtime.rulebook.layers
    if place is not None:
        return layers.over((*stack[:place], *stack[place + 1 :])), layers.over(stack)
    below = layers.over(stack)
    try:
        return below, lay(below, work.runtime.rulebook.edition_of(row))
    except ValueError as error:
        raise EditionDoesNotFit(f"{row.id}: {error}") from error


def find(work: Work, edition_id: str) -> StoredEdition:
    """The edition of that id.

    Raises:
        EditionNotFound: there is none.
    """
    row = editions.find(work.session, edition_id)
    if row is None:
        raise EditionNotFound(f"There is no edition {edition_id}")
    return row


def shown(work: Work, rules: Rules, row: StoredEdition) -> EditionPublic:
    """An edition as answered, under the rules of the request."""
    status = status_of(rules, row)
    derived = {"status": status, "fault": _fault(work, rules, row, status)}
    return EditionPublic.model_validate({**row.model_dump(exclude={"rows"}), **derived})


def status_of(rules: Rules, row: StoredEdition) -> EditionStatus:
    """Whether an edition lies over the reference today, will, or does no more."""
    if row.discarded_at is not None:
        return EditionStatus.DISCARDED
    if row.activated_at is None or row.effective_from is None:
        return EditionStatus.DRAFT
    stack = _stack(rules)
    place = _place(stack, row.id)
    if place is not None:
        return EditionStatus.RETIRED if _is_hidden(stack, place) else EditionStatus.ACTIVE
    is_coming = row.rolled_back_at is None and row.effective_from > clock.china_day()
    return EditionStatus.COMING if is_coming else EditionStatus.RETIRED


def _is_hidden(stack: Stack, place: int) -> bool:
    return any(above.replaces(stack[place]) for above in stack[place + 1 :])


def _stack(rules: Rules, row: StoredEdition | None = None) -> Stack:
    """What lies over the reference today, or on the day on which an edition begins."""
    today = clock.china_day()
    begins = row.effective_from if row is not None and row.effective_from else today
    return rules.shelf.on(max(today, begins))


def _place(stack: Sequence[Loaded], edition_id: str) -> int | None:
    places = (place for place, one in enumerate(stack) if one.id == edition_id)
    return next(places, None)


def _fault(work: Work, rules: Rules, row: StoredEdition, status: EditionStatus) -> str | None:
    """Why it cannot be laid, or is passed over where it lies; None where that is no question."""
    if status in FINAL:
        return None
    stack = _stack(rules, row)
    rulebook = work.runtime.rulebook
    below = rulebook.layers.over(stack[: _place(stack, row.id)])
    faults = faults_of(rulebook.edition_of(row), below)
    return str(faults[0]) if faults else None
