from dataclasses import replace
from typing import Any

from matching.asking import PLAIN_ANSWERS, asks
from matching.completeness import completeness
from matching.facts import InvestorFacts
from matching.preparing import prepare_investor
from tests.matching.making import PLACER, REFERENCE, RULES, investor_facts
from tests.matching.test_completeness import FULL


def of(facts: InvestorFacts) -> int:
    return completeness(prepare_investor(facts, REFERENCE, PLACER), RULES)


def answered(facts: InvestorFacts, *names: str) -> InvestorFacts:
    said: dict[str, Any] = {name: PLAIN_ANSWERS[name] for name in names}
    return replace(facts, **said)


def test_each_ask_says_exactly_what_an_answer_adds() -> None:
    facts = investor_facts()
    found = asks(facts, RULES, PLACER)
    assert len(found) > 3
    assert [ask.gain for ask in found] == sorted((ask.gain for ask in found), reverse=True)
    for ask in found:
        assert of(answered(facts, ask.field)) == of(facts) + ask.gain > of(facts), ask.field


def test_what_is_said_is_not_asked_for() -> None:
    said = answered(investor_facts(), "technology_level", "preferred_regions")
    fields = {ask.field for ask in asks(said, RULES, PLACER)}
    assert fields
    assert not fields & {"technology_level", "preferred_regions"}


def test_an_answer_of_no_or_nothing_is_an_answer() -> None:
    said = replace(investor_facts(), rd_centre_committed=False, jobs=0)
    assert not {ask.field for ask in asks(said, RULES, PLACER)} & {"rd_centre_committed", "jobs"}


def test_who_has_said_all_is_asked_for_nothing() -> None:
    assert asks(answered(FULL, *PLAIN_ANSWERS), RULES, PLACER) == []


def test_every_answer_tells_of_something() -> None:
    nothing = investor_facts(products=("房地产开发",))
    assert {ask.field for ask in asks(nothing, RULES, PLACER)} == set(PLAIN_ANSWERS)
