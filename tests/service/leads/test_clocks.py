from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matching.vocabulary import LeadStatus
from service.leads.clocks import Clock, ClockState, Due, NoticeKind, clocks_of, due, protected_until
from service.leads.machine import Actor, Move
from service.leads.periods import Period, Unit
from service.leads.templates import lead_rules
from tests.service.leads.moments import at, told
from tests.service.leads.travel import script

JIANGMEN = lead_rules()["jiangmen-2024"]
GUANGZHOU = lead_rules()["guangzhou-2004"]
CHANNEL = lead_rules()["deal-registration"]

ACCEPTED = """
2026-03-02 10:00 submitted partner
2026-03-03 10:00 accepted office
"""


def the_clock(step: str, text: str) -> Clock:
    clocks = [clock for clock in clocks_of(JIANGMEN, script(text)) if clock.step == step]
    return clocks[-1]


def test_no_moves_no_clocks() -> None:
    assert clocks_of(JIANGMEN, ()) == ()
    assert due((), at("2026-03-02 10:00")) == Due(None, ())
    assert protected_until(JIANGMEN, ()) is None


def test_clock_of_a_new_lead() -> None:
    (clock,) = clocks_of(JIANGMEN, script("2026-03-02 10:00 submitted partner"))
    assert clock == Clock(
        step="answer",
        title_zh="一日内响应",
        title_en="Answer within a day",
        duty=Actor.ADMINISTRATOR,
        started_at=datetime(2026, 3, 2, 2, tzinfo=UTC),
        due_at=datetime(2026, 3, 3, 16, tzinfo=UTC),
        remind_at=datetime(2026, 3, 3, 1, tzinfo=UTC),
        done_at=None,
        on_overdue=None,
        is_calendar_known=True,
    )
    assert {m.tzinfo for m in (clock.started_at, clock.due_at, clock.remind_at) if m} == {UTC}


def test_clocks_of_a_life_in_their_order() -> None:
    moves = script("""
        2026-03-02 10:00 submitted partner
        2026-03-02 15:00 returned office
        2026-03-04 10:00 submitted partner
        2026-03-04 11:00 under_review office
        2026-03-05 10:00 accepted office
        2026-03-10 10:00 accepted partner
        2026-03-12 10:00 negotiating partner
        2026-03-20 10:00 signed office
        2026-04-20 10:00 landed office
    """)
    assert [
        (clock.step, told(clock.started_at)[5:10], told(clock.done_at)[5:10])
        for clock in clocks_of(JIANGMEN, moves)
        if clock.done_at
    ] == [
        ("answer", "03-02", "03-02"),
        ("complete", "03-02", "03-04"),
        ("answer", "03-04", "03-04"),
        ("assess", "03-04", "03-05"),
        ("feedback", "03-04", "03-05"),
        ("report", "03-05", "03-10"),
        ("protection", "03-05", "03-20"),
        ("report", "03-10", "03-12"),
        ("report", "03-12", "03-20"),
    ]
    assert all(clock.done_at for clock in clocks_of(JIANGMEN, moves))


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-03-02 10:00", "running"),
        ("2026-03-03 23:59", "running"),
        ("2026-03-04 00:00", "overdue"),
        ("2026-03-05 09:59", "overdue"),
        ("2026-03-05 10:00", "done"),
        ("2027-03-05 10:00", "done"),
    ],
)
def test_state_at_a_moment(now: str, state: str) -> None:
    late = "2026-03-02 10:00 submitted partner\n2026-03-05 10:00 under_review office"
    assert the_clock("answer", late).state(at(now)) is ClockState(state)


@pytest.mark.parametrize(
    "last", ["rejected office", "withdrawn partner", "withdrawn office", "expired office"]
)
def test_an_end_stops_every_clock(last: str) -> None:
    moves = script(f"""
        2026-03-02 10:00 submitted partner
        2026-03-02 11:00 under_review office
        2026-03-03 10:00 {last}
    """)
    clocks = clocks_of(JIANGMEN, moves)
    assert {clock.step: told(clock.done_at) for clock in clocks if clock.done_at} == {
        "answer": "2026-03-02 11:00",
        "assess": "2026-03-03 10:00",
        "feedback": "2026-03-03 10:00",
    }


