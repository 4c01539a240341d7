"""The columns of a file: which header, in Chinese or English, stands for which field."""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from models.import_task import RecordKind
from models.problem import ProblemError
from service.errors import NotValid, invalid

IN_BRACKETS: Final = re.compile(r"\(.*?\)")
BETWEEN: Final = re.compile(r"[\s_*-]+")
TOLD: Final = 20
LINE: Final = "行号 line"
REASONS: Final = "原因 reasons"
"""Columns of the file of refused rows; they are passed over when it is sent again."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it fills, how its cells are written, and what it is called."""

    field: str
    """As the API names it; a dot leads into an object."""
    form: str
    """text, whole, number, flag, day, choice, or several: texts, choices, pairs."""
    zh: str
    names: frozenset[str]
    """All that it may be called, folded."""
    example: str


@cache
def columns_of(kind: RecordKind) -> tuple[Column, ...]:
    """The columns of one kind of records, in the order of the templates."""
    with (files("service.imports") / "data" / "columns.csv").open(encoding="utf-8") as lines:
        return tuple(_column(row) for row in csv.DictReader(lines) if row["kind"] == kind)


@cache
def words() -> Mapping[str, str]:
    """What a choice may be called in Chinese, and the API's word for it."""
    with (files("service.imports") / "data" / "words.csv").open(encoding="utf-8") as lines:
        return {row["zh"]: row["value"] for row in csv.DictReader(lines)}


@cache
def by_field(kind: RecordKind) -> Mapping[str, Column]:
    """The columns of one kind by the field they fill."""
    return {column.field: column for column in columns_of(kind)}


def fields_for(
    kind: RecordKind, headers: Sequence[str], mapping: Mapping[str, str | None]
) -> list[str | None]:
    """The field that each header stands for; None where the mapping leaves a column out.

    Args:
        kind: which records.
        headers: as the file names them.
        mapping: headers that stand for another field than they say, or for none.

    Raises:
        NotValid: a header is unknown or comes twice, a field is filled twice, or the mapping names
            what is not there.
    """
    _check_mapping(kind, headers, mapping)
    known = {name: column.field for column in columns_of(kind) for name in column.names}
    found = [mapping[name] if name in mapping else known.get(fold(name)) for name in headers]
    passed_over = {*mapping, LINE, REASONS}
    wrong = [
        place
        for place, name in enumerate(headers)
        if found[place] is None and name not in passed_over
    ]
    if wrong:
        told = ", ".join(f"column {place + 1}" for place in wrong[:TOLD])
        raise invalid(
            f"{told}: no header of {kind} that is known; see the template, or send a mapping",
            "body", "file",
        )  # fmt: skip
    filled = [field for field in found if field is not None]
    twice = sorted({field for field in filled if filled.count(field) > 1})
    if twice:
        raise invalid(f"two columns stand for {', '.join(twice)}", "body", "file")
    if not filled:
        raise invalid("no column is left", "body", "mapping")
    return found


def _check_mapping(
    kind: RecordKind, headers: Sequence[str], mapping: Mapping[str, str | None]
) -> None:
    errors = [
        ProblemError(loc=["body", "mapping", name], msg="is no header of the file")
        for name in mapping
        if name not in headers
    ] + [
        ProblemError(loc=["body", "mapping", name], msg=f"goes to no field of {kind}")
        for name, field in mapping.items()
        if field is not None and field not in by_field(kind)
    ]
    if errors:
        raise NotValid(errors)


def fold(header: str) -> str:
    """A header without what is typed differently: width, case, spaces, a unit in brackets.

    >>> fold(" Investment_Min CNY ") == fold("investment_min_cny")
    True
    >>> fold("可供土地（公顷）")
    '可供土地'
    """
    plain = IN_BRACKETS.sub("", unicodedata.normalize("NFKC", header))
    return BETWEEN.sub("", plain.strip("\ufeff ")).lower()


def _column(row: Mapping[str, str]) -> Column:
    called = [row["field"], row["zh"], *filter(None, row["aliases"].split("/"))]
    names = frozenset(map(fold, called))
    return Column(row["field"], row["form"], row["zh"], names, row["example"])
