"""Of all policies, the one that rules on a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching.policy import built_in
from matching.reference.laying import lay
from matching.ruleset import ruleset
from service.rulebook import Rules, Term
from service.shelf import Layers, Loaded, Shelf
from tests.matching.making import REFERENCE
from tests.matching.reference.editions import a_keywords_edition

START = date(2026, 1, 1)
BARE = Shelf(Layers(REFERENCE))


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
    rules = Rules((new, old), BARE)
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
    ruling = Rules(terms, BARE).on(on)
    covering = [term.rules for term in terms if term.covers(on)]
    assert ruling is (covering[0] if covering else None)


def test_a_policy_is_joined_with_the_reference_of_the_day() -> None:
    began = datetime(2026, 1, 3, tzinfo=UTC)
    edition = Loaded("edn_1", a_keywords_edition(), START + timedelta(days=5), began)
    rules = Rules((a_term(3), a_term(0, name="old")), Shelf(Layers(REFERENCE), (edition,)))
    before, after = START + timedelta(days=4), START + timedelta(days=6)
    ruling = rules.on(after)
    assert rules.on(before) is rules.terms[0].rules
    assert ruling is not None
    assert ruling.reference.editions["keywords"] == "2027"
    assert ruling.policy is rules.terms[0].rules.policy
    assert rules.on(after) is ruling
    assert rules.over(ruling, after) is ruling
    assert rules.over(ruling, before).digest == rules.terms[0].rules.digest


def test_a_digest_of_any_policy_over_any_reference_that_ever_ruled_is_found() -> None:
    began = datetime(2026, 1, 3, tzinfo=UTC)
    over: dict[str, Any] = {
        "until": START + timedelta(days=5),
        "rolled_back_at": began + timedelta(hours=1),
    }
    edition = Loaded("edn_1", a_keywords_edition(), START + timedelta(days=5), began, **over)
    rules = Rules((a_term(3),), Shelf(Layers(REFERENCE), (edition,)))
    then = ruleset(rules.terms[0].rules.policy, lay(REFERENCE, edition.edition))
    assert rules.on(START + timedelta(days=6)) is rules.terms[0].rules
    for _ in range(2):
        found = rules.of_digest(then.digest)
        assert found is not None
        assert found.reference.digest == then.reference.digest
        assert rules.of_digest(rules.terms[0].rules.digest) is rules.terms[0].rules
        assert rules.of_digest("sha256:other") is None
