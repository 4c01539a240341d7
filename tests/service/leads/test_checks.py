import re
from dataclasses import replace

import pytest

from matching.vocabulary import LeadStatus
from service.leads.checks import check_rules, running_in
from service.leads.machine import Actor
from service.leads.periods import Period, Unit
from service.leads.rules import ClockRule, LeadRules
from service.leads.templates import DEFAULT_RULES, lead_rules

RULES = lead_rules()[DEFAULT_RULES]
PROTECTION = RULES.protection


def a_clock(
    starts_on: tuple[str, ...], ends_on: tuple[str, ...], duty: Actor = Actor.ADMINISTRATOR
) -> ClockRule:
    return replace(
        RULES.clocks[0],
        step="wait",
        starts_on=starts_on,
        ends_on=ends_on,
        duty=duty,
        period=Period(10, Unit.WORKING_DAYS),
    )


def with_clock(clock: ClockRule) -> LeadRules:
    return replace(RULES, clocks=(clock, PROTECTION))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "statuses"),
    [
        ("submitted", "under_review accepted rejected returned", "submitted"),
        ("submitted", "accepted rejected", "submitted under_review returned"),
        ("returned", "submitted under_review", "returned"),
        ("accepted", "signed", "accepted negotiating"),
        ("accepted", "landed", "accepted negotiating signed"),
        ("report", "signed", "accepted negotiating"),
        ("progress", "landed", "accepted negotiating signed"),
        ("progress", "report", "accepted negotiating signed"),
        ("negotiating", "progress", "negotiating"),
        ("signed", "landed", "signed"),
    ],
)
def test_statuses_a_clock_runs_in(starts_on: str, ends_on: str, statuses: str) -> None:
    clock = a_clock(tuple(starts_on.split()), tuple(ends_on.split()))
    assert running_in(clock) == {LeadStatus(status) for status in statuses.split()}


@pytest.mark.parametrize("template", lead_rules().values(), ids=lambda rules: rules.id)
def test_templates_pass(template: LeadRules) -> None:
    check_rules(template)


@pytest.mark.parametrize(
    ("clock", "message"),
    [
        (
            a_clock(("rejected",), ("submitted",)),
            "clocks.wait starts on rejected, after which a lead never moves",
        ),
        (
            replace(a_clock(("submitted",), ("accepted",)), remind_before=10),
            "clocks.wait: a reminder comes within the period",
        ),
        (
            replace(
                a_clock(("accepted",), ("signed",)),
                remind_before=10,
                period=Period(14, Unit.DAYS),
            ),
            "clocks.wait: a reminder comes within the period",
        ),
        (
            replace(a_clock(("accepted",), ("signed",)), longest=Period(2, Unit.MONTHS)),
            "clocks.wait.longest limits extensions, yet nothing extends the clock",
        ),
        (
            replace(
                a_clock(("accepted",), ("signed",)),
                longest=Period(13, Unit.DAYS),
                extended_by=("report",),
            ),
            "clocks.wait.longest is shorter than the period itself",
        ),
        (
            replace(
                a_clock(("submitted",), ("accepted",), Actor.ADMINISTRATOR),
                on_overdue=LeadStatus.RELEASED,
            ),
            "clocks.wait may run while a lead is returned, from where no clock can make it "
            "released",
        ),
        (
            replace(a_clock(("accepted",), ("landed",)), on_overdue=LeadStatus.RELEASED),
            "clocks.wait may run while a lead is signed, from where no clock can make it released",
        ),
        (
            replace(a_clock(("submitted",), ("accepted",)), on_overdue=LeadStatus.REJECTED),
            "no clock can make it rejected",
        ),
        (
            a_clock(("submitted",), ("under_review",), Actor.PARTNER),
            "clocks.wait is the partner's duty, whose moves do not end or extend it",
        ),
        (
            a_clock(("accepted",), ("returned",)),
            "clocks.wait is the administrator's duty, whose moves do not end or extend it",
        ),
    ],
)
def test_clock_that_could_not_work_is_refused(clock: ClockRule, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        check_rules(with_clock(clock))


def test_clock_that_works_passes() -> None:
    clock = a_clock(("submitted",), ("accepted", "rejected", "returned"))
    check_rules(with_clock(replace(clock, on_overdue=LeadStatus.EXPIRED, remind_before=9)))
    check_rules(with_clock(replace(PROTECTION, step="wait", remind_before=None)))


@pytest.mark.parametrize(
    "protection",
    [
        replace(PROTECTION, step="window"),
        replace(PROTECTION, starts_on=("accepted", "negotiating")),
        replace(PROTECTION, starts_on=("negotiating",), duty=Actor.ADMINISTRATOR),
        replace(PROTECTION, ends_on=("landed",), on_overdue=None),
    ],
)
def test_protection_runs_from_acceptance_to_signing(protection: ClockRule) -> None:
    rules = replace(RULES, clocks=(*RULES.clocks[:-1], protection))
    with pytest.raises(ValueError, match="start on accepted and end on signed"):
        check_rules(rules)
