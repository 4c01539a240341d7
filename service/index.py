"""The pools in memory, made ready to be scored: one per process, level with the event log.

A state is immutable; a write is seen through the log, and a newer state takes its place, which
shares all that the write left alone. Because event ids are random and the log only grows, the id
of a state's last event names the state in every process.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock

from sqlmodel import Session

from matching.facts import InvestorFacts, ZoneEvidence
from matching.pools import GapPool, InvestorPool
from matching.preparing import prepare_gap, prepare_investor
from matching.roster import Change, Roster
from models.gap import Gap
from models.investor import Investor
from models.zone import Zone
from service.facts import gap_facts, investor_facts
from service.indexed import IndexedGap, IndexedInvestor
from service.packing import Packing
from service.repositories import feed
from service.repositories.feed import BEGINNING, Mark
from service.scorer import Scorer, nothing_thrown_away
from service.zone_evidence import read_evidence

MARKS_KEPT = 4096
STEPS_KEPT = 256
MOST_CHANGES = 64
"""Of one step: more are not kept, and what they may have touched is made anew."""


@dataclass(frozen=True, slots=True)
class State:
    """Both pools at one place in the log, on one day."""

    mark: Mark
    day: date
    gaps: GapPool[IndexedGap] = field(default_factory=GapPool[IndexedGap])
    investors: InvestorPool[IndexedInvestor] = field(default_factory=InvestorPool[IndexedInvestor])


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of records from one state to a later one, in order."""

    gaps: tuple[Change[IndexedGap], ...] = ()
    investors: tuple[Change[IndexedInvestor], ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """From one state to the next."""

    before: Mark
    after: Mark
    changes: Changes


class Index:
    """The newest state; `at` brings it level with a session's snapshot."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._lock = Lock()
        self._zones: dict[str, Zone] = {}
        self._evidence: dict[str, ZoneEvidence] = {}
        self._packing = Packing(self._prepared)
        self._state = self._empty(BEGINNING, date.min)
        self._recent: deque[Mark] = deque([BEGINNING], maxlen=MARKS_KEPT)
        self._steps: deque[_Step] = deque(maxlen=STEPS_KEPT)

    @property
    def state(self) -> State:
        """The newest state, not brought level with anything."""
        return self._state

    def at(self, session: Session, day: date) -> State:
        """A state that holds every write the session's snapshot holds, or later ones.

        Args:
            session: a session whose reads all see one snapshot.
            day: China's calendar day; it opens and closes gaps with a period.
        """
        last = feed.last_mark(session)
        with self._lock:
            state = self._state
            if not self._is_of_this_log(session, last):
                state = self._rebuild(session, last, day)
            elif state.mark.number < last.number:
                state = self._catch_up(session, day)
            if state.day != day:
                state = replace(state, day=day, gaps=state.gaps.changed(_turned(state.gaps, day)))
                self._steps.clear()
            self._state = state
        return state

    def changes(self, before: Mark, after: Mark) -> Changes | None:
        """What became of records between two states of one day; None where that is not known."""
        with self._lock:
            steps = list(self._steps)
        gaps: list[Change[IndexedGap]] = []
        investors: list[Change[IndexedInvestor]] = []
        for step in steps:
            if step.before == before:
                before = step.after
                gaps += step.changes.gaps
                investors += step.changes.investors
            if before == after:
                return Changes(tuple(gaps), tuple(investors))
        return None

    def _is_of_this_log(self, session: Session, last: Mark) -> bool:
        """Whether the state and the database share a history; a restored backup may not."""
        mine = self._state.mark
        if last.number < mine.number:
            return last in self._recent
        return mine == BEGINNING or feed.id_at(session, mine.number) == mine.id

    def _rebuild(self, session: Session, last: Mark, day: date) -> State:
        self._zones = {zone.id: zone for zone in feed.all_zones(session)}
        self._evidence = read_evidence(session, self._scorer)
        self._recent = deque([last], maxlen=MARKS_KEPT)
        self._steps.clear()
        state = self._empty(last, day)
        with nothing_thrown_away(for_good=False):
            for gaps in feed.all_gaps(session):
                state = _changed(state, self._gaps(gaps, day), [])
            for investors in feed.all_investors(session):
                state = _changed(state, [], self._investors(investors))
        return state

    def _empty(self, mark: Mark, day: date) -> State:
        return State(mark, day, investors=InvestorPool(Roster(self._packing)))

    def _catch_up(self, session: Session, day: date) -> State:
        state = self._state
        if state.mark == BEGINNING:
            return self._rebuild(session, feed.last_mark(session), day)
        marks, changes = feed.marks_since(session, state.mark.number)
        if changes.everything:
            return self._rebuild(session, marks[-1], day)
        self._recent.extend(marks)
        self._zones |= {zone.id: zone for zone in feed.zones_of(session, changes.zones)}
        self._count(session, changes.zones)
        gaps = self._gaps(feed.gaps_of(session, changes.gaps, changes.zones), state.day)
        investors = self._investors(feed.investors_of(session, changes.investors))
        if changes.purged:
            self._steps.clear()
        else:
            self._note(state, marks[-1], gaps, investors)
        return _changed(replace(state, mark=marks[-1]), gaps, investors)

    def _count(self, session: Session, zone_ids: Collection[str]) -> None:
        """Read anew what the firms and officers of these zones say."""
        for zone_id in zone_ids:
            self._evidence.pop(zone_id, None)
        if zone_ids:
            self._evidence |= read_evidence(session, self._scorer, zone_ids)

    def _note(
        self,
        state: State,
        after: Mark,
        gaps: Sequence[IndexedGap],
        investors: Sequence[IndexedInvestor],
    ) -> None:
        """Keep what leads to the next state, if it is little."""
        if len(gaps) + len(investors) > MOST_CHANGES:
            return
        changes = Changes(
            tuple(state.gaps.records.changes(gaps)),
            tuple(state.investors.records.changes(investors)),
        )
        self._steps.append(_Step(state.mark, after, changes))

    def _gaps(self, gaps: Iterable[Gap], day: date) -> list[IndexedGap]:
        """Gaps made ready to be scored, in the order of registration.

        A new record's number is that of its event, above all that a state has seen: so positions
        follow the numbers, and equals keep the same order in every process.
        """
        made = (self.indexed_gap(gap, self._zones[gap.zone_id], day) for gap in gaps)
        return sorted(made, key=_number)

    def _investors(self, investors: Iterable[Investor]) -> list[IndexedInvestor]:
        """The same of investors."""
        return sorted(map(self.indexed_investor, investors), key=_number)

    def indexed_gap(self, gap: Gap, zone: Zone, day: date) -> IndexedGap:
        """A stored gap made ready to be scored."""
        facts = gap_facts(gap, zone, self._evidence.get(zone.id))
        reference = self._scorer.reference
        profile = prepare_gap(facts, reference, is_open=facts.is_open_on(day))
        return IndexedGap(profile, zone.name_zh, zone.name_en, gap.title_zh, gap.title_en)

    def indexed_investor(self, investor: Investor) -> IndexedInvestor:
        """A stored investor made ready to be scored."""
        return self._prepared(investor_facts(investor), investor.name)

    def _prepared(self, facts: InvestorFacts, name: str) -> IndexedInvestor:
        profile = prepare_investor(facts, self._scorer.reference, self._scorer.placer)
        return IndexedInvestor(profile, name)


def _changed(
    state: State, gaps: Sequence[IndexedGap], investors: Sequence[IndexedInvestor]
) -> State:
    """The state with these records; new ones take the next places in the order given."""
    if not (gaps or investors):
        return state
    return replace(
        state, gaps=state.gaps.changed(gaps), investors=state.investors.changed(investors)
    )


def _number(record: IndexedGap | IndexedInvestor) -> int:
    return record.profile.facts.number


def _turned(gaps: GapPool[IndexedGap], day: date) -> Iterator[IndexedGap]:
    """The gaps that are open on that day and were not, or the other way round."""
    for gap in gaps.records.in_order():
        is_open = gap.profile.facts.is_open_on(day)
        if is_open != gap.profile.row.is_open:
            yield replace(gap, profile=gap.profile.opened(is_open=is_open))
