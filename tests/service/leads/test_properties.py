"""What holds for any life of any lead under every template."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.vocabulary import LeadStatus
from service.leads.clocks import ClockState, clocks_of, due, protected_until
from service.leads.machine import FINAL, PROGRESS, Actor, Move, moves_of, words_of
from service.leads.rules import LeadRules
from service.leads.templates import lead_rules
from tests.service.leads.moments import MOMENTS
from tests.service.leads.travel import day_by_day, live

TEMPLATES = pytest.mark.parametrize("rules", lead_rules().values(), ids=lambda rules: rules.id)
GAPS = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
PEOPLE = (Actor.ADMINISTRATOR, Actor.PARTNER)


@st.composite
def lives(draw: st.DrawFn) -> list[Move]:
    """Moves the machine allows people, up to forty days apart; ends come seldom."""
    now = draw(MOMENTS)
    moves = [Move(LeadStatus.SUBMITTED, now, Actor.PARTNER)]
    for _ in range(draw(st.integers(0, 8))):
        actor = draw(st.sampled_from(PEOPLE))
        allowed = moves_of(moves[-1].status, actor)
        going_on = [status for status in allowed if status not in FINAL]
        if not allowed:
            break
        now += draw(GAPS)
        choices = going_on if going_on and draw(st.integers(0, 9)) else allowed
        moves.append(Move(draw(st.sampled_from(choices)), now, actor))
    return moves


def looks_over(moves: Sequence[Move]) -> Sequence[datetime]:
    return day_by_day(moves[0].at, moves[-1].at + timedelta(days=200))


@TEMPLATES
@given(moves=lives())
@settings(max_examples=40, deadline=None)
def test_sleeping_and_stepping_come_to_the_same(rules: LeadRules, moves: list[Move]) -> None:
    looks = looks_over(moves)
    awake = live(rules, moves, looks)
    slept = live(rules, moves, looks[-1:])
    assert slept.moves == awake.moves
    assert set(slept.told) <= set(awake.told)
    assert clocks_of(rules, slept.moves) == clocks_of(rules, awake.moves)


@TEMPLATES
@given(moves=lives(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_when_somebody_looks_does_not_matter(
    rules: LeadRules, moves: list[Move], data: st.DataObject
) -> None:
    last = moves[-1].at + timedelta(days=200)
    minutes = int((last - moves[0].at).total_seconds() // 60)
    at = st.integers(0, minutes).map(lambda minute: moves[0].at + timedelta(minutes=minute))
    one, other = (data.draw(st.lists(at, max_size=6)) for _ in range(2))
    first, second = live(rules, moves, [*one, last]), live(rules, moves, [*other, last])
    assert first.moves == second.moves


@TEMPLATES
@given(moves=lives())
@settings(deadline=None)
def test_clocks_keep_their_order(rules: LeadRules, moves: list[Move]) -> None:
    for clock in clocks_of(rules, moves):
        assert clock.started_at < clock.due_at
        assert clock.due_at - clock.started_at > timedelta(hours=24)
        assert clock.remind_at is None or clock.started_at < clock.remind_at < clock.due_at
        assert clock.done_at is None or clock.started_at <= clock.done_at
        assert clock.state(clock.started_at - timedelta(1)) is not ClockState.OVERDUE


@TEMPLATES
@given(moves=lives(), now=st.integers(0, 400))
@settings(deadline=None)
def test_nothing_is_due_before_its_time(rules: LeadRules, moves: list[Move], now: int) -> None:
    moment = moves[-1].at + timedelta(days=now)
    clocks = clocks_of(rules, moves)
    asked = due(clocks, moment)
    for notice in asked.notices:
        assert moves[0].at < notice.at <= moment
    if asked.move is not None:
        assert moves[0].at < asked.move.at <= moment
        assert asked.move.status in moves_of(moves[-1].status, Actor.SYSTEM)
    running = [clock for clock in clocks if clock.done_at is None]
    names = {notice.name for notice in asked.notices}
    assert len(names) == len(asked.notices) <= len(running)


@TEMPLATES
@given(moves=lives())
@settings(deadline=None)
def test_what_is_past_stays_as_it_was(rules: LeadRules, moves: list[Move]) -> None:
    """A further move ends, extends or starts clocks; it never changes one that was done."""
    for count in range(1, len(moves)):
        before, after = clocks_of(rules, moves[:count]), clocks_of(rules, moves[: count + 1])
        done = Counter(clock for clock in before if clock.done_at)
        assert done <= Counter(after)
        starts = Counter((clock.step, clock.started_at) for clock in before)
        assert starts <= Counter((clock.step, clock.started_at) for clock in after)


@TEMPLATES
@given(moves=lives())
@settings(deadline=None)
def test_a_lead_that_has_ended_has_no_clock(rules: LeadRules, moves: list[Move]) -> None:
    if moves[-1].status in FINAL:
        assert all(clock.done_at for clock in clocks_of(rules, moves))
        assert protected_until(rules, moves) is None
    steps = [clock.step for clock in clocks_of(rules, moves) if clock.done_at is None]
    assert len(set(steps)) == len(steps)


@TEMPLATES
@given(moves=lives())
@settings(deadline=None)
def test_protection_never_shrinks_and_only_progress_extends_it(
    rules: LeadRules, moves: list[Move]
) -> None:
    for count in range(1, len(moves)):
        before = protected_until(rules, moves[:count])
        after = protected_until(rules, moves[: count + 1])
        move = moves[count]
        words = words_of(moves[count - 1].status, move.status, move.actor)
        held = move.status in {LeadStatus.ACCEPTED, LeadStatus.NEGOTIATING}
        assert (after is not None) is held
        if before is not None and after is not None:
            assert after >= before
            assert after == before or PROGRESS in words
