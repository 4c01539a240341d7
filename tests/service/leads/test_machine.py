from datetime import UTC, datetime

import pytest

from matching.vocabulary import LeadStatus
from service.leads.machine import (
    BY_CLOCKS,
    FINAL,
    MOVES,
    PROGRESS,
    REPORT,
    WORDS,
    Actor,
    Move,
    MoveNotAllowed,
    check_move,
    moves_of,
    words_of,
)

# Every move there is. * the partner may too, ° the clocks may too; an administrator may them all.
SENTENCES = """
submitted: under_review, accepted, rejected, returned, withdrawn*, expired°
under_review: accepted, rejected, returned, withdrawn*, expired°
returned: submitted*, under_review, withdrawn*, expired°
accepted: accepted*, negotiating*, signed, released°, expired°, withdrawn*
negotiating: negotiating*, signed, released°, expired°, withdrawn*
signed: landed, released
landed:
rejected:
expired:
released:
withdrawn:
"""


def read_sentences() -> dict[tuple[str, str], set[str]]:
    """(from, to) → who may."""
    marks = {"*": "partner", "°": "system"}
    read: dict[tuple[str, str], set[str]] = {}
    for line in SENTENCES.strip().splitlines():
        now, _, moves = line.partition(":")
        for word in moves.replace(",", " ").split():
            who = {"administrator"} | {marks[mark] for mark in marks if word.endswith(mark)}
            read[now, word.rstrip("*°")] = who
    return read


@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("now", LeadStatus)
def test_machine_is_the_sentences(now: LeadStatus, actor: Actor) -> None:
    wanted = read_sentences()
    for to in LeadStatus:
        may = str(actor) in wanted.get((now, to), set())
        assert (to in moves_of(now, actor)) is may, (now, to, actor)
        if may:
            check_move(now, to, actor)
        else:
            with pytest.raises(MoveNotAllowed) as refused:
                check_move(now, to, actor)
            assert refused.value.allowed == moves_of(now, actor)


def test_moves_of_anybody_are_those_of_all() -> None:
    for now in LeadStatus:
        assert set(moves_of(now)) == {to for actor in Actor for to in moves_of(now, actor)}
        assert set(moves_of(now)) == set(moves_of(now, Actor.ADMINISTRATOR))


def test_every_status_has_its_row_and_can_be_reached() -> None:
    assert set(MOVES) == set(LeadStatus)
    reached = {LeadStatus.SUBMITTED} | {to for moves in MOVES.values() for to in moves}
    assert reached == set(LeadStatus)


def test_final_statuses_are_left_by_nobody() -> None:
    assert set(FINAL) == {"landed", "rejected", "expired", "released", "withdrawn"}


def test_whatever_clocks_do_is_final() -> None:
    """So at most one move of the clocks is ever due (`clocks.due`)."""
    assert {to for now in LeadStatus for to in moves_of(now, Actor.SYSTEM)} == set(BY_CLOCKS)
    assert set(BY_CLOCKS) <= FINAL


def test_every_lead_can_still_reach_an_end() -> None:
    for now in LeadStatus:
        seen, queue = {now}, [now]
        while queue:
            for to in moves_of(queue.pop()):
                if to not in seen:
                    seen.add(to)
                    queue.append(to)
        assert seen & FINAL


@pytest.mark.parametrize(
    ("now", "to", "actor", "message"),
    [
        (
            "accepted",
            "landed",
            "partner",
            "From accepted a lead cannot be moved to landed by the partner; "
            "allowed: accepted (a report), negotiating, withdrawn",
        ),
        (
            "signed",
            "withdrawn",
            "administrator",
            "From signed a lead cannot be moved to withdrawn by the administrator; "
            "allowed: landed, released",
        ),
        (
            "released",
            "accepted",
            "administrator",
            "From released a lead cannot be moved to accepted by the administrator; allowed: none",
        ),
    ],
)
def test_refusal_names_what_is_allowed(now: str, to: str, actor: str, message: str) -> None:
    with pytest.raises(MoveNotAllowed) as refused:
        check_move(LeadStatus(now), LeadStatus(to), Actor(actor))
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("before", "to", "actor", "words"),
    [
        (None, "submitted", "partner", {"submitted"}),
        ("submitted", "accepted", "administrator", {"accepted"}),
        ("accepted", "accepted", "partner", {REPORT}),
        ("accepted", "accepted", "administrator", {REPORT, PROGRESS}),
        ("accepted", "negotiating", "partner", {"negotiating", PROGRESS}),
        ("negotiating", "negotiating", "partner", {REPORT}),
        ("negotiating", "negotiating", "administrator", {REPORT, PROGRESS}),
        ("negotiating", "signed", "administrator", {"signed", PROGRESS}),
        ("signed", "landed", "administrator", {"landed"}),
        ("accepted", "released", "system", {"released"}),
    ],
)
def test_words_that_fit_a_move(before: str | None, to: str, actor: str, words: set[str]) -> None:
    now = None if before is None else LeadStatus(before)
    assert words_of(now, LeadStatus(to), Actor(actor)) == words
    assert words <= set(WORDS)


def test_move_keeps_what_it_was_given() -> None:
    at = datetime(2026, 2, 13, 2, tzinfo=UTC)
    move = Move(LeadStatus.SUBMITTED, at, Actor.PARTNER)
    assert (move.status, move.at, move.actor) == ("submitted", at, "partner")
