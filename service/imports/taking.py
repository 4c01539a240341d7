"""Checked rows become records: new ones in bulk, known ones brought to what the file says.

All of a portion happens in one transaction, with one event for each record that is new or changed.
A row whose key came a few lines before finds what that line has stored.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlmodel import SQLModel

from models.base import FieldsDisagree
from models.job import JobCounts, RowRefusal
from models.problem import ProblemError
from service import clock
from service.errors import NotValid
from service.imports.checking import Checked, Reader, Rule, faults_of
from service.jobs.turns import Outcome
from service.repositories import bulk, events, zones
from service.repositories.events import Change
from service.runtime import Work
from service.scorer import Scorer
from service.usecases import history
from service.usecases.history import BOOKKEEPING

Row = Checked[Any]
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that was changed, with its changed fields as JSON."""

    stored: Any
    version: int
    before: Values
    after: Values


@dataclass(slots=True)
class Taken:
    """What some rows have led to."""

    created: list[Values] = field(default_factory=list[Values])
    """Every column of each new record."""
    changed: list[Changed] = field(default_factory=list[Changed])
    unchanged: int = 0
    refusals: list[RowRefusal] = field(default_factory=list[RowRefusal])

    def counts(self) -> JobCounts:
        """How many of each."""
        return JobCounts(
            created=len(self.created),
            updated=len(self.changed),
            unchanged=self.unchanged,
            refused=len(self.refusals),
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """What differs between the kinds of records."""

    rule: Rule[Any]
    table: type[SQLModel]
    find_known: Callable[[Work, Sequence[Row]], Mapping[str, Any]]
    """The records that rows speak of, by the rows' keys, locked."""
    make: Callable[[Work, Row, int], Values]
    """The columns of a new record, given the number of its event; NotValid where it cannot be."""
    merge: Callable[[Work, Any, Values], None]
    """Brings a record to what a row says; NotValid or FieldsDisagree where it cannot be."""
    tell: Callable[[Work, Taken], list[Change]]
    """The events of what was taken: those of new records first, in their order."""
    zone_of: Callable[[Row], str] | None = None
    """The zone that a row names, where it must be there already."""
    warm: Callable[[Scorer, Any], None] = lambda _scorer, _body: None
    """Does for a body what takes long, outside any transaction, so that it is known later."""


def take(
    work: Work,
    kind: Kind,
    reader: Reader,
    rows: Sequence[Row | RowRefusal],
    *,
    dry_run: bool,
) -> Outcome:
    """Store checked rows; those that cannot be stored are told with those refused before."""
    refusals = [row for row in rows if isinstance(row, RowRefusal)]
    counts = JobCounts(refused=len(refusals))
    for some in runs_of_unlike([row for row in rows if isinstance(row, Checked)]):
        taken = _judge(work, kind, reader, some, dry_run=dry_run)
        refusals += taken.refusals
        counts = counts.plus(taken.counts())
    return Outcome(counts, sorted(refusals, key=lambda refusal: refusal.line))


def runs_of_unlike(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in runs without two of one key."""
    run: list[Row] = []
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            yield run
            run, seen = [], set()
        run.append(row)
        seen.add(row.key)
    if run:
        yield run


def _judge(work: Work, kind: Kind, reader: Reader, rows: Sequence[Row], *, dry_run: bool) -> Taken:
    taken = Taken()
    rows = _in_known_zones(work, kind, reader, rows, taken)
    known = kind.find_known(work, rows)
    number = 0 if dry_run else events.reserve(work.session)
    beginning = _beginning()
    with work.session.no_autoflush:
        for row in rows:
            try:
                if row.key in known:
                    _bring(work, kind, known[row.key], row, taken)
                else:
                    made = kind.make(work, row, number + len(taken.created))
                    taken.created.append(made | beginning)
            except (NotValid, FieldsDisagree) as error:
                taken.refusals.append(reader.refusal(row.line, faults_of(error)))
        if dry_run:
            for stored in known.values():
                _forget(work, stored)
            return taken
    if taken.created or taken.changed:
        bulk.insert_all(work.session, kind.table, taken.created)
        events.append_all(work.session, kind.tell(work, taken), number)
    return taken


def _in_known_zones(
    work: Work, kind: Kind, reader: Reader, rows: Sequence[Row], taken: Taken
) -> Sequence[Row]:
    """The rows whose zone is registered; the others are refused."""
    if kind.zone_of is None:
        return rows
    zone_of = kind.zone_of
    known = zones.known_of(work.session, {zone_of(row) for row in rows})
    error = ProblemError(loc=["zone_id"], msg="is no registered zone")
    taken.refusals += [
        reader.refusal(row.line, [error]) for row in rows if zone_of(row) not in known
    ]
    return [row for row in rows if zone_of(row) in known]


def _beginning() -> Values:
    moment = clock.now()
    return {"version": 1, "created_at": moment, "updated_at": moment}


def _bring(work: Work, kind: Kind, stored: Any, row: Row, taken: Taken) -> None:
    """Bring a known record to what a row says of it."""
    before = history.snapshot_of(stored)
    said = cast("Values", vars(row.body))
    changes = {name: said[name] for name in said if name in row.sent}
    try:
        kind.merge(work, stored, changes)
    except (NotValid, FieldsDisagree):
        _forget(work, stored)
        raise
    after = history.snapshot_of(stored)
    names = [name for name in after if after[name] != before[name] and name not in BOOKKEEPING]
    if not names:
        taken.unchanged += 1
        _forget(work, stored)
        return
    stored.version += 1
    stored.updated_at = clock.now()
    was, now = ({name: told[name] for name in names} for told in (before, after))
    taken.changed.append(Changed(stored, stored.version, was, now))


def _forget(work: Work, stored: Any) -> None:
    """Have nothing written of what was done to a record."""
    if stored in work.session:
        work.session.expunge(stored)


def tell_each(subject: str) -> Callable[[Work, Taken], list[Change]]:
    """The events of a kind of which each record has events of its own."""

    def tell(work: Work, taken: Taken) -> list[Change]:
        actor = work.caller.key_id
        return [
            Change(
                actor=actor,
                action=f"{subject}.created",
                subject_type=subject,
                subject_id=values["id"],
                subject_version=1,
                after=values,
            )
            for values in taken.created
        ] + [
            Change(
                actor=actor,
                action=f"{subject}.updated",
                subject_type=subject,
                subject_id=changed.stored.id,
                subject_version=changed.version,
                before=changed.before,
                after=changed.after,
            )
            for changed in taken.changed
        ]

    return tell
