"""The pools in memory, made ready to be scored: one per process, level with the event log.

A state is immutable; a write elsewhere is seen through the log, and a newer state takes the place
of the older one. Because event ids are random and the log only grows, the id of a state's last
event names the state in every process.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock

from sqlmodel import Session

from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import GapProfile, InvestorProfile
from models.gap import Gap
from models.investor import Investor
from models.zone import Zone
from service.facts import gap_facts, investor_facts
from service.repositories import feed
from service.repositories.feed import BEGINNING, Mark
from service.scorer import Scorer

MARKS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class IndexedGap:
    """A gap with what a ranking shows of it."""

    profile: GapProfile
    zone_name_zh: str
    zone_name_en: str | None
    title_zh: str | None
    title_en: str | None


@dataclass(frozen=True, slots=True)
class IndexedInvestor:
    """An investor with what a ranking shows of it."""

    profile: InvestorProfile
    name: str


@dataclass(frozen=True, slots=True)
class State:
    """Both pools at one place in the log, on one day."""

    mark: Mark
    day: date
    gaps: Mapping[str, IndexedGap] = field(default_factory=dict[str, IndexedGap])
    investors: Mapping[str, IndexedInvestor] = field(default_factory=dict[str, IndexedInvestor])
    gaps_by_link: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    gaps_with_words: tuple[str, ...] = ()
    """Gaps that say in their own words what they want: the link's words are not all they take."""

    def gaps_near(self, investor: InvestorProfile) -> Iterator[IndexedGap]:
        """The gaps that may be above the relevance floor; those left out cannot be."""
        near = {id_ for link in investor.fits for id_ in self.gaps_by_link.get(link, ())}
        return (self.gaps[id_] for id_ in near.union(self.gaps_with_words))


def state_of(
    mark: Mark,
    day: date,
    gaps: Mapping[str, IndexedGap],
    investors: Mapping[str, IndexedInvestor],
) -> State:
    """A state with its postings: link to gaps, so that a ranking looks only where it can match."""
    by_link: defaultdict[int, list[str]] = defaultdict(list)
    for id_, gap in gaps.items():
        by_link[gap.profile.row.link].append(id_)
    postings = {link: tuple(ids) for link, ids in by_link.items()}
    worded = tuple(id_ for id_, gap in gaps.items() if gap.profile.facts.products)
    return State(mark, day, gaps, investors, postings, worded)


class Index:
    """The newest state; `at` brings it level with a session's snapshot."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._lock = Lock()
        self._zones: dict[str, Zone] = {}
        self._state = State(BEGINNING, date.min)
        self._recent: deque[Mark] = deque([BEGINNING], maxlen=MARKS_KEPT)

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
                state = replace(state, day=day, gaps=_on(day, state.gaps))
            self._state = state
        return state

    def _is_of_this_log(self, session: Session, last: Mark) -> bool:
        """Whether the state and the database share a history; a restored backup may not."""
        mine = self._state.mark
        if last.number < mine.number:
            return last in self._recent
        return mine == BEGINNING or feed.id_at(session, mine.number) == mine.id

    def _rebuild(self, session: Session, last: Mark, day: date) -> State:
        self._zones = {zone.id: zone for zone in feed.all_zones(session)}
        self._recent = deque([last], maxlen=MARKS_KEPT)
        gaps = self._gaps(feed.all_gaps(session), day)
        return state_of(last, day, gaps, self._investors(feed.all_investors(session)))

    def _catch_up(self, session: Session, day: date) -> State:
        state = self._state
        if state.mark == BEGINNING:
            return self._rebuild(session, feed.last_mark(session), day)
        marks, changes = feed.marks_since(session, state.mark.number)
        self._recent.extend(marks)
        self._zones |= {zone.id: zone for zone in feed.zones_of(session, changes.zones)}
        gaps = self._gaps(feed.gaps_of(session, changes.gaps, changes.zones), state.day)
        investors = self._investors(feed.investors_of(session, changes.investors))
        if not (gaps or investors):
            return replace(state, mark=marks[-1])
        return state_of(
            marks[-1], state.day, {**state.gaps, **gaps}, {**state.investors, **investors}
        )

    def _gaps(self, rows: Iterable[Gap], day: date) -> dict[str, IndexedGap]:
        return {gap.id: self.indexed_gap(gap, self._zones[gap.zone_id], day) for gap in rows}

    def _investors(self, rows: Iterable[Investor]) -> dict[str, IndexedInvestor]:
        return {investor.id: self.indexed_investor(investor) for investor in rows}

    def indexed_gap(self, gap: Gap, zone: Zone, day: date) -> IndexedGap:
        """A stored gap made ready to be scored."""
        facts = gap_facts(gap, zone)
        reference = self._scorer.reference
        profile = prepare_gap(facts, reference, is_open=facts.is_open_on(day))
        return IndexedGap(profile, zone.name_zh, zone.name_en, gap.title_zh, gap.title_en)

    def indexed_investor(self, investor: Investor) -> IndexedInvestor:
        """A stored investor made ready to be scored."""
        facts = investor_facts(investor)
        profile = prepare_investor(facts, self._scorer.reference, self._scorer.placer)
        return IndexedInvestor(profile, investor.name)


def _on(day: date, gaps: Mapping[str, IndexedGap]) -> dict[str, IndexedGap]:
    """The gaps as open or closed on that day."""
    return {
        id_: replace(gap, profile=gap.profile.opened(is_open=gap.profile.facts.is_open_on(day)))
        for id_, gap in gaps.items()
    }
