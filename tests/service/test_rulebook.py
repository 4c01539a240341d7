"""Of all policies, the one that rules on a day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matching.policy import built_in
from matching.ruleset import ruleset
from service.rulebook import Rules, Term
from tests.matching.making import REFERENCE

START = date(2026, 1, 1)


def a_term(first: int, until: int | None = None, name: str = "p") -> Term:
    policy = replace(built_in()[0], id=name, effective_from=START + timedelta(days=first))
    end = None if until is None else START + timedelta(days=until)
    return Term(ruleset(policy, REFERENCE), end)


def test_a_term_covers_its_first_day_and_not_the_day_of_its_end() -> None:
    term = a_term(3, 5)
    covered = [n for n in range(8) if term.covers(START + timedelta(days=n))]
    assert covered == [3, 4]


def test_one_that_ends_on_its_first_day_never_rules() -> None:
    assert not a_term(3, 3).covers(START + timedelta(days=3))


def test_of_a_policy_only_that_policy_is_found() -> None:
    old, new = a_term(0, name="old"), a_term(5, name="new")
    rules = Rules((new, old))
    late = START + timedelta(days=9)
    assert rules.on(late) is new.rules
    assert rules.on(late, "old") is old.rules
    assert rules.on(START, "new") is None
    assert rules.on(START - timedelta(days=1)) is None
    assert rules.of_policy("new") is new.rules
    assert rules.of_policy("other") is None
    assert rules.of_digest(old.rules.digest) is old.rules
    assert rules.of_digest("sha256:other") is None


@given(
    st.lists(st.tuples(st.integers(0, 20), st.none() | st.integers(0, 20)), max_size=6),
    st.integers(0, 25),
)
def test_what_rules_covers_the_day_and_nothing_before_it_does(
    spans: list[tuple[int, int | None]], day: int
) -> None:
    terms = tuple(a_term(first, until) for first, until in spans)
    on = START + timedelta(days=day)
    ruling = Rules(terms).on(on)
    covering = [term.rules for term in terms if term.covers(on)]
    assert ruling is (covering[0] if covering else None)