def test_a_clock_that_runs_is_not_started_again() -> None:
    rule = replace(JIANGMEN.clocks[0], starts_on=("submitted", "under_review"), ends_on=("signed",))
    rules = replace(JIANGMEN, clocks=(rule,))
    moves = script("2026-03-02 10:00 submitted partner\n2026-03-05 10:00 under_review office")
    (clock,) = clocks_of(rules, moves)
    assert told(clock.started_at) == "2026-03-02 10:00"


@pytest.mark.parametrize(
    ("more", "until"),
    [
        ("", "2026-06-02 00:00"),
        # A partner's report does not extend; the office's record of one does, as do talks.
        ("2026-04-01 10:00 accepted partner", "2026-06-02 00:00"),
        ("2026-04-01 10:00 accepted office", "2026-07-01 00:00"),
        ("2026-04-01 10:00 negotiating partner", "2026-07-01 00:00"),
        ("2026-04-01 10:00 negotiating office", "2026-07-01 00:00"),
        (
            "2026-04-01 10:00 negotiating partner\n2026-05-06 10:00 negotiating office",
            "2026-08-05 00:00",
        ),
        # The same day: nothing is gained.
        ("2026-03-03 18:00 negotiating partner", "2026-06-02 00:00"),
        ("2026-04-01 10:00 signed office", None),
        ("2026-04-01 10:00 withdrawn partner", None),
        ("2026-04-01 10:00 released office", None),
    ],
)
def test_protection_counts_from_acceptance_and_progress(more: str, until: str | None) -> None:
    moment = protected_until(JIANGMEN, script(ACCEPTED + more))
    assert (moment and told(moment)) == until


def test_protection_is_limited() -> None:
    reports = "".join(
        f"2026-{month:02}-20 10:00 negotiating office\n" for month in range(3, 13)
    ) + "".join(f"2027-{month:02}-20 10:00 negotiating office\n" for month in (1, 2))
    moves = script(ACCEPTED + reports)
    limit = protected_until(JIANGMEN, moves)
    assert limit is not None
    assert told(limit) == "2027-03-04 00:00"
    without = replace(JIANGMEN, clocks=(replace(JIANGMEN.protection, longest=None),))
    unlimited = protected_until(without, moves)
    assert unlimited is not None
    assert told(unlimited) == "2027-05-22 00:00"


def test_progress_after_the_window_does_not_open_it_again() -> None:
    told_only = replace(GUANGZHOU, clocks=(replace(GUANGZHOU.protection, on_overdue=None),))
    for last, until in [("04-03 23:59", "2026-05-07 00:00"), ("04-04 10:00", "2026-04-04 00:00")]:
        moves = script(ACCEPTED + f"2026-{last} negotiating partner")
        moment = protected_until(told_only, moves)
        assert moment is not None
        assert told(moment) == until


@pytest.mark.parametrize("status", ["submitted", "under_review", "returned"])
def test_nothing_is_protected_before_acceptance(status: str) -> None:
    moves = script("2026-03-02 10:00 submitted partner")
    if status != "submitted":
        moves.append(Move(LeadStatus(status), at("2026-03-02 11:00"), Actor.ADMINISTRATOR))
    assert protected_until(JIANGMEN, moves) is None


@pytest.mark.parametrize(
    ("now", "notices"),
    [
        ("2026-03-02 10:00", []),
        ("2026-03-03 08:59", []),
        ("2026-03-03 09:00", ["answer.reminder.2026-03-03T16:00:00Z"]),
        ("2026-03-03 23:59", ["answer.reminder.2026-03-03T16:00:00Z"]),
        ("2026-03-04 00:00", ["answer.overdue.2026-03-03T16:00:00Z"]),
        ("2026-09-01 10:00", ["answer.overdue.2026-03-03T16:00:00Z"]),
    ],
)
def test_notices_keep_their_names(now: str, notices: list[str]) -> None:
    asked = due(clocks_of(JIANGMEN, script("2026-03-02 10:00 submitted partner")), at(now))
    assert asked.move is None
    assert [notice.name for notice in asked.notices] == notices
    for notice in asked.notices:
        assert notice.at <= at(now)
        assert notice.duty is Actor.ADMINISTRATOR
        assert notice.kind in set(NoticeKind)


