"""The rule templates that come with the service, each read with its sources and checked."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, cast

from matching.policy import check_name
from matching.vocabulary import LeadStatus, Provenance
from service.leads import checks
from service.leads.machine import BY_CLOCKS, WORDS, Actor
from service.leads.periods import Period, Unit
from service.leads.rules import ClockRule, LeadRules, SharedRule

DEFAULT_RULES: Final = "jiangmen-2024"
"""The template in force where none was chosen: it has a clock for every stage."""

SHARED: Final = "shared.toml"
REMIND: Final = "remind"
LONGEST: Final = {Unit.WORKING_DAYS: 750, Unit.DAYS: 1100, Unit.MONTHS: 36}
"""Three years: longer is a mistake of typing."""

_RULES = ("id", "name_zh", "name_en", "source", "introducer_filed_before_signing", "clocks")
_CLOCK = (
    *("title_zh", "title_en", "duty", "starts_on", "ends_on", "period", "extended_by"),
    *("longest", "remind_before", "on_overdue", "source", "provenance"),
)
_SHARED = ("zh", "en", "source", "provenance")
_STEP = re.compile(r"[a-z][a-z_]*")


@cache
def lead_rules() -> Mapping[str, LeadRules]:
    """The templates by id."""
    folder = files("service.leads") / "data"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    texts = [(folder / name).read_text(encoding="utf-8") for name in names if name != SHARED]
    templates = [read_rules(tomllib.loads(text)) for text in texts]
    return MappingProxyType({rules.id: rules for rules in templates})


@cache
def shared_rules() -> tuple[SharedRule, ...]:
    """What every template has in common, each rule with its source."""
    text = (files("service.leads") / "data" / SHARED).read_text(encoding="utf-8")
    return tuple(_read_shared(key, _table(row, key)) for key, row in tomllib.loads(text).items())


def read_rules(data: Mapping[str, object]) -> LeadRules:
    """Rules of leads from their TOML form.

    Raises:
        ValueError: naming the place: a word is unknown (the nearest right one is proposed), a
            period is none, or a clock could not work (`checks.check_rules`).
    """
    _check_keys(data, _RULES, "rules")
    clocks = _table(data.get("clocks"), "clocks")
    rules = LeadRules(
        id=_text(data, "id", "rules"),
        name_zh=_text(data, "name_zh", "rules"),
        name_en=_text(data, "name_en", "rules"),
        source=_text(data, "source", "rules"),
        introducer_filed_before_signing=_flag(data, "introducer_filed_before_signing"),
        clocks=tuple(
            _read_clock(step, _table(row, f"clocks.{step}")) for step, row in clocks.items()
        ),
    )
    checks.check_rules(rules)
    return rules


def _read_clock(step: str, row: Mapping[str, object]) -> ClockRule:
    place = f"clocks.{step}"
    if not _STEP.fullmatch(step):
        msg = f"{place}: a step is a word of small letters and underscores"
        raise ValueError(msg)
    _check_keys(row, _CLOCK, place)
    return ClockRule(
        step=step,
        title_zh=_text(row, "title_zh", place),
        title_en=_text(row, "title_en", place),
        duty=Actor(_choice(row, "duty", (Actor.ADMINISTRATOR, Actor.PARTNER), place)),
        starts_on=_words(row, "starts_on", place),
        ends_on=_words(row, "ends_on", place),
        period=_period(row, "period", place),
        extended_by=_words(row, "extended_by", place) if "extended_by" in row else (),
        longest=_period(row, "longest", place) if "longest" in row else None,
        remind_before=_integer(row, "remind_before", (0, 60), place)
        if "remind_before" in row
        else None,
        on_overdue=_on_overdue(row, place),
        source=_text(row, "source", place),
        provenance=_provenance(row, place),
    )


def _read_shared(key: str, row: Mapping[str, object]) -> SharedRule:
    _check_keys(row, _SHARED, key)
    zh, en, source = (_text(row, name, key) for name in ("zh", "en", "source"))
    return SharedRule(key, zh, en, source, _provenance(row, key))


def _on_overdue(row: Mapping[str, object], place: str) -> LeadStatus | None:
    choice = _choice(row, "on_overdue", (REMIND, *BY_CLOCKS), place)
    return None if choice == REMIND else LeadStatus(choice)


def _provenance(row: Mapping[str, object], place: str) -> Provenance:
    return Provenance(_choice(row, "provenance", tuple(Provenance), place))


def _words(row: Mapping[str, object], name: str, place: str) -> tuple[str, ...]:
    words = row.get(name)
    if not isinstance(words, list) or not words:
        msg = f"{place}.{name} must be a list of moves"
        raise ValueError(msg)
    for word in cast("list[object]", words):
        check_name(str(word), WORDS, f"move in {place}.{name}")
    return tuple(cast("list[str]", words))


def _period(row: Mapping[str, object], name: str, place: str) -> Period:
    table = _table(row.get(name), f"{place}.{name}")
    _check_keys(table, tuple(str(unit) for unit in Unit), f"{place}.{name}")
    if len(table) != 1:
        msg = f"{place}.{name} must be counted in one of {', '.join(Unit)}"
        raise ValueError(msg)
    unit = Unit(next(iter(table)))
    return Period(_integer(table, unit, (1, LONGEST[unit]), f"{place}.{name}"), unit)


def _check_keys(row: Mapping[str, object], known: tuple[str, ...], place: str) -> None:
    for key in row:
        check_name(key, known, f"entry in {place}")


def _table(value: object, place: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        msg = f"{place} is missing or not a table"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for all faults of rules
    return cast("dict[str, object]", value)


def _choice(row: Mapping[str, object], name: str, known: tuple[str, ...], place: str) -> str:
    value = _text(row, name, place)
    check_name(value, tuple(str(word) for word in known), f"{place}.{name}")
    return value


def _text(row: Mapping[str, object], name: str, place: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        msg = f"{place}.{name} must be a text"
        raise ValueError(msg)
    return value


def _integer(row: Mapping[str, object], name: str, limits: tuple[int, int], place: str) -> int:
    value = row.get(name)
    least, most = limits
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        msg = f"{place}.{name} must be a whole number from {least} to {most}, not {value!r}"
        raise ValueError(msg)
    return value


def _flag(row: Mapping[str, object], name: str) -> bool:
    value = row.get(name)
    if not isinstance(value, bool):
        msg = f"rules.{name} must be true or false"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for all faults of rules
    return value
