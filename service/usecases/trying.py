"""A profile that is not stored: where it belongs, how much of it is known, what to say next."""

from dataclasses import dataclass

from matching.asking import Ask, asks
from models.investor import InvestorCreate
from service import clock
from service.descriptions import Description
from service.facts import investor_facts
from service.runtime import Work
from service.usecases.batch import as_if_registered
from service.usecases.reference_checks import check_codes


@dataclass(frozen=True, slots=True)
class Tried:
    """What registering it would answer, and what a word more would add."""

    description: Description
    asks: list[Ask]
    """Silent fields that would add to the completeness, most first."""


def describe(work: Work, body: InvestorCreate) -> Tried:
    """Read a profile as if it were registered; nothing is stored.

    Raises:
        NotValid: a code is unknown.
    """
    check_codes(work.reference, dict(body))
    row, rules = as_if_registered(body), work.rules.on(clock.china_day())
    placer = work.bench.scorer.placer
    found = [] if rules is None else asks(investor_facts(row), rules, placer)
    return Tried(work.bench.descriptions.anew(row, rules), found)
