"""An edition's life: loaded, activated from a day, rolled back, or discarded as a draft."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final

from matching.reference.checking import Fault, faults_of
from matching.reference.edition import digest_of
from matching.vocabulary import EditionKind
from models.edition import (
    EditionActivation,
    EditionCreate,
    EditionHead,
    EditionPublic,
    EditionStatus,
    StoredEdition,
)
from models.problem import ProblemError
from service import clock
from service.conditional import Preconditions
from service.edition_rows import column_faults, edition_of
from service.errors import (
    EditionDoesNotFit,
    EditionNotDraft,
    EditionNotFound,
    EditionNotRuling,
    LinksInUse,
    NotValid,
    invalid,
)
from service.repositories import editions, events
from service.rulebook import Rules
from service.runtime import Work
from service.shelf import Shelf, Stack
from service.usecases import history, replays
from service.usecases.editions import MOST_GAPS, shown, status_of
from service.usecases.replays import Made, Ticket

NOT_STATED: Final = "not stated"


def load(
    work: Work, body: EditionCreate, ticket: Ticket | None, edition_id: str | None = None
) -> Made:
    """Load an edition as a draft, or find the one this ticket loaded before.

    Args:
        work: the request.
        body: the edition.
        ticket: its Idempotency-Key, if it has one.
        edition_id: what it is to be called; None = a new id.

    Raises:
        NotValid: a row is wrong, or cannot be laid over what rules; every such row is named.
    """
    return replays.once(work, ticket, "edition", partial(_create, work, body, edition_id))


def _create(work: Work, body: EditionCreate, edition_id: str | None) -> str:
    row = check(work, body)
    row.id = edition_id or row.id
    row.number = events.reserve(work.session)
    history.created(work.session, work.caller.key_id, row, row.number, "loaded")
    return row.id


def check(work: Work, body: EditionCreate) -> StoredEdition:
    """The edition as it would be stored; nothing is, so that a dry run can end here.

    Raises:
        NotValid: as for `load`.
    """
    check_chain(body)
    _refuse(column_faults(body.kind, body.rows))
    rows = [row.model_dump(mode="json", exclude_none=True) for row in body.rows]
    said = {
        **body.model_dump(exclude={"rows"}),
        "quality": body.quality or NOT_STATED,
        "rows": rows,
        "row_count": len(rows),
        "created_by": work.caller.key_id,
        "number": 0,
        "digest": "",
    }
    row = StoredEdition.model_validate(said)
    edition = edition_of(row)
    _refuse(faults_of(edition, work.reference))
    row.digest = digest_of(edition)
    return row


def check_chain(head: EditionHead) -> None:
    """Nothing when an edition names its chain, or needs none.

    Raises:
        NotValid: links without one, or another kind with one.
    """
    if (head.chain_id is None) is (head.kind is EditionKind.LINKS):
        raise invalid("is needed for links, and for links only", "body", "chain_id")


def activate(work: Work, edition_id: str, body: EditionActivation) -> EditionPublic:
    """Let a draft lie over the reference from a day on, for good or until it is rolled back.

    Raises:
        EditionNotFound: no such edition.
        EditionNotDraft: it has been activated or discarded before.
        NotValid: the day has passed; what ruled on a day stays what ruled.
        EditionDoesNotFit: it, or one that lies over it later, could not be laid.
        LinksInUse: open gaps are at links that would go.
    """
    row = _draft(work, edition_id)
    today = clock.china_day()
    first = body.effective_from or today
    if first < today:
        raise invalid(f"must not lie before today, {today}", "body", "effective_from")
    earlier = work.rules
    before = history.snapshot_of(row)
    row.effective_from, row.activated_at = first, clock.now()
    history.changed(work.session, work.caller.key_id, "activated", row, before)
    known = work.runtime.rulebook.at(work.session)
    _check_fits(known, first)
    _check_gaps(work, earlier, known, first)
    return shown(work, known, row)


def roll_back(work: Work, edition_id: str) -> EditionPublic:
    """Let an edition rule no more from today on: what lay below it rules again.

    Raises:
        EditionNotFound: no such edition.
        EditionNotRuling: it neither rules nor will, or a later one of the same list hides it.
        EditionDoesNotFit: another one rests on it.
    """
    row = _find(work, edition_id)
    ruling = {EditionStatus.ACTIVE, EditionStatus.COMING}
    if status_of(work.rules, row) not in ruling or row.effective_from is None:
        raise EditionNotRuling
    before = history.snapshot_of(row)
    row.effective_until = max(row.effective_from, clock.china_day())
    row.rolled_back_at = clock.now()
    history.changed(work.session, work.caller.key_id, "rolled_back", row, before)
    known = work.runtime.rulebook.at(work.session)
    _check_fits(known, clock.china_day())
    return shown(work, known, row)


def discard(work: Work, edition_id: str, conditions: Preconditions) -> None:
    """Discard a draft; it stays readable. Discarding it again changes nothing.

    Raises:
        EditionNotFound: no such edition.
        EditionNotDraft: it has been activated.
        VersionPassed: it has changed since the caller read it.
    """
    row = _find(work, edition_id)
    if row.activated_at is not None:
        raise EditionNotDraft
    if row.discarded_at is None:
        conditions.check_version(row.version)
        before = history.snapshot_of(row)
        row.discarded_at = clock.now()
        history.changed(work.session, work.caller.key_id, "discarded", row, before)


def _refuse(faults: Iterable[Fault]) -> None:
    errors = [
        ProblemError(loc=["body", "rows", fault.place, fault.column], msg=fault.why)
        for fault in faults
    ]
    if errors:
        raise NotValid(errors)


def _find(work: Work, edition_id: str) -> StoredEdition:
    row = editions.find_for_change(work.session, edition_id)
    if row is None:
        raise EditionNotFound(f"There is no edition {edition_id}")
    return row


def _draft(work: Work, edition_id: str) -> StoredEdition:
    row = _find(work, edition_id)
    if row.activated_at is not None or row.discarded_at is not None:
        raise EditionNotDraft
    return row


def _days(shelf: Shelf, first: date) -> list[date]:
    """That day and every later one on which something begins or ends."""
    turns = {day for one in shelf.loaded for day in (one.first, one.until) if day is not None}
    return sorted({first, *(day for day in turns if day > first)})


def _check_fits(known: Rules, first: date) -> None:
    """Nothing when every edition that lies there from a day on can be laid over what is below."""
    shelf = known.shelf
    fitting: set[Stack] = set()  # most days have what the day before had, and more
    for day in _days(shelf, first):
        stack = shelf.on(day)
        for place, one in enumerate(stack):
            if stack[: place + 1] in fitting:
                continue
            fitting.add(stack[: place + 1])
            faults = faults_of(one.edition, shelf.layers.over(stack[:place]))
            if faults:
                raise EditionDoesNotFit(f"{one.id} on {day}: {faults[0]}")


def _check_gaps(work: Work, earlier: Rules, known: Rules, first: date) -> None:
    """Nothing when no open gap is at a link that goes with the change, from a day on."""
    gone: set[str] = set()
    for day in _days(known.shelf, first):
        there = earlier.shelf.reference(day).links.keys()
        gone |= there - known.shelf.reference(day).links.keys()
    gap_ids, total = editions.open_gaps_at(work.session, gone, MOST_GAPS)
    if total:
        raise LinksInUse(gap_ids, total)
