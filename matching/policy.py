"""A policy: versioned weights, tables and floors under which a score is made, checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import cast

from matching.criteria import CRITERIA
from matching.diagnosis.thresholds import MOST, NAMES, USUAL, Thresholds
from matching.points import UNIT, WHOLE
from matching.rows import KINDS, REGIONS, Gap, Investor

CASES = ("weak_foreign", "weak_domestic", "missing_foreign", "missing_domestic")
"""Gap kind x investor origin; foreign includes Hong Kong, Macao and Taiwan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version of a policy. Weights in basis points, the rest in thousandths."""

    id: str
    version: int
    name_zh: str
    name_en: str
    effective_from: date
    source: str
    neutral: int
    relevance_floor: int
    labour_cap_east: int
    weights: tuple[tuple[int, ...], ...]
    """By case (CASES), then by criterion (CRITERIA)."""
    orientation: tuple[tuple[int, ...], ...]
    """By region (REGIONS), then by kind (KINDS)."""
    diagnosis: Thresholds = USUAL
    """Where a zone's diagnosis draws its lines; they move no score."""

    def case_weights(self, gap: Gap, investor: Investor) -> tuple[int, ...]:
        """The weights in force for this kind of gap and origin of investor, by criterion."""
        return self.weights[case(gap, investor)]


def case(gap: Gap, investor: Investor) -> int:
    """The number (in CASES) of the weights that count for this kind of gap and investor."""
    foreign = investor.is_foreign or investor.is_hmt
    return 2 * gap.is_missing + (not foreign)


@cache
def built_in() -> tuple[Policy, ...]:
    """The policies that come with the service, newest first."""
    folder = files("matching.policies")
    texts = [f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".toml")]
    policies = [read_policy(tomllib.loads(text)) for text in texts]
    return tuple(sorted(policies, key=lambda p: (p.effective_from, p.version), reverse=True))


def read_policy(data: Mapping[str, object]) -> Policy:
    """A policy from its TOML form.

    Raises:
        ValueError: a name is unknown (the nearest right one is proposed), a number is out of its
            range, a table is incomplete, or the weights of a case do not add up to 10,000.
    """
    weights = _table(data, "weights", [c.key for c in CRITERIA], CASES, WHOLE)
    for number, case in enumerate(CASES):
        total = sum(row[number] for row in weights)
        if total != WHOLE:
            msg = f"weights of {case} add up to {total}, not {WHOLE}"
            raise ValueError(msg)
    return Policy(
        id=_text(data, "id"),
        version=_integer(data, "version", 1, WHOLE),
        name_zh=_text(data, "name_zh"),
        name_en=_text(data, "name_en"),
        effective_from=_day(data, "effective_from"),
        source=_text(data, "source"),
        neutral=_integer(data, "neutral", 0, UNIT),
        relevance_floor=_integer(data, "relevance_floor", 1, UNIT),
        labour_cap_east=_integer(data, "labour_cap_east", 0, UNIT),
        weights=tuple(zip(*weights, strict=True)),
        orientation=tuple(_table(data, "orientation", REGIONS, KINDS, UNIT)),
        diagnosis=_thresholds(data),
    )


def check_name(name: str, known: tuple[str, ...], what: str) -> None:
    """Refuse a name that is not known, proposing the nearest one.

    Raises:
        ValueError: the name is not among `known`.
    """
    if name in known:
        return
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    msg = f"unknown {what} {name!r}{hint}"
    raise ValueError(msg)


def _table(
    data: Mapping[str, object],
    name: str,
    rows: list[str] | tuple[str, ...],
    columns: tuple[str, ...],
    most: int,
) -> list[tuple[int, ...]]:
    table = _mapping(data, name)
    for row in table:
        check_name(row, tuple(rows), f"{name} row")
        for column in _mapping(table, row):
            check_name(column, columns, f"{name}.{row} column")
    return [
        tuple(_integer(_mapping(table, row), column, 0, most) for column in columns) for row in rows
    ]


def _thresholds(data: Mapping[str, object]) -> Thresholds:
    """The lines of the diagnosis; a figure that is not named is the usual one."""
    if "diagnosis" not in data:
        return USUAL
    table = _mapping(data, "diagnosis")
    for name in table:
        check_name(name, NAMES, "diagnosis figure")
    return Thresholds(**{name: _integer(table, name, 0, MOST.get(name, UNIT)) for name in table})


def _mapping(data: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = data.get(name)
    if not isinstance(value, dict):
        msg = f"{name} is missing or not a table"
        raise ValueError(msg)  # noqa: TRY004 — one kind of error for all of a policy's faults
    return cast("dict[str, object]", value)


def _integer(data: Mapping[str, object], name: str, least: int, most: int) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        msg = f"{name} must be a whole number from {least} to {most}, not {value!r}"
        raise ValueError(msg)
    return value


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip():
        msg = f"{name} must be a text"
        raise ValueError(msg)
    return value


def _day(data: Mapping[str, object], name: str) -> date:
    value = data.get(name)
    if type(value) is not date:
        msg = f"{name} must be a day"
        raise ValueError(msg)
    return value
