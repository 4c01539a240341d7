import copy
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import cast

import pytest

from matching.vocabulary import LeadStatus, Provenance
from service.leads.machine import Actor
from service.leads.periods import Period, Unit
from service.leads.rules import PROTECTION, ClockRule, LeadRules
from service.leads.templates import DEFAULT_RULES, lead_rules, read_rules, shared_rules

CHINESE = re.compile(r"[\u4e00-\u9fff]")
Toml = dict[str, object]


def clock_of(rules: LeadRules, step: str) -> ClockRule:
    (clock,) = [clock for clock in rules.clocks if clock.step == step]
    return clock


def a_template() -> Toml:
    text = (files("service.leads") / "data" / f"{DEFAULT_RULES}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def changed(path: str, value: object) -> Toml:
    """The default template with one entry set, or taken out where the value is None."""
    data = copy.deepcopy(a_template())
    *way, last = path.split(".")
    table = data
    for name in way:
        table = cast("Toml", table[name])
    if value is None:
        del table[last]
    else:
        table[last] = value
    return data


def test_the_four_templates_are_there() -> None:
    assert list(lead_rules()) == [
        "deal-registration",
        "guangzhou-2004",
        "jiangmen-2024",
        "xiangtan-2023",
    ]
    assert DEFAULT_RULES in lead_rules()


@pytest.mark.parametrize(
    ("template", "step", "period", "duty", "on_overdue", "provenance"),
    [
        ("jiangmen-2024", "answer", "1 days", "administrator", None, "official_text"),
        ("jiangmen-2024", "assess", "3 days", "administrator", None, "official_text"),
        ("jiangmen-2024", "feedback", "7 days", "administrator", None, "derived"),
        ("jiangmen-2024", "report", "14 days", "partner", None, "official_text"),
        ("jiangmen-2024", "protection", "90 days", "partner", "released", "expert_draft"),
        ("guangzhou-2004", "report", "15 days", "partner", None, "official_text"),
        ("guangzhou-2004", "protection", "1 months", "partner", "released", "official_text"),
        ("xiangtan-2023", "protection", "6 months", "partner", "released", "expert_draft"),
        ("deal-registration", "answer", "3 working_days", "administrator", None, "public_listing"),
        ("deal-registration", "protection", "90 days", "partner", "released", "public_listing"),
    ],
)
def test_template_says_what_its_source_says(
    template: str, step: str, period: str, duty: str, on_overdue: str | None, provenance: str
) -> None:
    clock = clock_of(lead_rules()[template], step)
    length, unit = period.split()
    assert clock.period == Period(int(length), Unit(unit))
    assert (clock.duty, clock.on_overdue, clock.provenance) == (duty, on_overdue, provenance)


@pytest.mark.parametrize("template", lead_rules().values(), ids=lambda rules: rules.id)
def test_template_is_whole(template: LeadRules) -> None:
    assert CHINESE.search(template.name_zh)
    assert template.name_en.isascii()
    assert template.source
    assert template.protection is clock_of(template, PROTECTION)
    assert template.protection.extended_by == ("progress",)
    steps = [clock.step for clock in template.clocks]
    assert steps[:2] == ["answer", "assess"]
    assert len(set(steps)) == len(steps)
    for clock in template.clocks:
        assert CHINESE.search(clock.title_zh)
        assert clock.title_en.isascii()
        assert clock.duty in {Actor.ADMINISTRATOR, Actor.PARTNER}
        assert clock.remind_before is not None


@pytest.mark.parametrize("template", lead_rules().values(), ids=lambda rules: rules.id)
def test_what_is_ours_says_so(template: LeadRules) -> None:
    for clock in template.clocks:
        ours = clock.source.startswith("ours")
        assert ours is (clock.provenance is Provenance.EXPERT_DRAFT)


@pytest.mark.parametrize("template", lead_rules().values(), ids=lambda rules: rules.id)
def test_a_returned_lead_does_not_wait_for_ever(template: LeadRules) -> None:
    clock = clock_of(template, "complete")
    assert clock.starts_on == ("returned",)
    assert clock.on_overdue is LeadStatus.EXPIRED


@pytest.mark.parametrize("template", lead_rules().values(), ids=lambda rules: rules.id)
def test_the_offices_delay_never_ends_a_lead(template: LeadRules) -> None:
    for clock in template.clocks:
        assert clock.on_overdue is None or clock.duty is Actor.PARTNER


@pytest.mark.parametrize(
    ("template", "filed_before"),
    [
        ("xiangtan-2023", ["signed"]),
        ("jiangmen-2024", []),
        ("guangzhou-2004", []),
        ("deal-registration", []),
    ],
)
def test_introducer_is_filed_before_signing_where_the_source_says(
    template: str, filed_before: list[str]
) -> None:
    rules = lead_rules()[template]
    assert [status for status in LeadStatus if rules.needs_introducer(status)] == filed_before


def test_shared_rules_are_cited() -> None:
    rules = {rule.key: rule for rule in shared_rules()}
    assert list(rules) == ["one_introducer", "not_already_in_talks"]
    assert "东莞" in rules["one_introducer"].source
    assert "宣城" in rules["not_already_in_talks"].source
    for rule in rules.values():
        assert CHINESE.search(rule.zh)
        assert rule.en.isascii()
        assert rule.provenance is Provenance.OFFICIAL_TEXT


def test_reading_keeps_every_entry() -> None:
    rules = read_rules(a_template())
    assert rules == lead_rules()[DEFAULT_RULES]
    clock = rules.protection
    assert (clock.period, clock.longest) == (Period(90, Unit.DAYS), Period(12, Unit.MONTHS))
    assert (clock.remind_before, clock.ends_on) == (10, ("signed",))


def test_entries_that_may_be_left_out() -> None:
    data = changed("clocks.protection.longest", None)
    protection = cast("Toml", cast("Toml", data["clocks"])["protection"])
    del protection["remind_before"]
    clock = read_rules(data).protection
    assert (clock.longest, clock.remind_before) == (None, None)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("nam_zh", "x", "unknown entry in rules 'nam_zh'; did you mean 'name_zh'?"),
        ("name_zh", None, "rules.name_zh must be a text"),
        ("name_zh", "  ", "rules.name_zh must be a text"),
        ("source", 3, "rules.source must be a text"),
        ("clocks", None, "clocks is missing or not a table"),
        ("clocks.answer", 1, "clocks.answer is missing or not a table"),
        ("introducer_filed_before_signing", "yes", "must be true or false"),
        ("introducer_filed_before_signing", None, "must be true or false"),
        ("clocks.answer.dutty", "x", "unknown entry in clocks.answer 'dutty'; did you mean 'duty'"),
        ("clocks.answer.duty", "partners", "clocks.answer.duty 'partners'; did you mean 'partner'"),
        ("clocks.answer.duty", "system", "unknown clocks.answer.duty 'system'"),
        (
            "clocks.answer.starts_on",
            ["submited"],
            "unknown move in clocks.answer.starts_on 'submited'; did you mean 'submitted'?",
        ),
        ("clocks.answer.starts_on", [], "clocks.answer.starts_on must be a list of moves"),
        ("clocks.answer.ends_on", "accepted", "clocks.answer.ends_on must be a list of moves"),
        ("clocks.answer.ends_on", [7], "unknown move in clocks.answer.ends_on '7'"),
        ("clocks.answer.period", None, "clocks.answer.period is missing or not a table"),
        ("clocks.answer.period", {}, "clocks.answer.period must be counted in one of"),
        ("clocks.answer.period", {"days": 1, "months": 1}, "must be counted in one of"),
        (
            "clocks.answer.period",
            {"workingdays": 1},
            "unknown entry in clocks.answer.period 'workingdays'; did you mean 'working_days'?",
        ),
        ("clocks.answer.period", {"days": 0}, "must be a whole number from 1 to 1100, not 0"),
        ("clocks.answer.period", {"days": True}, "must be a whole number from 1 to 1100, not True"),
        ("clocks.answer.period", {"months": 37}, "must be a whole number from 1 to 36, not 37"),
        ("clocks.answer.period", {"days": 1.5}, "must be a whole number from 1 to 1100, not 1.5"),
        ("clocks.answer.remind_before", -1, "must be a whole number from 0 to 60, not -1"),
        ("clocks.answer.on_overdue", None, "clocks.answer.on_overdue must be a text"),
        ("clocks.answer.on_overdue", "remindd", "did you mean 'remind'?"),
        ("clocks.answer.on_overdue", "accepted", "unknown clocks.answer.on_overdue 'accepted'"),
        ("clocks.answer.provenance", "official", "did you mean 'official_text'?"),
        ("clocks.Answer!", {}, "clocks.Answer!: a step is a word of small letters"),
    ],
)
def test_faulty_rules_are_refused_with_the_place(path: str, value: object, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read_rules(changed(path, value))


def test_templates_cannot_be_changed_by_a_reader() -> None:
    templates: Mapping[str, LeadRules] = lead_rules()
    assert not hasattr(templates, "update")
    with pytest.raises(AttributeError):
        templates[DEFAULT_RULES].id = "other"  # pyright: ignore[reportAttributeAccessIssue] - the fault in question
