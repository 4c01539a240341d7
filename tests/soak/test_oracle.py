"""The oracle: what is stale, foreign or wrongly left out is told, whatever may be is not."""

from typing import Any

import pytest

from tests.soak.ledger import ELSEWHERE, Ledger, bounds, certainly
from tests.soak.oracle import Question, faults

GAPS, MAKER = "photoresist/weak", "photoresist/investors"
QUESTION = Question("/v1/investors/inv_1/matches", "inv_1", (GAPS,))
PAIR = Question("/v1/investors/inv_1/matches/gap_1", "inv_1", other="gap_1")


@pytest.fixture
def ledger() -> Ledger:
    """An investor and two gaps, all in."""
    made = Ledger()
    for id_, group in (("inv_1", MAKER), ("gap_1", GAPS), ("gap_2", GAPS)):
        made.begin_new(group)
        made.add(id_, group)
    return made


def change(ledger: Ledger, id_: str, version: int, *, is_in: bool | None = None) -> None:
    """A change from beginning to end."""
    ledger.begin(id_, turns=is_in is not None)
    ledger.acknowledge(id_, version, is_in=is_in is not False)


def shown(id_: str, version: int = 1, severity: int = 50) -> dict[str, Any]:
    return {"gap": {"id": id_, "version": version, "severity": severity}}


def an_answer(*matches: dict[str, Any], version: int = 1) -> dict[str, Any]:
    subject = {"id": "inv_1", "version": version}
    return {"subject": subject, "eligible": len(matches), "matches": list(matches)}


def a_pair(match: dict[str, Any] | None) -> dict[str, Any]:
    return {"subject": {"id": "inv_1", "version": 1}, "match": match}


def told(ledger: Ledger, answer: dict[str, Any], question: Question = QUESTION) -> list[str]:
    """What is wrong with an answer during which nothing happened."""
    look = ledger.look()
    return faults(question, answer, look, look)


def test_a_right_answer_is_right(ledger: Ledger) -> None:
    assert told(ledger, an_answer(shown("gap_1"), shown("gap_2"))) == []


def test_a_version_that_has_passed_is_stale(ledger: Ledger) -> None:
    answer = an_answer(shown("gap_1"), shown("gap_2"))
    change(ledger, "gap_2", 2)
    assert told(ledger, answer) == ["shows version 1 of gap_2 when 2 was acknowledged"]


def test_a_subject_that_has_changed_is_stale(ledger: Ledger) -> None:
    answer = an_answer(shown("gap_1"), shown("gap_2"))
    change(ledger, "inv_1", 2)
    assert told(ledger, answer) == ["shows version 1 of inv_1 when 2 was acknowledged"]


def test_a_closed_gap_is_neither_shown_nor_counted(ledger: Ledger) -> None:
    answer = an_answer(shown("gap_1", 2), shown("gap_2"))
    change(ledger, "gap_1", 2, is_in=False)
    assert told(ledger, answer) == ["counts 2, not 1 to 1", "shows gap_1, which was out"]
    assert told(ledger, an_answer(shown("gap_2"))) == []


def test_a_gap_that_was_registered_is_counted(ledger: Ledger) -> None:
    ledger.begin_new(GAPS)
    ledger.add("gap_3", GAPS)
    answer = an_answer(shown("gap_1"), shown("gap_2"))
    assert told(ledger, answer) == ["counts 2, not 3 to 3"]


def test_what_is_under_way_may_show_or_not(ledger: Ledger) -> None:
    before = ledger.look()
    ledger.begin("gap_1", turns=True)
    ledger.begin_new(GAPS)
    after = ledger.look()
    old = an_answer(shown("gap_1"), shown("gap_2"))
    new = an_answer(shown("gap_2"), shown("gap_new"))
    for answer in (old, new):
        assert faults(QUESTION, answer, before, after) == []
        assert faults(QUESTION, answer, after, after) == []


def test_what_came_during_a_read_need_not_show(ledger: Ledger) -> None:
    before = ledger.look()
    change(ledger, "gap_1", 2)
    answer = an_answer(shown("gap_1"), shown("gap_2"))
    assert faults(QUESTION, answer, before, ledger.look()) == []
    assert told(ledger, answer) != []


def test_an_investor_that_opted_out_is_shown_nobody(ledger: Ledger) -> None:
    change(ledger, "inv_1", 2, is_in=False)
    assert told(ledger, an_answer(version=2)) == []
    assert "counts 1, not 0 to 0" in told(ledger, an_answer(shown("gap_1"), version=2))


def test_answers_of_another_database_are_known(ledger: Ledger) -> None:
    answer = an_answer(shown("gap_1", severity=49), shown("gap_2", version=2))
    assert told(ledger, answer) == [
        "shows version 2 of gap_2, which nobody had asked for",
        "shows gap_1 as it is in another database",
    ]


def test_a_copy_has_severities_of_its_own(ledger: Ledger) -> None:
    there = ledger.copy(ELSEWHERE)
    change(ledger, "gap_1", 2)
    assert told(there, an_answer(shown("gap_1"), shown("gap_2", severity=49))) == []
    answer = an_answer(shown("gap_1", 2, severity=48), shown("gap_2"))
    assert told(ledger, answer) == []
    assert told(there, answer) == [
        "shows version 2 of gap_1, which nobody had asked for",
        "shows gap_1 as it is in another database",
    ]


def test_a_pair_matches_while_both_are_in(ledger: Ledger) -> None:
    pair = shown("gap_1") | {"investor": {"id": "inv_1", "version": 1}}
    assert told(ledger, a_pair(pair), PAIR) == []
    assert told(ledger, a_pair(None), PAIR) == ["shows no match of two records that were in"]
    change(ledger, "gap_1", 2, is_in=False)
    assert told(ledger, a_pair(None), PAIR) == []
    assert told(ledger, a_pair(pair), PAIR) == [
        "shows version 1 of gap_1 when 2 was acknowledged",
        "shows a match of a record that was out",
    ]


def test_who_may_have_turned_is_in_neither_bound(ledger: Ledger) -> None:
    before = ledger.look()
    change(ledger, "gap_1", 2, is_in=False)
    change(ledger, "gap_1", 3, is_in=True)
    after = ledger.look()
    assert certainly("gap_1", before, after) is None
    assert certainly("nobody", before, after) is None
    assert bounds("inv_1", (GAPS,), before, after) == (1, 2)
    assert bounds("gap_1", (GAPS,), before, after) == (0, 2)