def test_notices_come_in_the_order_they_fell_due() -> None:
    moves = script("2026-03-02 10:00 submitted partner\n2026-03-02 11:00 under_review office")
    asked = due(clocks_of(JIANGMEN, moves), at("2026-03-30 10:00"))
    assert [(notice.step, told(notice.at)) for notice in asked.notices] == [
        ("assess", "2026-03-06 00:00"),
        ("feedback", "2026-03-10 00:00"),
    ]


def test_no_reminder_where_the_rules_want_none() -> None:
    silent = replace(JIANGMEN, clocks=(replace(JIANGMEN.clocks[0], remind_before=None),))
    (clock,) = clocks_of(silent, script("2026-03-02 10:00 submitted partner"))
    assert clock.remind_at is None
    assert due((clock,), clock.due_at - timedelta(seconds=1)) == Due(None, ())
    assert len(due((clock,), clock.due_at).notices) == 1


@pytest.mark.parametrize("late", ["2026-04-04 00:00", "2026-04-04 00:01", "2027-01-01 00:00"])
def test_move_of_the_clocks_stands_at_its_own_moment(late: str) -> None:
    asked = due(clocks_of(GUANGZHOU, script(ACCEPTED)), at(late))
    assert asked == Due(
        Move(LeadStatus.RELEASED, datetime(2026, 4, 3, 16, tzinfo=UTC), Actor.SYSTEM), ()
    )


def test_no_move_before_the_time_is_over() -> None:
    asked = due(clocks_of(GUANGZHOU, script(ACCEPTED)), at("2026-04-03 23:59"))
    assert asked.move is None
    assert [notice.step for notice in asked.notices] == ["report", "protection"]


def test_the_first_of_two_moves_is_made() -> None:
    sooner = replace(
        GUANGZHOU.protection,
        step="sooner",
        on_overdue=LeadStatus.EXPIRED,
        period=Period(10, Unit.DAYS),
    )
    rules = replace(GUANGZHOU, clocks=(GUANGZHOU.protection, sooner))
    asked = due(clocks_of(rules, script(ACCEPTED)), at("2027-01-01 00:00"))
    assert asked.move == Move(
        LeadStatus.EXPIRED, datetime(2026, 3, 13, 16, tzinfo=UTC), Actor.SYSTEM
    )


@pytest.mark.parametrize(
    ("accepted", "known"), [("2026-09-30 10:00", True), ("2026-10-08 10:00", False)]
)
def test_clock_says_whether_the_holidays_are_known(accepted: str, known: bool) -> None:
    moves = script(f"2026-09-01 10:00 submitted partner\n{accepted} accepted office")
    (clock,) = [c for c in clocks_of(CHANNEL, moves) if c.step == "protection"]
    assert clock.is_calendar_known is known


def test_moves_out_of_order_are_refused() -> None:
    moves = script(ACCEPTED)
    with pytest.raises(ValueError, match=r"2026-03-02T10:00:00.* follows 2026-03-03T10:00:00"):
        clocks_of(JIANGMEN, moves[::-1])


def test_moves_without_a_time_zone_are_refused() -> None:
    naive = datetime(2026, 3, 2, 10)  # noqa: DTZ001 - the fault in question
    with pytest.raises(ValueError, match="needs its time zone"):
        clocks_of(JIANGMEN, [Move(LeadStatus.SUBMITTED, naive, Actor.PARTNER)])


def test_moves_at_one_moment_keep_their_order() -> None:
    moves = script("2026-03-02 10:00 submitted partner\n2026-03-02 10:00 under_review office")
    steps = [(clock.step, clock.done_at is None) for clock in clocks_of(JIANGMEN, moves)]
    assert steps == [("answer", False), ("assess", True), ("feedback", True)]
